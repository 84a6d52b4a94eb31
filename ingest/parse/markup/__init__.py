"""Parses Markdown and HTML."""
