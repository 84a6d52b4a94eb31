"""Finds the rows that are one text: the table's title inside its frame, and the sub-headings between its rows."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.parse.table.grid import Row, distinct
from ingest.parse.table.names import is_name

_MOST = 0.6
"""Share of the columns that a sub-heading is merged over."""


def caption_height(grid: Sequence[Row]) -> int:
    """How many rows at the top are the table's title, drawn inside its frame: one cell over the whole width, or labels
    and values that do not name the columns (`表名 | t_member | 名称 | 会员表`).
    """
    height = 0
    for row, below in pairwise(grid):
        cells = distinct(row)
        if _says_what_it_is(row, below, grid[height + 2 :]):
            height += 1
            break
        if len(row) < 2 or len(cells) != 1 or cells[0].columns < len(row) or cells[0].rows > 1:
            break
        height += 1
    return height


def _says_what_it_is(row: Row, below: Row, body: Sequence[Row]) -> bool:
    """Whether the row is pairs of label and value over the real header: the last value is merged up to the edge over
    columns that the row below names one by one, with no figure among the names and rows of values under them.
    """
    cells, names = distinct(row), distinct(below)
    last = cells[-1] if cells else None
    if last is None or len(cells) < 2 or len(cells) % 2 or last.columns < 2 or last.rows > 1 or row[-1] is not last:
        return False
    alone = all(cell.columns == cell.rows == 1 for cell in (*cells[:-1], *names))
    if not alone or len(names) != len(below) or any(cell.is_number for cell in names):
        return False
    # A group header (`资源` over 核数, 内存) says what its columns are; a value says it of the whole table.
    labels, values = cells[0::2], cells[1::2]
    paired = all(is_name(one.text) for one in labels) and not any(is_name(one.text) for one in values)
    named = len(cells) > 2 and len({cell.text for cell in names}) == len(names)
    return paired and named and any(cell.is_number for under in body for cell in distinct(under))


def is_group_row(row: Row) -> bool:
    """Whether the row is a sub-heading inside a table: one cell, merged over most columns or bold in the first one."""
    cells = distinct(row)
    if len(cells) != 1 or cells[0].is_number:
        return False
    merged = cells[0].columns >= max(2, _MOST * len(row))
    return merged or (cells[0].bold and cells[0].column == 0 and cells[0].rows == 1 and len(row) > 2)
