"""Parses presentations (.pptx)."""
