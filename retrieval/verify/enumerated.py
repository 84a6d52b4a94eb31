"""A claim that lists by name what stands item by item in the documents: bullets, or rows of a table."""

import re
from collections.abc import Iterable, Sequence

from retrieval.verify.places import Place
from retrieval.verify.statement import Word
from retrieval.verify.words import coverage

MOST = 0.5
"""Share of an item's words from which a place has it."""

_LIST = re.compile(r"^(?P<frame>.*(?:是|为|有|包括|包含|分为|即|:))\s*(?P<items>[^:]+)$")
_BETWEEN = re.compile(r"、|以及|和|与|及")
_BULLET = re.compile(r"^\W+|^\d{1,2}[.、)]\s*|^[(（]?[一二三四五六七八九十]+[)）、]\s*")


def enumerated(folded: str) -> tuple[str, tuple[str, ...]] | None:
    """The words before a list and its items, of two on; None for a clause that lists nothing."""
    match = _LIST.match(folded)
    items = tuple(item.strip() for item in _BETWEEN.split(match["items"])) if match else ()
    if match is None or len(items) < 2 or any(len(item) < 2 for item in items):
        return None
    return match["frame"], items


def heads(items: Sequence[str], places: Iterable[Place]) -> tuple[Place, ...] | None:
    """For each item the place that begins with it, a place for each; None when one has none."""
    left, found = list(places), []
    for item in items:
        at = next((place for place in left if _head(place).startswith(item)), None)
        if at is None:
            return None
        found.append(at)
        left.remove(at)
    return tuple(found)


def item_not_there(items: Iterable[str], words: Sequence[Word], places: Sequence[Place]) -> str | None:
    """An item of which most words stand at none of the places: the other items do not speak for it."""
    for item in items:
        own = [word for word in words if word.text in item]
        if own and all(coverage(own, place)[0] < MOST for place in places):
            return item
    return None


def _head(place: Place) -> str:
    return place.label if place.cells else _BULLET.sub("", place.own)
