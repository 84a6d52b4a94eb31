"""Stage 2: a question to a cited answer."""
