"""Finds where on the pictures of its pages each part of a document stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ingest.document import BBox, Locator, ParsedDocument
from ingest.render.letters import Finder
from ingest.render.pages import PICTURES

_SHORTEST = 2
"""A single letter is found everywhere."""


@dataclass(frozen=True)
class Box:
    """A box on page `page` (from 0), in percent of its width and height, of the part whose id is `of`."""

    page: int
    of: str
    kind: str
    left: float
    top: float
    width: float
    height: float


def place_on_pages(document: ParsedDocument, form: str, pages: Sequence[dict[str, Any]]) -> list[Box]:
    """The boxes of the elements (`e0`…), of tables' rows (`e0r0`…) and of what was left out (`x0`…).

    A PDF's and a picture's locators state them. In print of an office document they are found by their words.
    """
    if not pages:
        return []
    stated = form == "pdf" or form in PICTURES
    finder = Finder([page["letters"] for page in pages])
    boxes = []
    for of, kind, text, locator in _parts(document):
        if locator.within:
            continue
        if stated:
            spots = [((locator.page or 1) - 1, locator.bbox)] if locator.bbox else []
        else:
            spots = _search(finder, text, locator) if not locator.picture else []
        for page, box in spots:
            if box and 0 <= page < len(pages):
                boxes.append(_percent(page, of, kind, box, pages[page]))
    return boxes


def _parts(document: ParsedDocument) -> Iterator[tuple[str, str, str, Locator]]:
    for at, element in enumerate(document.elements):
        if element.table is None:
            yield f"e{at}", element.kind, element.text, element.locator
        else:
            for number, row in enumerate(element.table.rows):
                yield f"e{at}r{number}", "table", "\n".join(row.cells), row.locator
    for at, one in enumerate(document.left_out):
        yield f"x{at}", "out", one.text, one.locator


def _search(finder: Finder, text: str, locator: Locator) -> list[tuple[int, BBox]]:
    only = locator.slide - 1 if locator.slide else None
    return next((found for attempt in _attempts(text) if (found := finder.find(attempt, only))), [])


def _attempts(text: str) -> Iterator[str]:
    """What to look for, the surest first. A list item's own number may be drawn apart from it. A row reads from cell to
    cell, less the cells on its left that are merged with those above, or its longest cell must do.
    """
    cells = [cell for cell, _ in groupby(text.split("\n"))]
    fewer = [text.partition(" ")[2]] if len(cells) == 1 else ["".join(cells[at:]) for at in range(len(cells))]
    yield from (one for one in (text, *fewer, max(cells, key=len)) if len(one.strip()) >= _SHORTEST)


def _percent(page: int, of: str, kind: str, box: BBox, size: dict[str, Any]) -> Box:
    width, height = size["width"] or 1, size["height"] or 1
    x0, y0, x1, y1 = box
    return Box(page, of, kind, 100 * x0 / width, 100 * y0 / height, 100 * (x1 - x0) / width, 100 * (y1 - y0) / height)
