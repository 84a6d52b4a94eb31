"""Documents made ready to be looked at in a browser, each opened at a place."""
