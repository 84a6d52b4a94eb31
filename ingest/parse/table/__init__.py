"""What rows and columns mean, whatever the format."""
