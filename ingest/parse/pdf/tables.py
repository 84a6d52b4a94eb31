"""Ruled tables of a PDF as grids of text: merged cells, shaded and bold headers, tables that go on over pages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import BBox
from ingest.parse.pdf.columns import read_lines
from ingest.parse.pdf.lattice import Lattice, find_lattices
from ingest.parse.pdf.lines import Line, bounds, is_airy, join_lines
from ingest.parse.pdf.page import Char, Page
from ingest.parse.plain.typed_lists import join_wrapped
from ingest.parse.table.grid import GridCell, Row, common_look, distinct, header_height, texts

_EDGE = 4.0
"""Column edges no farther apart (points) are the same column on the next page."""
_FEWEST_FILLED = 0.3


@dataclass(frozen=True)
class PlacedRow:
    """A row of a table with the page it stands on (from 1) and its box there."""

    cells: Row
    page: int
    box: BBox


@dataclass(frozen=True)
class PageTable:
    """A table, or as much of it as stands on one page. `header` is how many of its rows name the columns."""

    xs: tuple[float, ...]
    rows: tuple[PlacedRow, ...]
    header: int

    @property
    def box(self) -> BBox:
        """The box around the rows on the table's first page."""
        return bounds([row.box for row in self.rows if row.page == self.rows[0].page])


def take_tables(page: Page) -> tuple[list[PageTable], list[Char], list[Char]]:
    """The page's ruled tables, and the characters that stand in none of them, upright ones and turned ones.

    A frame around text, and a drawing whose lines happen to cross, are no tables: their text stays with the rest.
    """
    tables: list[PageTable] = []
    airy = is_airy(page.chars)
    rest, turned = page.chars, page.turned
    for lattice in find_lattices(page):
        inside, outside = _sort(rest, lattice)
        sideways, elsewhere = _sort(turned, lattice)
        table = _table(page, lattice, inside, sideways, airy=airy)
        if table:
            tables.append(table)
            rest, turned = outside, elsewhere
    return tables, rest, turned


_Slots = dict[tuple[int, int], list[Char]]


def _sort(chars: Sequence[Char], lattice: Lattice) -> tuple[_Slots, list[Char]]:
    """The characters in each slot of the lattice, and those outside."""
    inside: _Slots = defaultdict(list)
    outside: list[Char] = []
    for char in chars:
        slot = lattice.slot((char.box[0] + char.box[2]) / 2, (char.box[1] + char.box[3]) / 2)
        inside[slot].append(char) if slot else outside.append(char)
    return inside, outside


def _table(page: Page, lattice: Lattice, chars: _Slots, turned: _Slots, *, airy: bool) -> PageTable | None:
    columns, rows = len(lattice.xs) - 1, len(lattice.ys) - 1
    grid: list[list[GridCell | None]] = [[None] * columns for _ in range(rows)]
    filled = 0
    for cell in lattice.cells:
        slots = [(row, column) for row in _span(cell.row, cell.rows) for column in _span(cell.column, cell.columns)]
        own = [char for slot in slots for char in chars.get(slot, ())]
        box = lattice.box(cell)
        text = cell_text(read_lines(own, columns=False, airy=airy), box)
        text += "".join(char.text for slot in slots for char in turned.get(slot, ()))
        filled += bool(text)
        made = GridCell(
            text,
            cell.row,
            cell.column,
            cell.rows,
            cell.columns,
            bool(own) and all(char.bold for char in own),
            _shade(page, box),
        )
        for row, column in slots:
            grid[row][column] = made
    kept_rows, kept_columns = _used(grid)
    if len(kept_columns) < 2 or filled < 2 or filled < _FEWEST_FILLED * len(lattice.cells):
        return None
    rows_of = _shrink(grid, kept_rows, kept_columns)
    left, right = lattice.xs[0], lattice.xs[-1]
    boxes = ((left, lattice.ys[row], right, lattice.ys[row + 1]) for row in kept_rows)
    placed = tuple(PlacedRow(row, page.number, box) for row, box in zip(rows_of, boxes, strict=True))
    xs = (*(lattice.xs[column] for column in kept_columns), right)
    return PageTable(xs, placed, header_height(rows_of))


