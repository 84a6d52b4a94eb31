"""Workbooks as grids of what their cells show."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from ingest.errors import DamagedDocument
from ingest.parse.context import Context
from ingest.parse.convert import CONVERTED, converted
from ingest.parse.office.package import reading
from ingest.parse.office.parts import Parts
from ingest.parse.xlsx.sheet import Budget, Sheet, SheetCell, SheetStream
from ingest.parse.xlsx.strings import read_strings
from ingest.parse.xlsx.styles import read_looks
from ingest.parse.xlsx.values import Values
from ingest.parse.xlsx.workbook import Workbook, read_workbook
from ingest.view.made import Description, Part, write_piece

_PIECE = 200
"""Rows in a piece."""
_MOST_COLUMNS = 300
_LONGEST_CELL = 2000
_NARROWEST, _WIDEST = 4, 40
_MEASURED = 300
"""Rows whose cells decide how wide a column is."""
_BOLD, _NUMERIC, _FILLED = 1, 2, 4


def make(path: Path, folder: Path, form: str, told: Callable[[int, int], None]) -> Description:
    """Write the cells of every sheet of the workbook at `path` into `folder`. Raises `DocumentError`s."""
    if form in CONVERTED:
        with converted(path, form, Context(progress=told)) as current:
            return make(current, folder, "xlsx", told)
    with reading(path, "xlsx"), ZipFile(path) as archive:
        parts = Parts(archive)
        workbook = read_workbook(parts)
        stream, budget = _stream(parts, workbook), Budget()
        found = []
        for number, one in enumerate(workbook.sheets, 1):
            sheet = Sheet(one.name)
            if one.has_cells and parts.has(one.part):
                with parts.open(one.part) as source:
                    sheet = stream.read(source, one.name, budget, partial(told, number, number + 1))
            found.append(_part(sheet, number, folder, hidden=one.state != "visible"))
            told(number, len(workbook.sheets))
    if not found:
        raise DamagedDocument(f"{path.name} has no sheets.", "Open it in Excel or WPS and save it again.")
    return Description(kind="sheets", format=form, parts=tuple(found))


def _stream(parts: Parts, workbook: Workbook) -> SheetStream:
    styles = next(iter(parts.by_kind(workbook.part, "styles")), None)
    strings = next(iter(parts.by_kind(workbook.part, "sharedStrings")), None)
    texts: list[str] = []
    if strings and parts.has(strings):
        with parts.open(strings) as source:
            texts = read_strings(source)
    looks = read_looks(parts.xml(styles)) if styles else []
    values = Values(epoch_1904=workbook.epoch_1904, recalculated=workbook.recalculated)
    return SheetStream(texts, looks, values, formulas=False)


def _part(sheet: Sheet, number: int, folder: Path, *, hidden: bool) -> Part:
    rows = sorted(sheet.slots)
    columns = sorted({column for row in rows for column in sheet.slots[row]})[:_MOST_COLUMNS]
    spans = []
    for start in range(0, len(rows), _PIECE):
        chosen = rows[start : start + _PIECE]
        spans.append((chosen[0], chosen[-1]))
        content = [_row(sheet, row, chosen[0], chosen[-1], columns) for row in chosen]
        write_piece(folder, number, len(spans), content)
    return Part(
        number=number,
        name=sheet.name,
        hidden=hidden,
        columns=tuple(columns),
        widths=tuple(_width(sheet, column, rows[:_MEASURED]) for column in columns),
        pieces=tuple(spans),
    )


def _row(sheet: Sheet, row: int, first: int, last: int, columns: list[int]) -> dict[str, Any]:
    """The row's cells as [column, text, look, rows, columns]; a merged one stands at its first place in the piece."""
    cells = [
        [column, cell.text[:_LONGEST_CELL], _look(cell), *_span(cell, row, last, columns)]
        for column, cell in _shown(sheet, row, first, columns)
    ]
    return {"row": row, "cells": cells} | ({"hidden": True} if row in sheet.hidden_rows else {})


def _shown(sheet: Sheet, row: int, first: int, columns: list[int]) -> Iterator[tuple[int, SheetCell]]:
    wanted = set(columns)
    for column, cell in sorted(sheet.slots[row].items()):
        if column in wanted and column == cell.column and row == max(cell.row, first):
            yield column, cell


def _span(cell: SheetCell, row: int, last: int, columns: list[int]) -> tuple[int, int]:
    below = min(cell.row + cell.rows - 1, last) - row + 1
    beside = sum(cell.column <= column < cell.column + cell.columns for column in columns)
    return below, beside


def _look(cell: SheetCell) -> int:
    return _BOLD * cell.look.bold + _NUMERIC * cell.numeric + _FILLED * bool(cell.look.fill)


def _width(sheet: Sheet, column: int, rows: list[int]) -> int:
    """In characters as wide as a digit; a Chinese one counts for two."""
    cells = (sheet.slots[row].get(column) for row in rows)
    wide = [sum(1 + (letter > "⺀") for letter in cell.text) for cell in cells if cell and cell.columns == 1]
    return min(max([*wide, _NARROWEST]), _WIDEST)
