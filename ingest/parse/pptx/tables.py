"""Reads a PowerPoint table as a grid of cells in which each merged cell stands in all its places."""

from dataclasses import dataclass

from lxml import etree

from ingest.parse.office.ooxml import child, elements, integer, q
from ingest.parse.plain.typed_lists import join_lines
from ingest.parse.pptx.text import read_lines
from ingest.parse.table.grid import GridCell, Row
from ingest.parse.table.shape import Shape, understand

_FILLS = {q("a:solidFill"), q("a:gradFill"), q("a:pattFill")}
_MOST_COLUMNS = 1000


@dataclass(frozen=True)
class SlideTable:
    """What the table means, and where each of its rows stands: upper and lower edge as shares of the table's height."""

    shape: Shape
    edges: tuple[tuple[float, float], ...]


def read_table(table: etree._Element) -> SlideTable:
    """The table `a:tbl`. A cell's paragraphs stand on one line."""
    rows = table.findall(q("a:tr"))
    cells = [row.findall(q("a:tc"))[:_MOST_COLUMNS] for row in rows]
    width = max(map(len, cells), default=0)
    covered: dict[tuple[int, int], GridCell] = {}
    for at, row in enumerate(cells):
        for column, cell in enumerate(row):
            if (at, column) not in covered:
                found = _cell(cell, at, column, len(rows) - at, width - column)
                below, beside = range(at, at + found.rows), range(column, column + found.columns)
                covered |= {(down, across): found for down in below for across in beside}
    grid: list[Row] = [[covered.get((at, column)) for column in range(width)] for at in range(len(rows))]
    properties = child(table, "a:tblPr")
    headed = properties is not None and properties.get("firstRow") in {"1", "true"}
    return SlideTable(understand(grid, 1 if headed else None), _edges(rows))


def _edges(rows: list[etree._Element]) -> tuple[tuple[float, float], ...]:
    heights = [max(integer(row.get("h")) or 0, 0) for row in rows]
    total = sum(heights) or 1
    ends = [sum(heights[: at + 1]) / total for at in range(len(heights))]
    return tuple(zip([0.0, *ends], ends, strict=False))


def _cell(cell: etree._Element, row: int, column: int, most_rows: int, most_columns: int) -> GridCell:
    lines = list(read_lines(child(cell, "a:txBody")))
    properties = child(cell, "a:tcPr")
    fills = [one for one in elements(properties) if one.tag in _FILLS] if properties is not None else []
    return GridCell(
        join_lines(line.text for line in lines),
        row,
        column,
        rows=min(max(integer(cell.get("rowSpan")) or 1, 1), most_rows),
        columns=min(max(integer(cell.get("gridSpan")) or 1, 1), most_columns),
        bold=bool(lines) and all(line.bold for line in lines),
        fill="".join(etree.tostring(one, encoding="unicode") for one in fills),
    )
