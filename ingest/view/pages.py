"""PDF files and pictures as pages; a page is drawn when it is asked for."""

from pathlib import Path

from ingest.document import BBox
from ingest.render.letters import Letters, find_all
from ingest.render.pages import open_letters, page_sizes
from ingest.view.made import Description, Part, plain

_SHORTEST = 2
"""A single letter is found everywhere."""


def make(path: Path, _folder: Path, form: str) -> Description:
    """The sizes of the pages. Raises `DamagedDocument`."""
    sizes = enumerate(page_sizes(path, form), 1)
    parts = tuple(Part(number=number, width=width, height=height) for number, (width, height) in sizes)
    return Description(kind="pages", format=form, parts=parts)


def boxes(path: Path, page: int, bbox: BBox | None, quote: str) -> list[BBox]:
    """Where on the page of a PDF the quote stands, line by line; `bbox` itself where that is not to be found.

    The same words may stand on a page several times: those inside `bbox` are meant. Raises `DamagedDocument`.
    """
    with open_letters(path) as letters_of:
        letters = letters_of(page)
    found = [box for text in _attempts(quote) for box in _nearest(letters, text, bbox)]
    return found or ([bbox] if bbox else [])


def _attempts(quote: str) -> list[str]:
    """The quote whole; else its lines and cells, each by itself."""
    pieces = [piece for line in quote.split("\n") for piece in line.split(" | ")]
    return [text for text in pieces if len(plain(text)) >= _SHORTEST]


def _nearest(letters: Letters, text: str, bbox: BBox | None) -> list[BBox]:
    for lines in find_all(letters, text):
        if bbox is None or all(_meet(box, bbox) for box in lines):
            return lines
    return []


def _meet(one: BBox, other: BBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
