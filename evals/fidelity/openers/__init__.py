"""Opens originals at a locator with a library that the parser does not use, or uses otherwise."""
