"""One suite for every store: whatever the seam promises holds on each."""
