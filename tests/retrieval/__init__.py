"""Tests of search and answering."""
