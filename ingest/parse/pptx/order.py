"""Puts the shapes of a slide into reading order by where they stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST = 2000
"""Boxes that are cut; more of them (a drawing exported line by line) go top to bottom at once."""


@dataclass(frozen=True)
class Box(Generic[T]):
    """Something with a place: edges in English Metric Units, from the slide's top left."""

    what: T
    left: int
    top: int
    right: int
    bottom: int


def reading_order(boxes: Sequence[Box[T]]) -> list[T]:
    """The boxes as a reader takes them: a slide is cut at its widest empty band, again and again (the XY-cut of Nagy
    and Seth, 1984, with the widest gap first), so that columns of cards are read one by one and rows of labels row by
    row. Of equal bands the horizontal one wins. Boxes that overlap go top to bottom, then left to right.
    """
    found: list[T] = []
    stack = [list(boxes)]
    while stack:
        boxes = stack.pop()
        parts = _halves(boxes) if 1 < len(boxes) <= _MOST else None
        if parts:
            stack += reversed(parts)
        else:
            found += [box.what for box in sorted(boxes, key=lambda box: (box.top, box.left))]
    return found


def _halves(boxes: list[Box[T]]) -> tuple[list[Box[T]], list[Box[T]]] | None:
    """The boxes before and after the widest empty band; None where there is none."""
    down = _widest_gap(boxes, lambda box: (box.top, box.bottom))
    across = _widest_gap(boxes, lambda box: (box.left, box.right))
    if down is not None and (across is None or down[0] >= across[0]):
        cut = down[1]
        return [box for box in boxes if box.bottom <= cut], [box for box in boxes if box.bottom > cut]
    if across is None:
        return None
    cut = across[1]
    return [box for box in boxes if box.right <= cut], [box for box in boxes if box.right > cut]


def _widest_gap(boxes: list[Box[T]], edges: Callable[[Box[T]], tuple[int, int]]) -> tuple[int, int] | None:
    """(width, start) of the widest band that no box crosses, or None."""
    spans = sorted(edges(box) for box in boxes)
    widest: tuple[int, int] | None = None
    reached = spans[0][1]
    for start, end in spans[1:]:
        if start > reached and (widest is None or start - reached > widest[0]):
            widest = (start - reached, reached)
        reached = max(reached, end)
    return widest
