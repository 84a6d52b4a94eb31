"""Parses mails."""
