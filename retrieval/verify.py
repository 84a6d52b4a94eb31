"""The last check before a user sees a claim: the quote stands, letter for letter, in the chunk it cites."""

from retrieval.units import Unit


def is_verbatim(unit: Unit) -> bool:
    """Whether the unit's quote stands in its chunk's text and in the very span its locator points at."""
    return unit.quote in unit.span.text and unit.quote in unit.passage.chunk.text
