"""Tables of a PDF page as grids of text, with merged cells and with what their shades and bold type say."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.document import BBox
from ingest.parse.pdf.columns import read_lines
from ingest.parse.pdf.lattice import Lattice, find_lattices
from ingest.parse.pdf.lines import Line, bounds, is_airy, join_lines
from ingest.parse.pdf.loose import find_loose
from ingest.parse.pdf.page import Char, Page
from ingest.parse.table.grid import GridCell, Row, real_columns
from ingest.parse.table.shape import Shape, understand

_FEWEST_FILLED = 0.3


@dataclass(frozen=True)
class PlacedRow:
    """A row of a table with the page it stands on (from 1) and its box there."""

    cells: Row
    page: int
    box: BBox


@dataclass(frozen=True)
class PageTable:
    """A table, or as much of it as stands on one page. `stated` is how many of its rows lie above a line that ends the
    header, None where no line says so; `loose`: its columns are parted by blanks only, and lie a little otherwise on
    each page.
    """

    xs: tuple[float, ...]
    rows: tuple[PlacedRow, ...]
    stated: int | None
    loose: bool = False

    @property
    def box(self) -> BBox:
        """The box around the rows on the table's first page."""
        return bounds([row.box for row in self.rows if row.page == self.rows[0].page])

    @cached_property
    def shape(self) -> Shape:
        """What the rows mean."""
        return understand([row.cells for row in self.rows], self.stated)

    @property
    def head(self) -> int:
        """How many rows at the top are header, the table's title above it included; 0 without a header."""
        return self.shape.rows[0].row if self.shape.header and self.shape.rows else 0


def take_tables(page: Page) -> tuple[list[PageTable], list[Char], list[Char]]:
    """The page's tables, and the characters that stand in none of them, upright ones and turned ones.

    A frame around text, and a drawing whose lines happen to cross, are no tables: their text stays with the rest.
    """
    tables: list[PageTable] = []
    airy = is_airy(page.chars)
    rest, turned = page.chars, page.turned

    def take(lattices: Sequence[Lattice]) -> None:
        nonlocal rest, turned
        for lattice in lattices:
            inside, outside = _sort(rest, lattice)
            sideways, elsewhere = _sort(turned, lattice)
            table = _table(page, lattice, inside, sideways, airy=airy)
            if table:
                tables.append(table)
                rest, turned = outside, elsewhere

    take(find_lattices(page))
    take(find_loose(page, rest, [table.box for table in tables], airy=airy))
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
    stated = sum(row < lattice.header for row in kept_rows) or None
    return PageTable(xs, placed, stated, lattice.loose)


def _span(first: int, count: int) -> range:
    return range(first, first + count)


def _used(grid: list[list[GridCell | None]]) -> tuple[list[int], list[int]]:
    """The rows and columns where some cell with text begins: others are thin gaps between double lines, or empty."""
    return sorted({cell.row for row in grid for cell in row if cell and cell.text}), real_columns(grid)


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
