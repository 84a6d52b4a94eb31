"""Finds what stands at the same place with the same text on many pages."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from ingest.document import BBox

Piece = TypeVar("Piece")
_SAME_PLACE = 6.0  # points
_NUMBER = re.compile(r"(?<!\d)\d{1,5}(?!\d)")


def repeated(
    pieces: Sequence[tuple[int, Piece]], needed: int, look: Callable[[Piece], tuple[str, BBox]], *, counting: bool
) -> Iterator[list[tuple[int, Piece]]]:
    """Groups of pieces (with the number of their page) that stand on `needed` pages or more at one height with one
    text. Where `counting`, one number in the text may count the pages; all other numbers must be the same, for lines
    that differ in a figure are not one line repeated. A piece may come in more than one group.
    """
    places: dict[str, list[tuple[float, int, Piece]]] = defaultdict(list)
    for number, piece in pieces:
        text, box = look(piece)
        for key in _keys("".join(text.split()), number, counting=counting):
            places[key].append((box[1], number, piece))
    for at in places.values():
        if len(at) < needed:
            continue
        at.sort(key=lambda one: one[:2])
        start = 0
        for end in range(1, len(at) + 1):
            if end == len(at) or at[end][0] - at[end - 1][0] > _SAME_PLACE:
                if len({number for _, number, _ in at[start:end]}) >= needed:
                    yield [(number, piece) for _, number, piece in at[start:end]]
                start = end


def _keys(text: str, page: int, *, counting: bool) -> Iterator[str]:
    yield text
    if counting:
        for number in _NUMBER.finditer(text):
            yield f"{text[: number.start()]}\0{int(number[0]) - page}\0{text[number.end() :]}"
