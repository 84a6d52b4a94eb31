"""Parses Word documents (.docx)."""
