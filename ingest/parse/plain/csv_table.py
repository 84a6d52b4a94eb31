"""Reads tables kept as text: comma, semicolon, tab or bar between the columns, quotes around what holds them."""

import csv
import io
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.document import Element, Locator, ParsedDocument, Table, TableRow
from ingest.errors import EmptyDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.headings import HeadingPath
from ingest.parse.plain import text
from ingest.parse.plain.encoding import read_text
from ingest.parse.table.grid import GridCell, Row
from ingest.parse.table.header import column_names, header_height
from ingest.said import Said

if TYPE_CHECKING:
    import _csv

_DELIMITERS = ",\t;|，"
_SAMPLE_ROWS = 200
_LONGEST_FIELD = 16 << 20
_WIDEST = 2000


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read a table in text, of any usual encoding. Locators are lines of the file; a quoted cell may run over several.

    Lines above the table (a title, who exported it when) are paragraphs. What turns out to be no table is read as
    text. Raises `UnreadableFile`, `UnsupportedFormat` (not text) and `EmptyDocument`.
    """
    source = read_text(path)
    delimiter, source, skipped = _stated(source) or (_sniff(source, path.suffix.lower()), source, 0)
    if not delimiter:
        return ParsedDocument(elements=tuple(text.read_lines(source.split("\n"), HeadingPath(), titled=True)))
    rows = _rows(source, delimiter, skipped, context)
    if not rows:
        raise EmptyDocument(
            Said("{name} has no text in it.", name=path.name), "Leave it out, or save it again with its content."
        )
    return ParsedDocument(elements=tuple(_elements(rows)))


_ReadRow = tuple[tuple[str, ...], int, int]
"""The cells of a row, and its first and last line."""


def _stated(source: str) -> tuple[str, str, int] | None:
    """The delimiter that Excel writes into the first line (`sep=;`), what is below it, and the line taken off."""
    first, _, rest = source.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) <= 5:
        return first.strip()[4:] or "\t", rest, 1
    return None


def _sniff(source: str, suffix: str) -> str:
    """The delimiter that cuts most rows into equally many cells; empty where none makes a table."""
    preferred = "\t" if suffix in (".tsv", ".tab") else ","
    best, best_score = "", 0.0
    for delimiter in sorted(_DELIMITERS, key=lambda one: one != preferred):
        widths = Counter(len(row) for row in islice(_reader(source, delimiter), _SAMPLE_ROWS) if row)
        width, count = max(widths.items(), key=lambda one: (one[1] * (one[0] > 1), one[0]), default=(0, 0))
        # A delimiter that is really inside the text cuts every row into another number of cells.
        score = count / sum(widths.values()) * min(width, 4) if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _reader(source: str, delimiter: str) -> "_csv.Reader":
    csv.field_size_limit(_LONGEST_FIELD)
    return csv.reader(io.StringIO(source, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t")


def _rows(source: str, delimiter: str, skipped: int, context: Context) -> list[_ReadRow]:
    found: list[_ReadRow] = []
    reader = _reader(source, delimiter)
    last = 0
    total = source.count("\n") + 1
    for row in reader:
        first, last = last + 1, reader.line_num
        cells = tuple(" ".join(cell.split()) for cell in row[:_WIDEST])
        if any(cells):
            found.append((cells, first + skipped, last + skipped))
        if len(found) % 1000 == 0:
            context.progress(last, total)
    return found


def _elements(rows: list[_ReadRow]) -> list[Element]:
    """Paragraphs for the lines above the table, then the table, its first row as header where it reads as one."""
    width = max(len(cells) for cells, _, _ in rows)
    usual = Counter(len([cell for cell in cells if cell]) for cells, _, _ in rows[:_SAMPLE_ROWS]).most_common(1)[0][0]
    above = 0
    while usual > 1 and above < len(rows) - 1 and sum(map(bool, rows[above][0])) == 1 and above < 5:
        above += 1
    elements = [
        Element(kind="paragraph", text=next(filter(None, cells)), locator=_place(first, last))
        for cells, first, last in rows[:above]
    ]
    body = [((*cells, *[""] * (width - len(cells))), first, last) for cells, first, last in rows[above:]]
    grid: list[Row] = [
        [GridCell(cell, at, column) for column, cell in enumerate(cells)]
        for at, (cells, _, _) in enumerate(body[:_SAMPLE_ROWS])
    ]
    height = min(header_height(grid), 1)
    header = column_names(grid, height) if height else ()
    table = Table(
        header=header,
        rows=tuple(TableRow(cells=cells, locator=_place(first, last)) for cells, first, last in body[height:]),
    )
    return [*elements, Element(kind="table", locator=_place(body[0][1], body[-1][2]), table=table)]


def _place(first: int, last: int) -> Locator:
    return Locator(kind="lines", line_start=first, line_end=last)
