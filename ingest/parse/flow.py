"""Writes down a document that flows: paragraphs, lists and tables one below the other, each counted as a block.

For formats whose places are block numbers: Rich Text and OpenDocument.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Element, ElementKind, LeftOut, LeftOutReason, Locator, Table, TableRow
from ingest.parse.context import Context
from ingest.parse.gathered import Gathered
from ingest.parse.headings import HeadingPath
from ingest.parse.plain.lines import is_contents_title, is_heading, opens_item
from ingest.parse.table.grid import GridCell, Row
from ingest.parse.table.shape import understand

_WIDEST = 1000


@dataclass(frozen=True)
class CellText:
    """A cell as the file has it, before merged cells are spread over the places they cover."""

    text: str
    rows: int = 1
    columns: int = 1
    bold: bool = False
    fill: str = ""


class Flow:
    """The document so far. `block` is the number of the body's current block; call `next_block` for every block of the
    file, empty ones too.
    """

    def __init__(self, context: Context) -> None:
        self.found = Gathered()
        self.block = 0
        self._context = context
        self._path = HeadingPath()
        self._pictures = 0

    def next_block(self) -> None:
        """Go on to the next block of the body."""
        self.block += 1

    def place(self, row: int | None = None) -> Locator:
        """Where the current block stands, or a row of it."""
        return Locator(kind="section", headings=self._path.path, paragraph=self.block or None, row=row)

    def heading(self, text: str, level: int) -> None:
        """A heading of the level that the file states."""
        if text and not is_contents_title(text):
            self._add("heading", text, self._path.enter(text, level))

    def paragraph(self, text: str, *, bold: bool = False, kind: ElementKind = "paragraph") -> None:
        """A paragraph, which may look like a heading or a list item."""
        if kind == "paragraph" and is_heading(text, emphasised=bold):
            if not is_contents_title(text):
                self._add("heading", text, self._path.enter(text))
        elif kind == "paragraph" and opens_item(text):
            self._add("list_item", text, 1)
        else:
            self._add(kind, text)

    def item(self, text: str, level: int) -> None:
        """A list item with its mark; `level` is 1 for the outermost."""
        self._add("list_item", text, level)

    def table(self, rows: Sequence[Sequence[CellText]], stated_header: int = 0) -> None:
        """A table, as its rows have their cells; covered places are not in them."""
        shape = understand(spread(rows), stated_header or None)
        for at, text in shape.captions:
            self.found.elements.append(Element(kind="caption", text=text, locator=self.place(at + 1)))
        found = tuple(TableRow(cells=row.cells, locator=self.place(row.row + 1)) for row in shape.rows)
        if found:
            table = Table(header=shape.header, rows=found)
            self.found.elements.append(Element(kind="table", locator=self.place(), table=table))

    def leave_out(self, reason: LeftOutReason, text: str) -> None:
        """Keep the text out of the elements, and say so."""
        if text.strip():
            self.found.left_out.append(LeftOut(reason=reason, text=text.strip(), locator=self.place()))

    def picture(self, content: bytes, name: str = "") -> None:
        """Have a picture in the current block read."""
        self._pictures += 1
        place = self.place().model_copy(update={"picture": name or f"picture {self._pictures}"})
        self.found.take(self._context.picture(content, place))

    def inside(self, name: str, content: bytes) -> None:
        """Have a file in the current block read."""
        self.found.take(self._context.inside(name, content, self.place()))

    def _add(self, kind: ElementKind, text: str, level: int = 0) -> None:
        if text.strip():
            self.found.elements.append(Element(kind=kind, text=text.strip(), level=level, locator=self.place()))


def spread(rows: Sequence[Sequence[CellText]]) -> list[Row]:
    """The rows with each merged cell in every place it covers, all of one width."""
    grid: list[list[GridCell | None]] = [[] for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < len(grid[at]) and grid[at][column] is not None:
                column += 1
            columns = max(1, min(cell.columns, _WIDEST - column))
            height = max(1, min(cell.rows, len(rows) - at))
            placed = GridCell(cell.text, at, column, height, columns, cell.bold, cell.fill)
            for below in grid[at : at + height]:
                below += [None] * (column + columns - len(below))
                below[column : column + columns] = [placed] * columns
            column += columns
    width = max(map(len, grid), default=0)
    return [[*row, *[None] * (width - len(row))] for row in grid]
