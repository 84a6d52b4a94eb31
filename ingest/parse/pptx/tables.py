"""Reads a PowerPoint table as a grid of cells in which each merged cell stands in all its places."""

from dataclasses import dataclass

from lxml import etree

from ingest.parse.office.ooxml import child, elements, integer, q
from ingest.parse.plain.typed_lists import join_lines
from ingest.parse.pptx.text import read_lines
from ingest.parse.table.shape import Cell, Shape, understand

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
    grid: list[list[Cell]] = []
    covered: dict[tuple[int, int], Cell] = {}
    region = 0
    for at, row in enumerate(rows):
        cells: list[Cell] = []
        for column, cell in enumerate(row.findall(q("a:tc"))[:_MOST_COLUMNS]):
            region += 1
            found = covered.get((at, column)) or _cell(cell, region)
            cells.append(found)
            if (at, column) not in covered:
                down, across = (max(integer(cell.get(name)) or 1, 1) for name in ("rowSpan", "gridSpan"))
                for below in range(at, min(at + down, len(rows))):
                    covered |= {(below, beside): found for beside in range(column, min(column + across, _MOST_COLUMNS))}
        grid.append(cells)
    width = max(map(len, grid), default=0)
    full = [row + [Cell("", strong=False, region=-1 - at) for at in range(width - len(row))] for row in grid]
    properties = child(table, "a:tblPr")
    headed = properties is not None and properties.get("firstRow") in {"1", "true"}
    return SlideTable(understand(full, stated_header_rows=int(headed)), _edges(rows))


def _edges(rows: list[etree._Element]) -> tuple[tuple[float, float], ...]:
    heights = [max(integer(row.get("h")) or 0, 0) for row in rows]
    total = sum(heights) or 1
    ends = [sum(heights[: at + 1]) / total for at in range(len(heights))]
    return tuple(zip([0.0, *ends], ends, strict=False))


def _cell(cell: etree._Element, region: int) -> Cell:
    lines = list(read_lines(child(cell, "a:txBody")))
    properties = child(cell, "a:tcPr")
    filled = properties is not None and any(one.tag in _FILLS for one in elements(properties))
    strong = filled or (bool(lines) and all(line.bold for line in lines))
    return Cell(join_lines(line.text for line in lines), strong, region)
