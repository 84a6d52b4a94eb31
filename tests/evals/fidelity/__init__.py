"""Tests of evals/fidelity/."""
