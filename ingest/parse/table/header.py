"""Tells which rows of a grid are its header, and what the columns are called.

Few files say where a table's header ends. It is told from what the file does say, from merged cells, from look (bold,
fill), and where all that is missing from what the cells hold.
"""

import re
from collections.abc import Sequence

from ingest.parse.table.forms import is_form
from ingest.parse.table.grid import PLAIN_LOOK, GridCell, Row, common_look, distinct, is_marked, real_columns
from ingest.parse.table.groups import is_group_row
from ingest.parse.table.names import is_name

_VALUE = re.compile(r"\d[-/.:]\d|[年月]\d+[月日]|^(?:TRUE|FALSE|#\S+)$")
"""What stands below names of columns: dates, versions, truth values, errors of a spreadsheet."""
_COUNT = re.compile(r"[(（]?\d{1,2}[)）]?")
_LONGEST_NAME = 60
_LONGEST_PART = 20
"""A name below a merged name, and one that nothing but its words tell from other text."""
_SHORT = 6
_DEEPEST = 5
_DEEPEST_BY_LOOK = 3


def header_height(grid: Sequence[Row], stated: int | None = None) -> int:
    """How many rows at the top of a grid (without a caption or empty rows) name the columns; 0 when none do.

    `stated` is how many the file marks, None where it says nothing; merged cells may take the header further down. A
    file that marks all rows only says that there is a header.
    """
    if len(grid) < 2 or stated == 0:
        return 0
    if stated is not None:
        return _extent(grid, _credible(grid, stated))
    height = _as_far_as_it_looks_alike(grid, _extent(grid, 1))
    head = [cell for row in grid[:height] for cell in distinct(row)]
    columns = real_columns(grid)
    names = column_names(grid, height)
    named = [names[at] for at in columns if names[at]]
    if len(named) * 2 < len(columns) or any(len(cell.text) > _LONGEST_NAME for cell in head):
        return 0
    if _stands_out(grid, height):
        return height
    if any(cell.is_number or _VALUE.search(cell.text) for cell in head) or is_form(grid):
        return 0
    if len(columns) < 2 or is_group_row(grid[0]):
        return 0
    if len(columns) == 2 and height == 1:
        return 1 if _names_two_columns(grid, columns) else 0
    return height if _reads_as_names(head) and len(named) >= 0.8 * len(columns) else 0


def _credible(grid: Sequence[Row], stated: int) -> int:
    """How many of the rows that the file marks can be a header. One below the first that holds figures is none:
    LibreOffice marks the row below a nested table's header, too. Numbers that count the columns may stand there.
    """
    if stated >= len(grid) or stated > _DEEPEST:
        return 1
    while stated > 1 and any(cell.is_number and not _COUNT.fullmatch(cell.text) for cell in distinct(grid[stated - 1])):
        stated -= 1
    return stated


def column_names(grid: Sequence[Row], height: int) -> tuple[str, ...]:
    """The header of each column: the texts of its `height` header rows from top to bottom, joined by ` / `."""
    names = []
    for column in range(len(grid[0]) if grid else 0):
        parts = dict.fromkeys(_name_at(grid, at, column, height) for at in range(height))
        names.append(" / ".join(part for part in parts if part))
    return tuple(names)


def _name_at(grid: Sequence[Row], at: int, column: int, height: int) -> str:
    """The header text in a slot. An upper header left blank over a named column goes on from its left neighbour, unless
    that is merged: then it says itself how far it goes.
    """
    cell = grid[at][column]
    if cell and cell.text:
        return cell.text
    below = grid[at + 1][column] if at + 1 < height else None
    if below is None or not below.text:
        return ""
    left = next((one for one in reversed(grid[at][:column]) if one and one.text), None)
    return left.text if left and left.rows == left.columns == 1 else ""


def _extent(grid: Sequence[Row], height: int) -> int:
    """How far down a header of at least `height` rows reaches, going by its merged cells."""
    while height < min(len(grid) - 1, _DEEPEST):
        above, below = grid[height - 1], grid[height]
        if not (_hangs_over(above, below, grid[-1]) or _has_subheader(above, below)):
            break
        height += 1
    return height


def _hangs_over(above: Row, below: Row, last: Row) -> bool:
    """Whether a header cell is merged with the row below, and not with all of them (then it names rows), while the
    other cells of that row are names, too.
    """
    slots = list(zip(above, below, last, strict=True))
    if not any(cell is not None and cell.text and cell is under is not end for cell, under, end in slots):
        return False
    apart = [(cell, under) for cell, under, _ in slots if under is not None and under.text and under is not cell]
    alone = [(cell, under) for cell, under in apart if cell is None or cell.columns == 1]
    if any(under.is_number for _, under in alone):
        return False
    alike = common_look(distinct(above)) == common_look([under for _, under in apart]) != PLAIN_LOOK
    return alike or not any(cell is not None and cell.text for cell, _ in alone)


def _has_subheader(upper: Row, lower: Row) -> bool:
    """Whether `lower` names the columns under merged (or blank) cells of `upper`."""
    cells = distinct(lower)
    if any(cell.is_number or len(cell.text) > _LONGEST_PART for cell in cells) or is_group_row(lower):
        return False
    split = gap = False
    for above, below in zip(upper, lower, strict=True):
        if above is None or not above.text:
            gap = gap or bool(below and below.text)
        elif above.columns > 1:
            split = split or bool(below and below.text and below.columns < above.columns)
        elif below is not None and below.text and below is not above:
            return False
    looks_alike = common_look(distinct(upper)) == common_look(cells) != PLAIN_LOOK
    return split or (gap and looks_alike)


def _stands_out(grid: Sequence[Row], height: int) -> bool:
    cells, body = [cell for row in grid[:height] for cell in distinct(row)], distinct(grid[height])
    head, below = common_look(cells), common_look(body)
    return (head[0] and not below[0]) or (bool(head[1]) and head[1] != below[1]) or is_marked(cells) > is_marked(body)


def _as_far_as_it_looks_alike(grid: Sequence[Row], height: int) -> int:
    """The height of a header that is set apart by its look, where nothing but that look says that it goes on."""
    look = common_look(distinct(grid[0]))
    end = height
    while end < len(grid) and common_look(distinct(grid[end])) == look:
        if is_group_row(grid[end]) or any(cell.is_number for cell in distinct(grid[end])):
            return height
        end += 1
    return end if end <= _DEEPEST_BY_LOOK and end < len(grid) and look != PLAIN_LOOK else height


def _reads_as_names(head: Sequence[GridCell]) -> bool:
    """Whether nothing in the words speaks against it: sentences, or the same again and again."""
    words = [cell.text for cell in head]
    return len(set(words)) * 2 > len(words) and not any(word[-1] in "。；;" for word in words)


def _names_two_columns(grid: Sequence[Row], columns: Sequence[int]) -> bool:
    """Two columns without any look to tell: a list with a header, or a form of labels and values?"""
    first, second = ([row[at] for row in grid] for at in columns)
    if not (first[0] and second[0] and first[0].text and second[0].text) or first[0] is second[0]:
        return False
    labels, values = _filled(first[1:]), _filled(second[1:])
    counted = sum(cell.is_number for cell in values) * 2 > len(values) > 0
    a_form = sum(is_name(cell.text) for cell in labels) * 2 >= len(labels) > 0
    return (is_name(second[0].text) and not a_form) or (len(second[0].text) <= _SHORT and counted)


def _filled(cells: Sequence[GridCell | None]) -> list[GridCell]:
    return [cell for cell in cells if cell and cell.text]
