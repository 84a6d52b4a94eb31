"""Finds what stands on a worksheet: single texts, and blocks of cells that form a table or a form.

A sheet is cut at blank rows, then at blank columns, again and again (the recursive X-Y cut of Nagy and Seth, 1984, on
cells instead of pixels). A row of one single cell above a block is its title, below it a remark: both are cut off.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.parse.table.grid import GridCell
from ingest.parse.table.header import header_height
from ingest.parse.xlsx.sheet import ListObject, Sheet, SheetCell

_Slots = dict[int, dict[int, SheetCell]]
_REMARK = re.compile(r"[*※]|[（(]?(?:注|说明|备注|口径|假设|依据|数据来源)[\d一二三四五]?[）)：:、.]?")
_TOTAL = re.compile(r"[合总小]\s*计")
_REMARK_CHARS = 20
_MOST_EMPTY = 50
"""A block with more slots per filled cell than this (and larger than `_SMALL`) is scattered text, not a table."""
_SMALL = 10_000
_DEEPEST = 200
"""Cuts within cuts; no sheet made by a person comes near it."""
_FLAT = 2
"""Texts side by side in no more rows than this are one heading line, not columns of their own."""


Scope = tuple[int, ...]
"""Which of several things side by side a region is in; a title in one of them does not head the others."""


@dataclass(frozen=True)
class Text:
    """A single cell (or merged range) that is no part of a table."""

    scope: Scope
    cell: SheetCell


@dataclass(frozen=True)
class Block:
    """A rectangle of cells: the sheet rows it takes, its first column, its grid, how many rows are its header,
    and the name its author gave it (a list object's).
    """

    scope: Scope
    rows: tuple[int, ...]
    left: int
    grid: list[list[GridCell | None]]
    header: int
    name: str = ""

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.grid[0])


def find_regions(sheet: Sheet) -> Iterator[Text | Block]:
    """The sheet's texts and blocks, from top to bottom, side by side ones from left to right."""
    if not sheet.slots:
        return
    last = max(sheet.slots)
    for one in sheet.lists:
        # A blank row inside a list object does not end it.
        for row in range(one.place.top, min(one.place.bottom, last) + 1):
            sheet.slots.setdefault(row, {})
    for scope, slots in _cut(dict(sorted(sheet.slots.items())), (), 0):
        for part, stated in _apart(slots, sheet.lists):
            yield from _list_object(part, scope, stated) if stated else _region(part, scope)


def _apart(slots: _Slots, lists: Sequence[ListObject]) -> Iterator[tuple[_Slots, ListObject | None]]:
    """The slots cut around the list objects in them: what stands above, on the left, the list object, what follows."""
    inside = next((one for one in lists if any(row in slots for row in (one.place.top, one.place.bottom))), None)
    if inside is None:
        filled = {row: cells for row, cells in slots.items() if cells}
        if filled:
            yield filled, None
        return
    place, others = inside.place, [one for one in lists if one is not inside]

    def part(top: int, bottom: int, left: int, right: int) -> _Slots:
        rows = {row: slots[row] for row in slots if top <= row <= bottom}
        found = {row: {c: cell for c, cell in cells.items() if left <= c <= right} for row, cells in rows.items()}
        return {row: cells for row, cells in found.items() if cells}

    far = 1 << 30
    own = part(place.top, place.bottom, place.left, place.right)
    if not own:
        yield from _apart(slots, others)
        return
    above = part(0, place.top - 1, 0, far)
    beside = [part(place.top, place.bottom, 0, place.left - 1), part(place.top, place.bottom, place.right + 1, far)]
    below = part(place.bottom + 1, far, 0, far)
    for rest in (above, beside[0]):
        if rest:
            yield from _apart(rest, others)
    yield own, inside
    for rest in (beside[1], below):
        if rest:
            yield from _apart(rest, others)


def _list_object(slots: _Slots, scope: Scope, stated: ListObject) -> Iterator[Block]:
    rows = list(slots)
    width = max(max(cells) for cells in slots.values()) - stated.place.left + 1
    header = stated.header if rows[0] == stated.place.top and stated.header < len(rows) else 0
    yield Block(
        scope, tuple(rows), stated.place.left, _grid(slots, rows, stated.place.left, width), header, stated.name
    )


def _cut(slots: _Slots, scope: Scope, depth: int) -> Iterator[tuple[Scope, _Slots]]:
    bands = _runs(slots)
    if depth > _DEEPEST:
        yield scope, slots
        return
    if len(bands) > 1:
        for band in bands:
            yield from _cut({row: slots[row] for row in band}, scope, depth + 1)
        return
    columns = _runs(sorted({column for row in slots.values() for column in row}))
    if len(columns) > 1:
        for group in columns:
            wanted = range(group[0], group[-1] + 1)
            part = {row: {c: cell for c, cell in cells.items() if c in wanted} for row, cells in slots.items()}
            inner = (*scope, next(iter(slots)), group[0]) if len(slots) > _FLAT else scope
            yield from _cut({row: cells for row, cells in part.items() if cells}, inner, depth + 1)
        return
    rows = list(slots)
    start = 0
    while columns and len(columns[0]) > 1 and (height := _title_height(slots, rows, start)):
        yield scope, {row: slots[row] for row in rows[start : start + height]}
        start += height
    if not start:
        yield scope, slots
    elif start < len(rows):
        yield from _cut({row: slots[row] for row in rows[start:]}, scope, depth + 1)


def _title_height(slots: _Slots, rows: Sequence[int], start: int) -> int:
    """How many rows of a block from `start` on are its title (with perhaps a unit or a version beside it); 0: none."""
    left = len(rows) - start
    if left < 2:
        return 0
    first, second = _cells(slots[rows[start]]), _cells(slots[rows[start + 1]])
    if len(first) == 1:
        return first[0].rows if first[0].rows < left else 0
    looks, looks_below = ({(one.look.bold, one.look.fill) for one in cells} for cells in (first, second))
    sparse = len(first) == 2 and len(second) >= 4 and max(cell.rows for cell in first) == 1
    return 1 if sparse and looks != looks_below else 0


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Ascending numbers cut where one is missing."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _cells(row: dict[int, SheetCell]) -> list[SheetCell]:
    """The row's cells, a merged one once."""
    return list({id(cell): cell for cell in row.values()}.values())


def _is_single(row: dict[int, SheetCell]) -> bool:
    return len(_cells(row)) == 1


def _region(slots: _Slots, scope: Scope) -> Iterator[Text | Block]:
    rows = list(slots)
    left = min(min(cells) for cells in slots.values())
    width = max(max(cells) for cells in slots.values()) - left + 1
    filled = sum(map(len, slots.values()))
    scattered = len(rows) * width > max(_SMALL, _MOST_EMPTY * filled)
    if (width == 1 and not _is_list(slots)) or scattered:
        yield from (Text(scope, cell) for cell in _unique(slots, rows))
        return
    if len({id(cell) for row in slots.values() for cell in row.values()}) == 1:
        yield Text(scope, next(iter(slots[rows[0]].values())))
        return
    remarks: list[int] = []
    while len(rows) > 1 and _is_remark(slots[rows[-1]]):
        remarks.insert(0, rows.pop())
    if len(rows) == 1 and _is_single(slots[rows[0]]):
        yield Text(scope, next(iter(slots[rows[0]].values())))
    else:
        grid = _grid(slots, rows, left, width)
        yield Block(scope, tuple(rows), left, grid, header_height(grid))
    yield from (Text(scope, cell) for cell in _unique(slots, remarks))


def _unique(slots: _Slots, rows: Iterable[int]) -> Iterator[SheetCell]:
    return iter({id(cell): cell for row in rows for cell in slots[row].values()}.values())


def _is_list(slots: _Slots) -> bool:
    """Whether a single column is a list under a name (which stands out) and not running text."""
    cells = [next(iter(row.values())) for row in slots.values()]
    body = cells[1:]
    return (
        len(body) > 1
        and cells[0].look.bold
        and not any(cell.look.bold for cell in body)
        and all(len(cell.text) <= _REMARK_CHARS for cell in cells)
    )


def _is_remark(cells: dict[int, SheetCell]) -> bool:
    if not _is_single(cells):
        return False
    cell = next(iter(cells.values()))
    return not cell.numeric and bool(_REMARK.match(cell.text) or len(cell.text) > _REMARK_CHARS)


def _grid(slots: _Slots, rows: list[int], left: int, width: int) -> list[list[GridCell | None]]:
    made: dict[int, GridCell] = {}
    at_row = {row: at for at, row in enumerate(rows)}

    def slot(row: int, column: int) -> GridCell | None:
        cell = slots[row].get(column)
        if cell is None:
            return None
        merged = cell.rows > 1 or cell.columns > 1
        if merged and id(cell) in made:
            return made[id(cell)]
        look = cell.look
        found = GridCell(
            cell.text,
            at_row.get(cell.row, 0),
            max(cell.column - left, 0),
            cell.rows,
            cell.columns,
            look.bold,
            look.fill,
            cell.numeric,
        )
        if merged:
            made[id(cell)] = found
        return found

    return [[slot(row, column) for column in range(left, left + width)] for row in rows]


def is_continuation(block: Block, above: Block) -> bool:
    """Whether a block without a header goes on with the table `above`: totals after a blank row, or rows of the same
    build (no cells merged otherwise, figures in the same columns).
    """
    if block.header or not above.header or block.left != above.left or block.width > above.width:
        return False
    if all((cell := row[0]) and _TOTAL.match(cell.text) for row in block.grid):
        return True
    if block.width < above.width or any(cell and cell.columns > 1 for row in block.grid for cell in row):
        return False
    body = above.grid[above.header :]
    return all(_counts(block.grid, at) == _counts(body, at) for at in range(1, block.width))


def _counts(rows: Sequence[Sequence[GridCell | None]], column: int) -> bool:
    """Whether most cells of the column are figures."""
    cells = [cell for row in rows if (cell := row[column]) and cell.text]
    return sum(cell.is_number for cell in cells) * 2 > len(cells)
