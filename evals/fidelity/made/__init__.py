"""Makes the files of the suite, each with the facts planted in it."""
