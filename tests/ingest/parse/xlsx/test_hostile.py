"""Workbooks that are damaged, or made to cost more than they are worth."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from ingest.errors import DamagedDocument, DocumentTooLarge
from ingest.parse.xlsx.parser import parse
from tests.ingest.parse.xlsx.books import book_of


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_missing_parts_are_damage(tmp_path: Path, missing: str) -> None:
    source = zipfile.ZipFile(book_of(tmp_path / "whole.xlsx", {"A1": "文字"}))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            if name != missing:
                archive.writestr(name, source.read(name))
    path = tmp_path / "a.xlsx"
    path.write_bytes(file.getvalue())
    with pytest.raises(DamagedDocument, match=r"a\.xlsx"):
        parse(path)


def test_truncated_sheet_xml_is_damage(tmp_path: Path) -> None:
    source = zipfile.ZipFile(book_of(tmp_path / "whole.xlsx", {"A1": "文字"}))
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    with pytest.raises(DamagedDocument):
        parse(path)


def test_a_text_repeated_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(1000):
            sheet.write_string(row, 0, "长" * 30_000)
    with pytest.raises(DocumentTooLarge, match="characters"):
        parse(path)


def test_macro_sheets_and_sheets_without_a_part_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "910B3 共 74 张"
    for name in ("宏表", "失踪"):
        book.create_sheet(name)["A1"] = "=RUN()"
    book.save(tmp_path / "whole.xlsx")
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(path, "w") as changed:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                macro, gone = (rf"<Relationship[^>]*sheet{number}\.xml[^>]*>".encode() for number in (2, 3))
                content = re.sub(gone, b"", content)
                content = re.sub(macro, lambda found: found[0].replace(b'/worksheet"', b'/xlMacrosheet"'), content)
            changed.writestr(name, content)
    document = parse(path)
    told = [(one.message, one.locator.sheet if one.locator else None) for one in document.unread]
    assert told == [
        ("Sheet 宏表 holds macros and was not read.", "宏表"),
        ("Sheet 失踪 is named in the workbook but is not in it.", "失踪"),
    ]
