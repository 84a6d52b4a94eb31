"""Finds the rows that are one text: the table's title inside its frame, and the sub-headings between its rows."""

from collections.abc import Sequence

from ingest.parse.table.grid import Row, distinct

_MOST = 0.6
"""Share of the columns that a sub-heading is merged over."""


def caption_height(grid: Sequence[Row]) -> int:
    """How many rows at the top are one cell over the whole width: the table's title, drawn inside its frame."""
    height = 0
    for row in grid[:-1]:
        cells = distinct(row)
        if len(row) < 2 or len(cells) != 1 or cells[0].columns < len(row) or cells[0].rows > 1:
            break
        height += 1
    return height


def is_group_row(row: Row) -> bool:
    """Whether the row is a sub-heading inside a table: one cell, merged over most columns or bold in the first one."""
    cells = distinct(row)
    if len(cells) != 1 or cells[0].is_number:
        return False
    merged = cells[0].columns >= max(2, _MOST * len(row))
    return merged or (cells[0].bold and cells[0].column == 0 and cells[0].rows == 1 and len(row) > 2)
