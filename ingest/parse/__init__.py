"""One parser per format: a file to elements with locators."""
