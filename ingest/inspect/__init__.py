"""Shows a person what was understood of a file: as a tree, as JSON, as a page beside the pages."""
