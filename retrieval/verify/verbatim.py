"""Whether a unit is quoted letter for letter from the chunk it cites."""

from retrieval.units import Unit


def is_verbatim(unit: Unit) -> bool:
    """Whether the unit's quote stands in its chunk's text and in the very span its locator points at."""
    return unit.quote in unit.span.text and unit.quote in unit.passage.chunk.text
