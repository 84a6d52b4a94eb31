"""Whether what is claimed stands in the passages: checked by code, before the user sees it."""
