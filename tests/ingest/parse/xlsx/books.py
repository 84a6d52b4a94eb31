"""Small workbooks for tests, and what was read of them."""

from pathlib import Path

import openpyxl
from openpyxl.styles import Font

from ingest.document import Element, ParsedDocument


def tables(document: ParsedDocument) -> list[Element]:
    return [element for element in document.elements if element.table]


def rows(element: Element) -> list[tuple[str, ...]]:
    assert element.table is not None
    return [row.cells for row in element.table.rows]


Cells = dict[str, str | int]


def book_of(path: Path, cells: Cells, merged: tuple[str, ...] = (), bold: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for reference, value in cells.items():
        sheet[reference] = value
    for reference in bold:
        sheet[reference].font = Font(bold=True)
    for reference in merged:
        sheet.merge_cells(reference)
    book.save(path)
    return path
