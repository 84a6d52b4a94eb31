"""Stage 1: files to indexed chunks."""
