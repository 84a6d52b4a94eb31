"""A table as it was drawn, cell by cell, and how to read it: which rows are its header, what its columns are called.

Spreadsheets and PDF files have no notion of a header, so it is told from merged cells, from look (bold, fill) and from
what the cells hold.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"[-+±≥≤<>≈~约¥￥$(（]*\d[\d,]*(?:\.\d+)?\s*(?:[%‰)）]|[A-Za-z/]{1,6}|[^\W\d年月期季]{1,2})?")
_NAMES_A_COLUMN = re.compile(
    r"(?:名称?|值|项目?|指标|内容|说明|备注|参数|配置|描述|类[别型]|要求|结果|结论|单位|数量|时间|日期|金额|版本|状态|责任人|负责人)$"
)
_DATED = re.compile(r"\d[-/.:]\d")
_LONGEST_NAME = 60
_DEEPEST_HEADER = 4


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its place (its top left slot, from 0) and how many slots it covers. `fill` is a colour or empty."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    bold: bool = False
    fill: str = ""
    numeric: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it holds a figure, with or without a unit; years and months name columns and are none."""
        return self.numeric or bool(_NUMBER.fullmatch(self.text))


Row = Sequence[GridCell | None]
"""One slot per column; a merged cell stands in every slot it covers, None is an empty slot."""


def texts(row: Row) -> tuple[str, ...]:
    """The row's cells as text, merged cells repeated."""
    return tuple(cell.text if cell else "" for cell in row)


def real_columns(grid: Sequence[Row]) -> list[int]:
    """The columns that differ from their left neighbour in some row: the others only widen merged cells."""
    width = len(grid[0]) if grid else 0
    return [at for at in range(width) if at == 0 or any(row[at] is not row[at - 1] for row in grid)]


def distinct(row: Row) -> list[GridCell]:
    """The row's cells that hold text, each once, from left to right."""
    found: list[GridCell] = []
    for cell in row:
        if cell and cell.text and (not found or found[-1] is not cell):
            found.append(cell)
    return found


def is_group_row(row: Row) -> bool:
    """Whether the row is a sub-heading inside a table: one cell, merged over most columns or bold in the first one."""
    cells = distinct(row)
    if len(cells) != 1 or cells[0].is_number:
        return False
    merged = cells[0].columns >= max(2, 0.6 * len(row))
    return merged or (cells[0].bold and cells[0].column == 0 and cells[0].rows == 1 and len(row) > 2)


def grouped(grid: Sequence[Row], first: int) -> Iterator[tuple[int | None, list[int]]]:
    """The rows from `first` on, cut at sub-headings: the row of the sub-heading (None before the first one), and the
    rows below it.
    """
    title: int | None = None
    rows: list[int] = []
    for at in range(first, len(grid)):
        if is_group_row(grid[at]):
            if rows or title is not None:
                yield title, rows
            title, rows = at, []
        else:
            rows.append(at)
    if rows or title is not None:
        yield title, rows


def caption_height(grid: Sequence[Row]) -> int:
    """How many rows at the top are one cell over the whole width: the table's title, drawn inside its frame."""
    height = 0
    for row in grid[:-1]:
        cells = distinct(row)
        if len(cells) != 1 or cells[0].columns < len(row) or cells[0].rows > 1:
            break
        height += 1
    return height


def header_height(grid: Sequence[Row]) -> int:
    """How many rows at the top name the columns; 0 when none do."""
    height = _extent(grid)
    if not 0 < height < len(grid):
        return 0
    head = [cell for row in grid[:height] for cell in distinct(row)]
    names = column_names(grid, height)
    if sum(bool(name) for name in names) * 2 < len(names) or any(len(cell.text) > _LONGEST_NAME for cell in head):
        return 0
    if _stands_out(grid, height):
        return height
    if any(cell.is_number or _DATED.search(cell.text) for cell in head) or is_form(grid):
        return 0
    if len(names) == 2 and height == 1:
        return 1 if _names_two_columns(grid) else 0
    return height if sum(bool(name) for name in names) >= 0.8 * len(names) else 0


