"""Reads grids without a header: forms of labels and values, and lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parse.table.grid import GridCell, Row, is_form

_LONGEST_LABEL = 12


@dataclass(frozen=True)
class FormRow:
    """A row of a form, or one of the pairs in it: the grid's row, the columns it takes, its texts."""

    row: int
    columns: range
    texts: tuple[str, ...]


def form_rows(grid: Sequence[Row]) -> list[FormRow]:
    """The rows of a grid without a header. Pairs of label and value side by side are rows of two; in other rows a cell
    merged over several columns stands once, followed by empty ones.
    """
    apart = [_apart(row) for row in grid]
    if not _has_pairs(grid, apart):
        return [
            FormRow(at, range(len(row)), tuple(cell.text if cell and first else "" for cell, first in _once(row)))
            for at, row in enumerate(grid)
        ]
    rows: list[FormRow] = []
    for at, units in enumerate(apart):
        for (start, label), (_, value), after in zip(
            units[0::2], units[1::2], [*(one[0] for one in units[2::2]), len(grid[at])], strict=True
        ):
            pair = tuple(cell.text if cell else "" for cell in (label, value))
            rows.append(FormRow(at, range(start, after), pair))
    return [row for row in rows if any(row.texts)]


def _once(row: Row) -> list[tuple[GridCell | None, bool]]:
    """Each slot's cell, and whether it is the first slot of that cell in the row."""
    return [(cell, at == 0 or cell is not row[at - 1]) for at, cell in enumerate(row)]


def _apart(row: Row) -> list[tuple[int, GridCell | None]]:
    """The row's cells, each once with its first column; an empty slot is a cell of its own."""
    return [(at, cell) for at, (cell, first) in enumerate(_once(row)) if first or cell is None]


def _has_pairs(grid: Sequence[Row], apart: Sequence[Sequence[tuple[int, GridCell | None]]]) -> bool:
    if not is_form(grid) or not any(len(units) > 2 for units in apart):
        return False
    labels = [label for units in apart for _, label in units[0::2]]
    named = all(label and 0 < len(label.text) <= _LONGEST_LABEL and not label.is_number for label in labels)
    return named and all(len(units) % 2 == 0 for units in apart)
