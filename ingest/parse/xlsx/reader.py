"""Turns one sheet's cells into elements: headings, texts, tables and forms, each under its titles and at its range."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace

from openpyxl.utils import get_column_letter

from ingest.document import Element, ElementKind, Locator, Table, TableRow, cover
from ingest.parse.headings import HeadingPath, looks_like_heading
from ingest.parse.table.shape import Shape, ShapeRow, headed, understand
from ingest.parse.xlsx.ranges import Rect
from ingest.parse.xlsx.regions import Block, Scope, Text, find_regions, is_continuation
from ingest.parse.xlsx.sheet import Sheet, SheetCell

HIDDEN = "（隐藏）"
_FILTERED = "（筛选隐藏）"
_STATES = {"hidden": HIDDEN, "veryHidden": "（深度隐藏）"}
_BODY_SIZE = 11.0
_ROWS_BETWEEN = 5000
"""Rows made between two signs of life."""
_UNIT = re.compile(r"[（(][^（(]*[）)]$")
"""What may follow a title: `（单位：人天）`."""
_NO_NAME = re.compile(r"_?(?:表|列表|Table|List|Tabelle|Tableau|テーブル)_?\d+(?:_\d+)*", re.IGNORECASE)
"""The names that programs give to list objects."""


class SheetReader:
    """Reads the regions of one sheet, keeping the heading path on the way; `alive` is called now and then."""

    def __init__(self, sheet: Sheet, state: str, alive: Callable[[], None]) -> None:
        self._sheet = sheet
        self._alive = alive
        self._top = sheet.name + _STATES.get(state, "")
        self._titles = HeadingPath()
        self._titles_of: dict[Scope, HeadingPath] = {(): self._titles}
        self._path_of_row: dict[int, tuple[str, ...]] = {}
        self._above: tuple[Block, Shape] | None = None

    def heading(self) -> Element:
        """The sheet's name as the heading of all that is on it."""
        return Element(kind="heading", text=self._top, level=1, locator=self._locator(path=(self._top,)))

    def elements(self) -> Iterator[Element]:
        """What the cells hold, in reading order."""
        regions = list(find_regions(self._sheet))
        for at, region in enumerate(regions):
            self._enter(region.scope)
            if isinstance(region, Text):
                following = regions[at + 1] if at + 1 < len(regions) else None
                yield self._text(region.cell, following)
            else:
                yield from self._block(region)

    def place(self, where: Rect | None, what: str, author: str = "") -> Locator:
        """The place of something that belongs to the cells at `where` without being in them, called `what`."""
        if where is None:
            return self._locator(path=(self._top, what))
        path = self._path_of_row.get(where.top, (self._top,))
        first = Rect(where.top, where.left, where.top, where.left).reference
        return self._locator(where.reference, (*path, f"{what} {first}" + (f"（{author}）" if author else "")))

    def _enter(self, scope: Scope) -> None:
        """Go on under the titles of `scope`; a new one starts with those of the scope around it."""
        if scope not in self._titles_of:
            around = next(scope[:end] for end in range(len(scope) - 1, -1, -1) if scope[:end] in self._titles_of)
            self._titles_of[scope] = deepcopy(self._titles_of[around])
        self._titles = self._titles_of[scope]

    @property
    def _path(self) -> tuple[str, ...]:
        return (self._top, *self._titles.path)

    def _locator(self, reference: str | None = None, path: tuple[str, ...] | None = None) -> Locator:
        return Locator(kind="sheet", sheet=self._sheet.name, range=reference, headings=path or self._path)

    def _marked(self, path: tuple[str, ...], row: int) -> tuple[str, ...]:
        """The path of a row, with a word when the row is hidden."""
        if row not in self._sheet.hidden_rows:
            return path
        return (*path, _FILTERED if self._sheet.is_filtered_out(row) else HIDDEN)

    def _text(self, cell: SheetCell, following: Text | Block | None) -> Element:
        stands_out = cell.look.bold or cell.look.size > _BODY_SIZE * 1.1
        above_a_table = isinstance(following, Block) and 0 < following.rows[0] - cell.row - cell.rows + 1 <= 2
        kind: ElementKind = "paragraph"
        level = 0
        name = _UNIT.sub("", cell.text)
        if not cell.numeric and looks_like_heading(name, emphasised=stands_out or above_a_table):
            kind, level = "heading", self._titles.enter(cell.text, size=cell.look.size) + 1
        path = self._marked(self._path, cell.row)
        if kind != "heading" and path == self._path and self._sheet.is_hidden_column(cell.column):
            path = (*path, HIDDEN)
        self._path_of_row.setdefault(cell.row, path)
        return Element(kind=kind, level=level, text=cell.text, locator=self._locator(cell.reference, path))

    def _block(self, block: Block) -> Iterator[Element]:
        if block.name and not _NO_NAME.fullmatch(block.name):
            place = self._locator(self._whole(block))
            yield Element(kind="caption", text=block.name, locator=place)
        shape = self._shape(block)
        for at in range(block.header):
            self._path_of_row.setdefault(block.rows[at], self._path)
        marks = tuple(HIDDEN if self._sheet.is_hidden_column(block.left + at) else "" for at in shape.columns)
        if not shape.header:
            rows = [self._row(block, row, self._path) for row in shape.rows]
            names = marks if any(marks) and all(len(row.cells) == len(marks) for row in rows) else ()
            yield from self._table(names, rows, self._path)
            return
        header = tuple(name + mark for name, mark in zip(shape.header, marks, strict=True))
        for title, members in shape.groups():
            path = self._path
            if title:
                number, text = block.rows[title.row], title.cells[0]
                path = (*path, text)
                place = self._locator(self._range(block, number), path)
                yield Element(kind="heading", text=text, level=len(path), locator=place)
                self._path_of_row.setdefault(number, path)
            yield from self._table(header, [self._row(block, row, path) for row in members], path)

    def _shape(self, block: Block) -> Shape:
        """What the block means; one that goes on with the table above has that table's header."""
        shape = understand(block.grid, block.header)
        if block.header:
            self._above = block, shape
        elif self._above and is_continuation(block, self._above[0]):
            above = self._above[1]
            columns = [at for at in above.columns if at < block.width]
            rows = headed(block.grid, range(len(block.grid)), columns)
            return replace(shape, columns=tuple(columns), header=above.header[: len(columns)], rows=rows)
        return shape

    def _row(self, block: Block, row: ShapeRow, path: tuple[str, ...]) -> TableRow:
        number = block.rows[row.row]
        if number % _ROWS_BETWEEN == 0:
            self._alive()
        self._path_of_row.setdefault(number, path)
        place = self._range(block, number, *row.columns)
        return TableRow(cells=row.cells, locator=self._locator(place, self._marked(path, number)))

    def _range(self, block: Block, row: int, start: int = 0, end: int | None = None) -> str:
        """A row of the block, or its columns from `start` to before `end`, in A1 notation."""
        last = block.left + (block.width if end is None else end) - 1
        first = f"{get_column_letter(block.left + start)}{row}"
        return first if last == block.left + start else f"{first}:{get_column_letter(last)}{row}"

    def _whole(self, block: Block) -> str:
        return Rect(block.rows[0], block.left, block.rows[-1], block.left + block.width - 1).reference

    def _table(self, header: tuple[str, ...], rows: list[TableRow], path: tuple[str, ...]) -> Iterator[Element]:
        if rows:
            place = cover([row.locator for row in rows]).model_copy(update={"headings": path})
            yield Element(kind="table", table=Table(header=header, rows=tuple(rows)), locator=place)