def _span(first: int, count: int) -> range:
    return range(first, first + count)


def _used(grid: list[list[GridCell | None]]) -> tuple[list[int], list[int]]:
    """The rows and columns where some cell with text begins: others are thin gaps between double lines, or empty."""
    cells = [cell for row in grid for cell in row if cell and cell.text]
    return sorted({cell.row for cell in cells}), sorted({cell.column for cell in cells})


def _shrink(grid: list[list[GridCell | None]], rows: list[int], columns: list[int]) -> list[Row]:
    """The grid with these rows and columns only; cells know their new place."""
    made: dict[tuple[int, int], GridCell] = {}
    for cell in (cell for row in grid for cell in row if cell):
        made[cell.row, cell.column] = replace(
            cell,
            row=sum(row < cell.row for row in rows),
            column=sum(column < cell.column for column in columns),
            rows=sum(cell.row <= row < cell.row + cell.rows for row in rows),
            columns=sum(cell.column <= column < cell.column + cell.columns for column in columns),
        )
    slots = [[grid[row][column] for column in columns] for row in rows]
    return [tuple(made[cell.row, cell.column] if cell else None for cell in row) for row in slots]


def cell_text(lines: Sequence[Line], box: BBox) -> str:
    """A cell's lines as one text: joined where a line is full, with a blank where its paragraph ends."""
    runs: list[list[Line]] = []
    for at, line in enumerate(lines):
        # The cell's padding is not known; text is taken to wrap where less than two characters would have fitted.
        if at and lines[at - 1].box[2] + 2.2 * line.size + (lines[0].box[0] - box[0]) >= box[2]:
            runs[-1].append(line)
        else:
            runs.append([line])
    return " ".join(join_lines(run) for run in runs)


def _shade(page: Page, box: BBox) -> str:
    x, y = box[0] + min(3.0, (box[2] - box[0]) / 2), (box[1] + box[3]) / 2
    found = ""
    for (x0, y0, x1, y1), colour in page.shades:
        if x0 <= x <= x1 and y0 <= y <= y1:
            found = colour
    return found


def goes_on(above: PageTable, below: PageTable) -> bool:
    """Whether `below`, first on its page, is the next part of `above`, last on the page before: the columns are the
    same, and it has the same header or nothing that looks like one.
    """
    if len(above.xs) != len(below.xs) or any(abs(a - b) > _EDGE for a, b in zip(above.xs, below.xs, strict=True)):
        return False
    head, first = (common_look(distinct(table.rows[0].cells)) for table in (above, below))
    return _repeats_header(above, below) or head != first or head == (False, "")


def continued(above: PageTable, below: PageTable) -> PageTable:
    """Both parts as one: a repeated header is dropped, a row or a merged cell cut by the page break made whole."""
    rows = list(below.rows[above.header :] if _repeats_header(above, below) else below.rows)
    before = list(above.rows)
    if rows and len(before) > above.header:
        blank = [not text for text in texts(rows[0].cells)]
        if blank[0] and sum(blank) >= len(blank) / 2:
            before[-1] = _whole(before[-1], rows[0])
            rows = rows[1:]
        elif blank[0]:
            rows = _filled_down(rows, before[-1])
    return PageTable(above.xs, (*before, *rows), above.header)


def _repeats_header(above: PageTable, below: PageTable) -> bool:
    heads = ([texts(row.cells) for row in table.rows[: above.header]] for table in (above, below))
    return above.header > 0 and next(heads) == next(heads)


def _whole(last: PlacedRow, first: PlacedRow) -> PlacedRow:
    """A row whose text goes on after the page break."""
    cells = tuple(
        replace(above, text=join_wrapped(above.text, below.text) if above.text else below.text)
        if above and below and below.text
        else above
        for above, below in zip(last.cells, first.cells, strict=True)
    )
    return replace(last, cells=cells)


def _filled_down(rows: list[PlacedRow], last: PlacedRow) -> list[PlacedRow]:
    """A merged cell that began on the page before, put into the rows that it covers on this one."""
    empty = rows[0].cells[0]
    covered = empty.rows if empty else 1
    carried = last.cells[0]
    return [replace(row, cells=(carried, *row.cells[1:])) if at < covered else row for at, row in enumerate(rows)]
