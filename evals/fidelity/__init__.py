"""How much of what stands in a file comes out of the parser, and whether its locators open there."""
