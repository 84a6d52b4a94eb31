"""On which page each block stands, where the file states it.

Word marks in the text where each page began when it last laid the document out (`w:lastRenderedPageBreak`, ECMA-376
part 1, 17.3.3.13). It has no place for the mark where a page begins with an empty paragraph or a picture, and other
programs leave old marks standing; so the marks are believed only where they lead to the number of pages that the same
program wrote into the document's properties.
"""

from collections.abc import Sequence

from lxml import etree

from ingest.parse.office.ooxml import integer, q
from ingest.parse.office.parts import Parts

_MARK, _TEXT, _ROW, _CELL, _BOX = (q(f"w:{name}") for name in ("lastRenderedPageBreak", "t", "tr", "tc", "txbxContent"))


class Pages:
    """The pages of a document's blocks; knows none where the file does not state them reliably."""

    def __init__(self, blocks: Sequence[etree._Element], parts: Parts) -> None:
        self._of: dict[tuple[int | None, int | None], int] = {}
        stated = _stated_pages(parts)
        marked = {at for at, block in enumerate(blocks) if stated and next(block.iter(_MARK), None) is not None}
        if not marked:
            return
        page = 1
        found: dict[tuple[int | None, int | None], int] = {}
        for at, block in enumerate(blocks, 1):
            if at - 1 not in marked:
                found[at, None] = page
            elif block.tag == q("w:tbl"):
                for number, row in enumerate(block.iter(_ROW), 1):
                    before, after = _row_marks(row)
                    page += before
                    found.setdefault((at, None), page)
                    found[at, number] = page
                    page += after
            else:
                before, after = _marks(block)
                page += before
                found[at, None] = page
                page += after
        if page == stated:
            self._of = found

    def __call__(self, block: int | None, row: int | None = None) -> int | None:
        """The page on which block `block` (and row `row` of a table), from 1, begins."""
        return self._of.get((block, row)) or self._of.get((block, None))


def _row_marks(row: etree._Element) -> tuple[int, int]:
    """Of a row: a page that begins between its lines is marked in each cell that goes on there."""
    cells = [_marks(cell) for cell in row.iterchildren(_CELL)]
    before = max((one[0] for one in cells), default=0)
    return before, max((sum(one) for one in cells), default=0) - before


def _marks(element: etree._Element) -> tuple[int, int]:
    """How many pages begin in `element` before its first text, and after; text boxes float and do not count."""
    before = after = 0
    seen = False
    for one in element.iter(_MARK, _TEXT):
        if next(one.iterancestors(_BOX), None) is not None:
            continue
        if one.tag == _TEXT:
            seen = seen or bool((one.text or "").strip())
        elif seen:
            after += 1
        else:
            before += 1
    return before, after


def _stated_pages(parts: Parts) -> int:
    for kind in ("extended-properties", "extendedProperties"):
        for part in parts.by_kind("", kind):
            root = parts.xml(part) if parts.has(part) else None
            for one in root if root is not None else ():
                if isinstance(one.tag, str) and etree.QName(one).localname == "Pages":
                    return integer((one.text or "").strip()) or 0
    return 0
