"""Tests of the language model on this machine."""
