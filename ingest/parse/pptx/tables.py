"""Reads a PowerPoint table as a grid of cells in which each merged cell stands in all its places."""

from typing import Any

from ingest.parse.office.ooxml import child, elements, q
from ingest.parse.plain.typed_lists import join_lines
from ingest.parse.pptx.text import read_lines
from ingest.parse.table.shape import Cell, Shape, understand

_FILLS = {q("a:solidFill"), q("a:gradFill"), q("a:pattFill")}


def read_table(table: Any) -> Shape:
    """The shape of a python-pptx table. A cell's paragraphs stand on one line."""
    height, width = len(table.rows), len(table.columns)
    grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if grid[row][column] is not None:
                continue
            cell = table.cell(row, column)
            found = _cell(cell, region=row * width + column)
            down, across = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
            for below in range(row, min(row + down, height)):
                for beside in range(column, min(column + across, width)):
                    grid[below][beside] = found
    full = [[cell for cell in row if cell is not None] for row in grid]
    return understand(full, stated_header_rows=int(bool(table.first_row)))


def _cell(cell: Any, region: int) -> Cell:
    lines = list(read_lines(child(cell._tc, "a:txBody")))
    properties = child(cell._tc, "a:tcPr")
    filled = properties is not None and any(one.tag in _FILLS for one in elements(properties))
    strong = filled or (bool(lines) and all(line.bold for line in lines))
    return Cell(join_lines(line.text for line in lines), strong, region)
