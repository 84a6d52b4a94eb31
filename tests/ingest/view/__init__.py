"""Tests of ingest/view/."""
