"""Other systems in the same harness: the same passages, the same questions, the same scores."""
