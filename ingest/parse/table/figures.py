"""Tells figures from words: a column of figures has its name above it, and no name of a column is a figure."""

import re

_FIGURE = re.compile(
    r"[-+−±≥≤<>≈~约¥￥$(（]*\d[\d,，]*(?:\.\d+)?\s*(?:[%‰]|[A-Za-z/]{1,6}|[^\W\d年月期季]{1,2})?[)）]?"
)


def is_figure(text: str) -> bool:
    """Whether the text is a figure, with or without a unit; years and months name columns and are none."""
    return bool(_FIGURE.fullmatch(text))
