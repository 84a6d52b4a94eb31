"""Finds a locator's place in a view: the part, the piece of it, and what is to be marked there."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.document import BBox, Locator, Value
from ingest.parse.xlsx.ranges import rects
from ingest.view.made import PLACES, Description, Part, plain

_SHORTEST = 4
"""Letters that an element must share with a quote to be marked with it."""
_FIELDS = ("within", "part", "picture", "page", "slide", "shape", "sheet", "range", "paragraph", "row",
           "line_start", "line_end", "bbox", "headings")  # fmt: skip
"""What two places are compared by, the least first to differ last."""


class Mark(Value):
    """An element of a flow (from 1), and (from 0) the row of its table when not all of it is meant."""

    at: int
    row: int | None = None


class Place(Value):
    """Where a view is to be opened. `piece` counts from 1.

    `boxes` are on the page or slide, or on the picture that is marked; `cells` is the first row and column to the last
    ones; `lines` are the first and the last one.
    """

    part: int
    piece: int = 1
    boxes: tuple[BBox, ...] = ()
    cells: tuple[int, int, int, int] | None = None
    marks: tuple[Mark, ...] = ()
    lines: tuple[int, int] | None = None


def find(view: Description, folder: Path, at: Locator, quote: str) -> Place | None:
    """The place in the view kept in `folder`; None where the view has none. The boxes of a page are those stated."""
    match view.kind:
        case "pages":
            return _numbered(view, at.page, at.bbox)
        case "slides":
            return _numbered(view, at.slide, at.bbox)
        case "sheets":
            return _in_sheets(view, at)
        case "lines":
            return _in_lines(view, at)
        case "flow":
            return _in_flow(view, folder, at, quote)


def _numbered(view: Description, number: int | None, bbox: BBox | None) -> Place | None:
    if number is None or not 1 <= number <= len(view.parts):
        return None
    return Place(part=number, boxes=(bbox,) if bbox else ())


def _in_sheets(view: Description, at: Locator) -> Place | None:
    sheet = next((one for one in view.parts if one.name == at.sheet), None)
    if sheet is None:
        return None
    found = rects(at.range or "")
    if not found:
        return Place(part=sheet.number)
    one = found[0]
    piece = _piece(sheet, one.top)
    return Place(part=sheet.number, piece=piece, cells=(one.top, one.left, one.bottom, one.right))


def _in_lines(view: Description, at: Locator) -> Place | None:
    if at.line_start is None:
        return None
    last = view.parts[0].pieces[-1][1] if view.parts[0].pieces else 0
    first = min(at.line_start, last)
    return Place(part=1, piece=_piece(view.parts[0], first), lines=(first, min(at.line_end or first, last)))


def _in_flow(view: Description, folder: Path, at: Locator, quote: str) -> Place | None:
    known = [
        (Locator.model_validate(place), Mark(at=number, row=row), text)
        for place, number, row, text in json.loads((folder / PLACES).read_text("utf-8"))
    ]
    wanted = plain(quote)
    scores = [likeness(place, at) for place, _, _ in known]
    best = max(scores, default=(0,))
    if not any(best):
        return None
    chosen = [one for one, score in zip(known, scores, strict=True) if score == best]
    said = [one for one in chosen if _shares(one[2], wanted)]
    first = known.index((said or chosen)[0])
    marks = [known[first][1]]
    # A passage goes on over the elements after its first, as far as they say what it says.
    for _, mark, text in known[first + 1 :]:
        if not (len(text) >= _SHORTEST and text in wanted):
            break
        marks.append(mark)
    boxes = (at.bbox,) if at.bbox and at.picture else ()
    return Place(part=1, piece=_piece(view.parts[0], marks[0].at), boxes=boxes, marks=tuple(marks))


def likeness(one: Locator, other: Locator) -> tuple[int, ...]:
    """How far two places agree, field by field; nothing when they are in different files, paragraphs or lines."""
    if one.within[: len(other.within)] != other.within or one.paragraph != other.paragraph or one.part != other.part:
        return (0,)
    if other.line_start is not None and one.line_start != other.line_start:
        return (0,)
    if other.picture and one.picture != other.picture and one.paragraph is None:
        return (0,)
    return (1, *(int(getattr(one, name) == getattr(other, name)) for name in _FIELDS))


def _shares(text: str, quote: str) -> bool:
    return bool(text) and bool(quote) and (text in quote or quote in text)


def _piece(part: Part, at: int) -> int:
    """The piece with the row, line or element `at`, or the last one before it."""
    spans: Sequence[tuple[int, int]] = part.pieces
    return max(sum(first <= at for first, _ in spans), 1)


def as_json(place: Place | None) -> dict[str, Any] | None:
    """For the browser."""
    return place.model_dump(exclude_defaults=True) | {"part": place.part, "piece": place.piece} if place else None
