"""A worksheet's XML looked over without being read: which rows and columns hold something, and where a row's text is.

A cell takes ten times as long to read as to find. Who opens a ledger of 50,000 rows looks at a few hundred of them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from lxml import etree
from openpyxl.utils import get_column_letter

from ingest.parse.office.ooxml import integer
from ingest.parse.xlsx.ranges import LAST_ROW, Rect, column_number, rects

_DATA = re.compile(rb"<(?:\w+:)?sheetData[^>]*>")
_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb'\sr="(\d+)"')
_FILLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)\d+"[^>]*(?<!/)>(?!</)')
_UNPLACED = re.compile(rb"<(?:\w+:)?(?:row\b(?![^>]*\sr=\")|c\b(?! r=\"[A-Z]+\d))")
"""Rows without their number, cells that do not begin with their place."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\sref="([A-Z0-9:$]+)"')
_SHARED = re.compile(rb'<(?:\w+:)?f\b([^>]*\st="shared"[^>]*)>')
_GROUP = re.compile(rb'\ssi="(\d+)"')
_MOST_MERGED = 1_000_000
"""Rows that merged cells add; the reader of sheets stops there too."""


@dataclass(frozen=True)
class SheetText:
    """The XML of a worksheet. `rows` and `columns` are the numbers of those that hold something."""

    rows: Sequence[int]
    columns: Sequence[int]
    _xml: bytes = field(repr=False)
    _body: tuple[int, int]
    _numbers: Sequence[int] = field(repr=False)
    _starts: Sequence[int] = field(repr=False)
    _merged: Sequence[Rect] = field(repr=False)
    _shared: Mapping[bytes, int] = field(repr=False)

    def between(self, first: int, last: int) -> IO[bytes]:
        """A worksheet with the rows `first` to `last` only, those in which cells begin that reach into them, and those
        whose formulas are also theirs.
        """
        wanted = self._of(first, last)
        others = {one.top for one in self._merged if one.top < first <= one.bottom}
        others |= {self._shared[group] for group in _groups(wanted) if group in self._shared}
        chosen = [self._of(row, row) for row in sorted(others) if not first <= row <= last]
        begin, end = self._body
        return BytesIO(b"".join((self._xml[:begin], *chosen, wanted, self._xml[end:])))

    def _of(self, first: int, last: int) -> bytes:
        start, end = bisect_left(self._numbers, first), bisect_right(self._numbers, last)
        if start == end:
            return b""
        return self._xml[self._starts[start] : self._starts[end] if end < len(self._starts) else self._body[1]]


def look_over(source: IO[bytes]) -> SheetText:
    """The worksheet in `source`. Raises etree.XMLSyntaxError where it must be parsed to be looked over and cannot."""
    xml = source.read()
    data, end = _DATA.search(xml), _END.search(xml)
    # Comments and CDATA may hold anything; where nothing is found, it is spelled otherwise, empty or damaged.
    if data is None or end is None or b"<!" in xml or _UNPLACED.search(xml):
        xml = _respelled(xml)
        data, end = _DATA.search(xml), _END.search(xml)
    if data is None or end is None:
        return SheetText((), (), xml, (len(xml), len(xml)), (), (), (), {})
    found = [(number, match.start()) for match in _ROW.finditer(xml, data.end(), end.start())
             if (number := _number(match[0])) <= LAST_ROW]  # fmt: skip
    found.sort()
    numbers, starts = [number for number, _ in found], [start for _, start in found]
    merged = [one for ref in _MERGED.findall(xml, end.start()) for one in rects(ref.decode())]
    ends = [*starts[1:], end.start()]
    filled = {row for row, start, stop in zip(numbers, starts, ends, strict=True) if _FILLED.search(xml, start, stop)}
    columns = {column_number(one.decode()) for one in set(_FILLED.findall(xml, data.end(), end.start()))}
    _add_merged(merged, filled, columns)
    body = data.end(), end.start()
    return SheetText(sorted(filled), sorted(columns), xml, body, numbers, starts, merged, _shared(xml, numbers, starts))


def _groups(rows: bytes) -> set[bytes]:
    """The groups of the shared formulas in these rows."""
    return {group[1] for one in _SHARED.finditer(rows) if (group := _GROUP.search(one[1]))}


def _shared(xml: bytes, numbers: Sequence[int], starts: Sequence[int]) -> dict[bytes, int]:
    """In which row each group of shared formulas is written out."""
    found: dict[bytes, int] = {}
    by_start = sorted(zip(starts, numbers, strict=True))
    begins = [start for start, _ in by_start]
    for one in _SHARED.finditer(xml):
        group = _GROUP.search(one[1])
        at = bisect_right(begins, one.start()) - 1
        if group and at >= 0 and not one[1].endswith(b"/") and xml[one.end() : one.end() + 1] != b"<":
            found.setdefault(group[1], by_start[at][1])
    return found


def _number(row: bytes) -> int:
    found = _NUMBER.search(row)
    return int(found[1]) if found else LAST_ROW + 1


def _add_merged(merged: Sequence[Rect], rows: set[int], columns: set[int]) -> None:
    """Merged cells stand in all rows and columns that they cover, as far as the sheet is used."""
    if not rows:
        return
    last_row, last_column, left = max(rows), max(columns), _MOST_MERGED
    for one in merged:
        if one.top not in rows:
            continue
        covered = range(one.top, min(one.bottom, last_row) + 1)
        left -= len(covered)
        if left < 0:
            return
        rows.update(covered)
        columns.update(range(one.left, min(one.right, last_column) + 1))


def _respelled(xml: bytes) -> bytes:
    """The same worksheet in UTF-8, without comments, every row and cell beginning with its place, in order."""
    # Strips CDATA as well.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
    root = etree.fromstring(xml, parser)
    number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = integer(row.get("r")) or number + 1
        _begin_with(row, str(number))
        column = 0
        for cell in row.iterfind("{*}c"):
            place = str(cell.get("r") or "").rstrip("0123456789")
            column = (column_number(place) if place else 0) or column + 1
            _begin_with(cell, f"{get_column_letter(column)}{number}")
    return etree.tostring(root, encoding="utf-8")


def _begin_with(element: etree._Element, place: str) -> None:
    others = {key: value for key, value in element.attrib.items() if key != "r"}
    element.attrib.clear()
    element.set("r", place)
    element.attrib.update(others)
