"""Tests of evals/injections/."""
