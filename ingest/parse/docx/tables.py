"""Reads a Word table (`w:tbl`) as a grid in which each merged cell stands in all its places (ECMA-376 part 1, 17.4)."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.document import LeftOutReason
from ingest.parse.office.ooxml import child, elements, integer, q, switch, value

_ROW_WRAPPERS = {q(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_MAX_COLUMNS = 1000
"""A broken `w:gridSpan` must not make a grid of a million places."""


@dataclass(frozen=True)
class Slot:
    """A place of the grid: `element` is the `w:tc` that holds its content, None in a gap; all places of a merged cell
    have one `region`.
    """

    element: etree._Element | None
    region: int


@dataclass(frozen=True)
class Grid:
    """The rows, all of the same width, the number of each among all rows of the file (from 1), and how many of the
    first ones repeat on each page (`w:tblHeader`). `gone` are the rows that are not shown: (number, why, `w:tr`).
    """

    rows: tuple[tuple[Slot, ...], ...]
    numbers: tuple[int, ...]
    header_rows: int
    gone: tuple[tuple[int, LeftOutReason, etree._Element], ...]


def read_grid(table: etree._Element) -> Grid:
    """The grid of `table`, without rows that a tracked change deleted and hidden ones."""
    rows: list[list[Slot]] = []
    numbers: list[int] = []
    repeated: list[bool] = []
    gone: list[tuple[int, LeftOutReason, etree._Element]] = []
    region = 0
    for number, row in enumerate(_inside(table, q("w:tr")), 1):
        properties = child(row, "w:trPr")
        if child(properties, "w:del") is not None or switch(properties, "w:hidden"):
            gone.append((number, "invisible" if child(properties, "w:del") is None else "deleted", row))
            continue
        numbers.append(number)
        above = rows[-1] if rows else []
        cells = [Slot(None, -1)] * _span(child(row, "w:trPr", "w:gridBefore"))
        for cell in _inside(row, q("w:tc")):
            region += 1
            place = len(cells)
            span = _span(child(cell, "w:tcPr", "w:gridSpan")) or 1
            here = Slot(cell, region)
            if _continues(cell, "w:vMerge") and place < len(above):
                here = above[place]
            elif _continues(cell, "w:hMerge") and cells:
                here = cells[-1]
            cells += [here] * span
        rows.append(cells[:_MAX_COLUMNS])
        repeated.append(switch(properties, "w:tblHeader") is True)
    width = max((len(row) for row in rows), default=0)
    full = [tuple(row + [Slot(None, -1 - at) for at in range(width - len(row))]) for row in rows]
    header_rows = next((at for at, one in enumerate(repeated) if not one), len(repeated))
    return Grid(tuple(full), tuple(numbers), header_rows, tuple(gone))


def is_frame(grid: Grid) -> bool:
    """Whether the table only frames text: no row has a second cell."""
    return all(len({cell.region for cell in row if cell.element is not None}) <= 1 for row in grid.rows)


def shade(cell: etree._Element | None) -> str:
    """The background that the cell has of its own: a colour or the name of a theme's; empty where it has none."""
    shading = child(cell, "w:tcPr", "w:shd")
    if shading is None:
        return ""
    colour = shading.get(q("w:fill"), "auto").lower()
    return shading.get(q("w:themeFill"), "") if colour in {"auto", "ffffff"} else colour


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, content controls looked through."""
    for one in elements(parent):
        if one.tag == tag:
            yield one
        elif one.tag in _ROW_WRAPPERS:
            yield from _inside(one, tag)


def _span(element: etree._Element | None) -> int:
    return 0 if element is None else min(max(integer(element.get(q("w:val"))) or 0, 0), _MAX_COLUMNS)


def _continues(cell: etree._Element, merge: str) -> bool:
    """Whether the cell goes on a merged one: `w:vMerge` without a value means so."""
    return child(cell, "w:tcPr", merge) is not None and (value(cell, "w:tcPr", merge) or "continue") == "continue"
