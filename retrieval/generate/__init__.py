"""Answers written by a language model: one step, one file."""
