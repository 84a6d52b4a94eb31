"""What docx, pptx and xlsx have in common."""
