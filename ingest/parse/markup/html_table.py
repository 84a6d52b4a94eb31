"""Reads an HTML table: merged cells repeated in every place they cover, header rows told from the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parse.markup.html_text import Cursor, Node, flatten, is_hidden, tag_of
from ingest.parse.table.grid import GridCell, Row
from ingest.parse.table.shape import understand

_FILL = re.compile(r"background(?:-color)?\s*:\s*([^;]+)")
_WIDEST = 1000
"""Columns read; the HTML standard allows a cell to span no more."""


@dataclass(frozen=True)
class HtmlTable:
    """`titles` (rows of one cell above the header), `header` (empty when there is none) and the body rows; titles and
    rows have their number in the table from 1 and their first and last source line.
    """

    caption: tuple[str, int, int] | None
    titles: tuple[tuple[str, int, int, int], ...]
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], int, int, int], ...]


def is_layout(table: Node) -> bool:
    """Whether the table only places blocks on the page: its cells are then read like any other block."""
    if table.get("role") in ("presentation", "none"):
        return True
    if any(tag_of(node) in ("th", "caption") for row in _rows(table) for node in row):
        return False
    if next(table.iterdescendants("h1", "h2", "h3", "h4", "table"), None) is not None:
        return True
    return max((len(_cells(row)) for row in _rows(table)), default=0) < 2


def read(table: Node, cursor: Cursor) -> HtmlTable:
    """Read the table and move `cursor` past it. Hidden rows and cells are left out."""
    cursor.enter(table)
    caption = None
    grid: list[list[GridCell | None]] = []
    places: list[tuple[int, int]] = []
    headed = 0
    above: dict[int, tuple[GridCell, int]] = {}
    for row in _rows(table, with_caption=True):
        if tag_of(row) == "caption":
            lines = flatten(row, cursor).lines()
            caption = (" ".join(line.text for line in lines), lines[0].first, lines[-1].last) if lines else None
            continue
        cursor.enter(row)
        first = cursor.line
        cells = _read_row(row, len(grid), above, cursor)
        places.append((first, cursor.line))
        parent = row.getparent()
        in_head = (parent is not None and tag_of(parent) == "thead") or all(
            tag_of(cell) == "th" for cell in _cells(row)
        )
        headed += in_head and headed == len(grid)
        grid.append(cells)
    width = max(map(len, grid), default=0)
    rows: list[Row] = [[*row, *[None] * (width - len(row))] for row in grid]
    shape = understand(rows, headed or None)
    titles = tuple((text, at + 1, *places[at]) for at, text in shape.captions)
    body = tuple((row.cells, row.row + 1, *places[row.row]) for row in shape.rows)
    return HtmlTable(caption, titles, shape.header, body)


def _read_row(row: Node, at: int, above: dict[int, tuple[GridCell, int]], cursor: Cursor) -> list[GridCell | None]:
    """One slot per column. `above` holds, by column, a cell reaching down from an upper row and how far it goes."""
    slots: list[GridCell | None] = []

    def take_from_above() -> None:
        while len(slots) in above and len(slots) < _WIDEST:
            cell, rows = above.pop(len(slots))
            if rows > 1:
                above[len(slots)] = cell, rows - 1
            slots.append(cell)

    for cell in _cells(row):
        take_from_above()
        lines = flatten(cell, cursor).lines()
        found = GridCell(
            text=" ".join(line.text for line in lines),
            row=at,
            column=len(slots),
            rows=_span(cell, "rowspan"),
            columns=min(_span(cell, "colspan"), max(_WIDEST - len(slots), 0)),
            bold=bool(lines) and all(line.emphasised for line in lines),
            fill=_fill(cell) or _fill(row),
        )
        if found.rows > 1:
            above.update(dict.fromkeys(range(len(slots), len(slots) + found.columns), (found, found.rows - 1)))
        slots += [found] * found.columns
    while any(column >= len(slots) for column in above) and len(slots) < _WIDEST:
        if len(slots) not in above:
            slots.append(None)
        take_from_above()
    return slots


def _span(cell: Node, name: str) -> int:
    stated = re.match(r"\s*(\d{1,6})", cell.get(name, ""))
    return max(int(stated[1]), 1) if stated else 1


def _fill(node: Node) -> str:
    style = _FILL.search(node.get("style", "").lower())
    return (style[1].strip() if style else node.get("bgcolor", "")).lower()


def _rows(table: Node, *, with_caption: bool = False) -> Iterator[Node]:
    for child in table:
        if is_hidden(child):
            continue
        if tag_of(child) in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if tag_of(row) == "tr" and not is_hidden(row))
        elif tag_of(child) == "tr" or (with_caption and tag_of(child) == "caption"):
            yield child


def _cells(row: Node) -> list[Node]:
    return [cell for cell in row if tag_of(cell) in ("td", "th") and not is_hidden(cell)]
