"""A table as it was drawn, cell by cell, whatever the format: which slots a cell takes, and how it looks.

Every parser of tables fills this grid; what it means is worked out in `header`, `forms`, `groups` and `shape`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parse.table.figures import is_figure

PLAIN_LOOK = (False, "")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its place (its top left slot, from 0) and how many slots it covers. `fill` is a colour, or whatever
    else tells one background from another; empty where there is none.
    """

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
        return self.numeric or is_figure(self.text)


Row = Sequence[GridCell | None]
"""One slot per column; a merged cell (one object) stands in every slot it covers, None is an empty slot."""


def texts(row: Row) -> tuple[str, ...]:
    """The row's cells as text, merged cells repeated."""
    return tuple(cell.text if cell else "" for cell in row)


def real_columns(grid: Sequence[Row]) -> list[int]:
    """The columns in which a cell with text begins in some row: others are empty or only widen merged cells."""
    width = len(grid[0]) if grid else 0
    return [at for at in range(width) if any(_begins(row, at) for row in grid)]


def _begins(row: Row, at: int) -> bool:
    cell = row[at]
    return cell is not None and bool(cell.text) and (at == 0 or cell is not row[at - 1])


def distinct(row: Row) -> list[GridCell]:
    """The row's cells that hold text, each once, from left to right."""
    found: list[GridCell] = []
    for cell in row:
        if cell and cell.text and (not found or found[-1] is not cell):
            found.append(cell)
    return found


def common_look(cells: Sequence[GridCell]) -> tuple[bool, str]:
    """What all cells have in common: bold, and one fill."""
    fills = {cell.fill for cell in cells}
    return bool(cells) and all(cell.bold for cell in cells), fills.pop() if len(fills) == 1 else ""


def is_marked(cells: Sequence[GridCell]) -> bool:
    """Whether each cell is set apart somehow: bold, or filled in whatever colour."""
    return bool(cells) and all(cell.bold or cell.fill for cell in cells)
