"""Tests of ingest/parse/."""
