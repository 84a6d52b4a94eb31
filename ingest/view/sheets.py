"""Workbooks as grids of what their cells show; rows are read when they are asked for."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from ingest.errors import DamagedDocument
from ingest.parse.context import Context
from ingest.parse.convert import CONVERTED, converted
from ingest.parse.office.package import reading
from ingest.parse.office.parts import Parts
from ingest.parse.xlsx.sheet import Budget, Sheet, SheetCell, SheetStream
from ingest.parse.xlsx.styles import read_looks
from ingest.parse.xlsx.values import Values
from ingest.parse.xlsx.workbook import SheetPart, Workbook, read_workbook
from ingest.said import Said
from ingest.view.made import CONVERTED_SHEETS, Description, Part, as_piece
from ingest.view.sheet_strings import strings_of
from ingest.view.sheet_text import SheetText, look_over

Told = Callable[[int, int], None]

_PIECE = 200
"""Rows in a piece."""
_MOST_COLUMNS = 300
_LONGEST_CELL = 2000
_NARROWEST, _WIDEST = 4, 40
_MEASURED = 300
"""Rows whose cells decide how wide a column is."""
_BOLD, _NUMERIC, _FILLED = 1, 2, 4


@dataclass(frozen=True, eq=False)
class _Book:
    """A workbook of which no sheet has been read yet."""

    path: Path
    workbook: Workbook
    stream: SheetStream

    def look_over(self, part: SheetPart) -> SheetText | None:
        with ZipFile(self.path) as archive:
            parts = Parts(archive)
            if not (part.has_cells and parts.has(part.part)):
                return None
            with parts.open(part.part) as source:
                return look_over(source)

    def rows(self, text: SheetText, name: str, first: int, last: int) -> Sheet:
        return self.stream.read(text.between(first, last), name, Budget(), lambda: None)


def make(path: Path, folder: Path, form: str, told: Told) -> Description:
    """What the sheets of the workbook at `path` consist of. A workbook of another format is kept in `folder` as an
    `.xlsx`, to read the rows from. Raises `DocumentError`s.
    """
    current = path
    if form in CONVERTED:
        current = folder / CONVERTED_SHEETS
        with converted(path, form, Context(progress=told)) as made:
            shutil.copyfile(made, current)
    found = []
    with reading(path, "xlsx"):
        book = _opened(current)
        for number, one in enumerate(book.workbook.sheets, 1):
            found.append(_part(book, one, number))
            told(number, len(book.workbook.sheets))
    if not found:
        raise DamagedDocument(
            Said("{name} has no sheets.", name=path.name), "Open it in Excel or WPS and save it again."
        )
    return Description(kind="sheets", format=form, parts=tuple(found))


def rows_in_worker(_told: Told, *, path: str, part: dict[str, Any], piece: int, target: str) -> bytes:
    """Write what stands in a piece (from 1) of a part of the workbook at `path`, an `.xlsx`, to `target`. Raises
    `DocumentError`s.
    """
    sheet = Part.model_validate(part)
    first, last = sheet.pieces[piece - 1]
    with reading(Path(path), "xlsx"):
        book = _opened(Path(path))
        text = _text(book, sheet.number)
        cells = book.rows(text, sheet.name, first, last) if text else Sheet(sheet.name)
    rows = [_row(cells, row, first, last, list(sheet.columns)) for row in sorted(cells.slots) if first <= row <= last]
    Path(target).write_bytes(as_piece(rows))
    return b""


@lru_cache(maxsize=1)
def _text(book: _Book, number: int) -> SheetText | None:
    """The sheet last looked at: who looks at a sheet asks for one piece of it after the other."""
    return book.look_over(book.workbook.sheets[number - 1])


def _opened(path: Path) -> _Book:
    state = path.stat()
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1)
def _read(path: Path, _modified_ns: int, _bytes: int) -> _Book:
    with ZipFile(path) as archive:
        parts = Parts(archive)
        workbook = read_workbook(parts)
        styles = next(iter(parts.by_kind(workbook.part, "styles")), None)
        strings = next(iter(parts.by_kind(workbook.part, "sharedStrings")), None)
        texts = strings_of(parts.blob(strings) or b"<sst/>") if strings and parts.has(strings) else ()
        looks = read_looks(parts.xml(styles)) if styles else []
    values = Values(
        epoch_1904=workbook.epoch_1904, recalculated=workbook.recalculated, only_noughts=workbook.only_noughts
    )
    return _Book(path, workbook, SheetStream(texts, looks, values, formulas=False))


def _part(book: _Book, one: SheetPart, number: int) -> Part:
    text, hidden = _text(book, number), one.state != "visible"
    if text is None or not text.rows:
        return Part(number=number, name=one.name, hidden=hidden)
    rows, columns = text.rows, tuple(text.columns[:_MOST_COLUMNS])
    pieces = [rows[start : start + _PIECE] for start in range(0, len(rows), _PIECE)]
    measured = book.rows(text, one.name, rows[0], rows[:_MEASURED][-1])
    return Part(
        number=number,
        name=one.name,
        hidden=hidden,
        columns=columns,
        widths=tuple(_width(measured, column) for column in columns),
        pieces=tuple((chosen[0], chosen[-1]) for chosen in pieces),
    )


def _row(sheet: Sheet, row: int, first: int, last: int, columns: list[int]) -> dict[str, Any]:
    """The row's cells as [column, text, look, rows, columns]; a merged one stands at its first place in the piece."""
    cells = [
        [column, cell.text[:_LONGEST_CELL], _look(cell), *_span(sheet, cell, row, last, columns)]
        for column, cell in _shown(sheet, row, first, columns)
    ]
    return {"row": row, "cells": cells} | ({"hidden": True} if row in sheet.hidden_rows else {})


def _shown(sheet: Sheet, row: int, first: int, columns: list[int]) -> Iterator[tuple[int, SheetCell]]:
    wanted = set(columns)
    for column, cell in sorted(sheet.slots[row].items()):
        if column in wanted and column == cell.column and row == max(cell.row, first):
            yield column, cell


def _span(sheet: Sheet, cell: SheetCell, row: int, last: int, columns: list[int]) -> tuple[int, int]:
    below = min(cell.row + cell.rows - 1, last) - row + 1
    right = cell.column + cell.columns - 1
    if (cell.rows, cell.columns) != (1, 1):
        # The rows that were read may end before the sheet's columns do, and the cell with them.
        right = max(one.right for one in sheet.merged if (one.top, one.left) == (cell.row, cell.column))
    return below, sum(cell.column <= column <= right for column in columns)


def _look(cell: SheetCell) -> int:
    return _BOLD * cell.look.bold + _NUMERIC * cell.numeric + _FILLED * bool(cell.look.fill)


def _width(sheet: Sheet, column: int) -> int:
    """In characters as wide as a digit; a Chinese one counts for two."""
    cells = (row.get(column) for row in sheet.slots.values())
    wide = [sum(1 + (letter > "⺀") for letter in cell.text) for cell in cells if cell and cell.columns == 1]
    return min(max([*wide, _NARROWEST]), _WIDEST)
