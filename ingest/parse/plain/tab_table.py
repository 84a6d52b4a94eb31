"""Reads a table pasted into a text from a spreadsheet: a tab between the columns."""

from collections.abc import Sequence

from ingest.parse.markup.pipe_table import PipeTable
from ingest.parse.table.grid import GridCell
from ingest.parse.table.header import header_height


def read(lines: Sequence[str]) -> PipeTable | None:
    """The table that `lines` are: at least two lines, all of them with the same number of tabs inside. Else None."""
    cells = [[cell.strip() for cell in line.rstrip().split("\t")] for line in lines]
    width = max(map(len, cells), default=0)
    if len(lines) < 2 or width < 2 or any(len(row) < width - 1 for row in cells):
        return None
    padded = [tuple(row + [""] * (width - len(row))) for row in cells]
    grid = [[GridCell(text, at, column) for column, text in enumerate(row)] for at, row in enumerate(padded)]
    headed = header_height(grid) == 1
    rows = tuple(enumerate(padded))
    return PipeTable(padded[0] if headed else ("",) * width, rows[1:] if headed else rows)
