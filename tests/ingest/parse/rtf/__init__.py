"""Rich Text documents."""
