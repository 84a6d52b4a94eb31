"""Tests of ingest/render/."""
