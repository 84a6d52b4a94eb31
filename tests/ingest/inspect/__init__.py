"""Tests of ingest/inspect/."""
