"""Tells forms (labels and their values) from tables, and finds the pairs where several stand side by side."""

from collections.abc import Sequence

from ingest.parse.table.grid import PLAIN_LOOK, GridCell, Row, common_look, distinct
from ingest.parse.table.names import is_name

_LONGEST_LABEL = 15
_LONGEST_WITH_COLON = 40
_SCANT = 0.25
_COLONS = ("：", ":")

Unit = tuple[int, GridCell | None]
"""A cell of a row, once, with its first column; an empty slot is a unit of its own."""


def is_form(grid: Sequence[Row]) -> bool:
    """Whether the rows are labelled, as in a form: marked labels and values alternate, or each row opens with one."""
    rows = [cells for cells in map(distinct, grid) if len(cells) > 1]
    if not rows:
        return False
    alternating = sum(_alternates(row) for row in rows)
    opened = sum(_opens(row) for row in rows)
    colons = sum(all(cell.text.endswith(_COLONS) for cell in row[0::2]) for row in rows)
    return max(alternating, opened, colons) > len(rows) / 2 or has_pairs(grid)


def has_pairs(grid: Sequence[Row]) -> bool:
    """Whether labels and values alternate in every row, over more than one pair.

    Labels are told by their look, by a colon, or, where nothing sets them apart, by words that name fields.
    """
    rows = [units(row) for row in grid]
    if any(len(row) % 2 for row in rows) or not any(len(row) > 2 for row in rows):
        return False
    pairs = [pair for row in rows for pair in zip(row[0::2], row[1::2], strict=True)]
    labels = [label for (_, label), (_, value) in pairs if _text(label) or _text(value)]
    if not all(map(_may_be_a_label, labels)):
        return False
    filled = [distinct(row) for row in grid]
    if sum(map(_alternates, filled)) * 2 > len(filled):
        return True
    firsts = [row[0][1] for row in rows]
    others = [label for label in labels if label not in firsts]
    if sum(map(_opens, filled)) * 2 > len(filled):
        single = any(len(row) == 2 for row in rows)
        return single or sum(map(_names_a_field, others)) * 2 > len(others)
    values = [value for _, (_, value) in pairs]
    named, misnamed = sum(map(_names_a_field, labels)), sum(map(_names_a_field, values))
    return len(grid) > 1 and named * 2 > len(labels) and misnamed <= _SCANT * len(values)


def units(row: Row) -> list[Unit]:
    """The row's cells, each once."""
    return [(at, cell) for at, cell in enumerate(row) if cell is None or at == 0 or cell is not row[at - 1]]


def _text(cell: GridCell | None) -> str:
    return cell.text if cell else ""


def _may_be_a_label(cell: GridCell | None) -> bool:
    if cell is None or not cell.text or cell.is_number:
        return False
    return len(cell.text) <= (_LONGEST_WITH_COLON if cell.text.endswith(_COLONS) else _LONGEST_LABEL)


def _names_a_field(cell: GridCell | None) -> bool:
    return bool(cell) and (_text(cell).endswith(_COLONS) or is_name(_text(cell)))


def _alternates(cells: Sequence[GridCell]) -> bool:
    return common_look(cells[0::2]) not in {PLAIN_LOOK, common_look(cells[1::2])}


def _opens(cells: Sequence[GridCell]) -> bool:
    return common_look(cells[:1]) not in {PLAIN_LOOK, common_look(cells[1:])}
