"""Parses PDF files."""
