"""Documents that give orders to the machine that reads them, and whether anything comes of it."""