def column_names(grid: Sequence[Row], height: int) -> tuple[str, ...]:
    """The header of each column: the texts of its `height` header rows from top to bottom, joined by ` / `."""
    names = []
    for column in range(len(grid[0]) if grid else 0):
        parts: list[str] = []
        for at in range(height):
            text = _name_at(grid, at, column, height)
            if text and text not in parts:
                parts.append(text)
        names.append(" / ".join(parts))
    return tuple(names)


def _name_at(grid: Sequence[Row], at: int, column: int, height: int) -> str:
    """The header text in a slot; an upper header left blank over a named column goes on from its left neighbour."""
    cell = grid[at][column]
    if cell and cell.text:
        return cell.text
    below = grid[at + 1][column] if at + 1 < height else None
    if below is None or not below.text:
        return ""
    return next((one.text for one in reversed(grid[at][:column]) if one and one.text and one.rows == 1), "")


def _extent(grid: Sequence[Row]) -> int:
    """How far down a header that starts in the first row reaches, going by its merged cells."""
    height = 1
    while height < min(len(grid), _DEEPEST_HEADER):
        lowest = max((cell.row + cell.rows for cell in distinct(grid[height - 1])), default=height)
        if lowest > height:
            height = lowest
        elif _has_subheader(grid[height - 1], grid[height]):
            height += 1
        else:
            break
    return height


def _has_subheader(upper: Row, lower: Row) -> bool:
    """Whether `lower` names the columns under merged (or blank) cells of `upper`."""
    if any(cell.is_number for cell in distinct(lower)) or is_group_row(lower):
        return False
    split = gap = False
    for above, below in zip(upper, lower, strict=True):
        if above is None or not above.text:
            gap = gap or bool(below and below.text)
        elif above.columns > 1:
            split = split or bool(below and below.text and below.columns < above.columns)
        elif below is not None and below.text and below is not above:
            return False
    looks_alike = common_look(distinct(upper)) == common_look(distinct(lower)) != (False, "")
    return split or (gap and looks_alike)


def common_look(cells: Sequence[GridCell]) -> tuple[bool, str]:
    """What all cells have in common: bold, and one fill."""
    fills = {cell.fill for cell in cells}
    return bool(cells) and all(cell.bold for cell in cells), fills.pop() if len(fills) == 1 else ""


def _stands_out(grid: Sequence[Row], height: int) -> bool:
    head = common_look([cell for row in grid[:height] for cell in distinct(row)])
    body = common_look(distinct(grid[height]))
    return (head[0] and not body[0]) or (bool(head[1]) and head[1] != body[1])


def is_form(grid: Sequence[Row]) -> bool:
    """Whether the rows are labelled, as in a form: marked labels and values alternate, or each row opens with one."""
    rows = [cells for cells in map(distinct, grid) if len(cells) > 1]
    if not rows:
        return False
    marked = sum(common_look(row[0::2]) not in {(False, ""), common_look(row[1::2])} for row in rows)
    opened = sum(common_look(row[:1]) not in {(False, ""), common_look(row[1:])} for row in rows)
    colons = sum(all(cell.text.endswith(("：", ":")) for cell in row[0::2]) for row in rows)
    return max(marked, opened, colons) > len(rows) / 2


def _names_two_columns(grid: Sequence[Row]) -> bool:
    """Two columns without any look to tell: a list with a header, or a form of labels and values?"""
    first = distinct(grid[0])
    body = [row[1] for row in grid[1:] if row[1] and row[1].text]
    figures = sum(cell.is_number for cell in body)
    return len(first) == 2 and bool(
        _NAMES_A_COLUMN.search(first[1].text) or (len(first[1].text) <= 6 and body and figures > len(body) / 2)
    )
