"""Tests of `ingest/index/`."""
