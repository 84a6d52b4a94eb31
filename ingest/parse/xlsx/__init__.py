"""Parses workbooks (.xlsx)."""
