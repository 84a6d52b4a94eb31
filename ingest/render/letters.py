"""The letters on a page and their places, and the search for a text among them.

The pages of an office document are printed by another program than the parser, so where an element stands on them is
found by its words: first after the element before it, then anywhere.
"""

from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from ingest.document import BBox, Value

_MOST_LETTERS = 40_000
_PROBE = 24
"""So many letters are looked for; a paragraph's picture is then followed to its end as far as it agrees."""


class Letters(Value):
    """The letters of one page in the order of its text layer, white space left out; `boxes` is one for each."""

    text: str = ""
    boxes: tuple[BBox, ...] = ()


def letters_of(page: Any) -> Letters:
    """What the text layer of a page says, boxes in points from the top left."""
    height = page.get_height()
    textpage = page.get_textpage()
    found: list[str] = []
    boxes: list[BBox] = []
    box = pdfium.FS_RECTF()
    for at in range(min(textpage.count_chars(), _MOST_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(textpage, at)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not letter.strip() or letter == "\ufffe":
            continue
        # The loose box has the line's height; a tight one around 一 has nothing beside it on its line.
        if pdfium.FPDFText_GetLooseCharBox(textpage, at, box):
            found.append(letter)
            boxes.append((box.left, height - box.top, box.right, height - box.bottom))
    textpage.close()
    return Letters(text="".join(found), boxes=tuple(boxes))


def find_all(letters: Letters, text: str) -> list[list[BBox]]:
    """Every place of `text` on the page: one box for each of its lines."""
    wanted, found, start = "".join(text.split()), [], 0
    while wanted and (start := letters.text.find(wanted, start)) >= 0:
        found.append(_lines(letters.boxes[start : start + len(wanted)]))
        start += len(wanted)
    return found


class Finder:
    """Finds texts on printed pages, each after the one before it where it can."""

    def __init__(self, pages: Sequence[Letters]) -> None:
        self._pages = pages
        self._page = 0
        self._at = 0

    def find(self, text: str, only: int | None = None) -> list[tuple[int, BBox]]:
        """Where `text` stands: (page from 0, box) for each line of it. `only` is the page to look on."""
        wanted = "".join(text.split())
        if not wanted:
            return []
        probe = wanted[:_PROBE]
        order = [only] if only is not None else [*range(self._page, len(self._pages)), *range(self._page)]
        for page in order:
            if page >= len(self._pages):
                continue
            letters = self._pages[page].text
            start = letters.find(probe, self._at if page == self._page else 0)
            if start < 0 and page == self._page:
                start = letters.find(probe)
            if start >= 0:
                end = start + len(probe)
                while end - start < len(wanted) and end < len(letters) and letters[end] == wanted[end - start]:
                    end += 1
                self._page, self._at = page, end
                return [(page, box) for box in _lines(self._pages[page].boxes[start:end])]
        return []


def _lines(boxes: Sequence[BBox]) -> list[BBox]:
    """One box around the letters of each line."""
    lines: list[list[BBox]] = []
    for box in boxes:
        if lines and box[1] < lines[-1][-1][3] and box[3] > lines[-1][-1][1] and box[0] >= lines[-1][-1][0] - 1:
            lines[-1].append(box)
        else:
            lines.append([box])
    joined = []
    for line in lines:
        x0, y0, x1, y1 = zip(*line, strict=True)
        joined.append((min(x0), min(y0), max(x1), max(y1)))
    return joined
