"""Reads Rich Text documents."""
