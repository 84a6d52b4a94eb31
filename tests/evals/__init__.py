"""Tests of question sets, metrics and their commands."""
