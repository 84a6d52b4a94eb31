"""Every span of every chunk of a workbook is found where its locator points, with openpyxl as the witness."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

from ingest.parse.xlsx.parser import parse
from ingest.split import split

SHOWN: dict[str, Callable[[Any], str]] = {
    "0.0%": lambda value: f"{value * 100:.1f}%",
    "#,##0.00": lambda value: f"{value:,.2f}",
    "yyyy-mm-dd": lambda value: value.strftime("%Y-%m-%d"),
}
"""What the test's formats show, told without the code under test."""


def long_table(book: Workbook) -> None:
    sheet = book.create_sheet("明细")
    sheet["B2"] = "资源明细表"
    sheet.append([])
    sheet.append(["", "编号", "型号", "利用率", "金额", "上线"])
    for at in range(1, 120):
        day = dt.datetime(2025, 1, 1) + dt.timedelta(days=at)
        sheet.append(["", at, f"服务器{at}号", at / 1000, at * 1234.5, day])
        for column, code in (("D", "0.0%"), ("E", "#,##0.00"), ("F", "yyyy-mm-dd")):
            sheet[f"{column}{sheet.max_row}"].number_format = code


def merged_and_grouped(book: Workbook) -> None:
    sheet = book.create_sheet("分组 '甲'")
    for row in (["站点", "容量"], ["", "核", "内存"], ["一、北京"], ["主机", 64, 256], ["二、厦门"], ["备机", 32, 128]):
        sheet.append(row)
    for reference in ("A1:A2", "B1:C1", "A3:C3", "A5:C5"):
        sheet.merge_cells(reference)


def form_and_texts(book: Workbook) -> None:
    sheet = book.create_sheet("封面")
    for at, (label, value) in enumerate([("项目", "双活改造"), ("客户", "海川银行"), ("编制", "林岚")], 3):
        sheet[f"C{at}"], sheet[f"D{at}"] = label, value
    sheet["C9"] = "本表数据取自现场压测，峰值出现在十一月六日上午，统计口径见附件。"
    sheet["H40"] = "远处的一句话。"


@pytest.mark.parametrize("fill", [long_table, merged_and_grouped, form_and_texts])
@pytest.mark.parametrize("target", [120, 600])
def test_every_span_opens(tmp_path: Path, fill: object, target: int) -> None:
    book = Workbook()
    assert callable(fill)
    fill(book)
    path = tmp_path / "a.xlsx"
    book.save(path)
    opened = openpyxl.load_workbook(path)
    spans = [span for chunk in split("id", parse(path).elements, target) for span in chunk.spans]
    checked = 0
    for span in spans:
        if span.locator.range is None:
            assert span.text == span.locator.sheet
            continue
        there = texts_in(opened, str(span.locator.sheet), span.locator.range)
        for text in span.cells or (span.text,):
            assert not text or text in there, (span, there)
            checked += bool(text)
    filled = sum(cell.value is not None for sheet in opened for row in sheet.iter_rows() for cell in row)
    header = sum(1 for sheet in opened for row in sheet.iter_rows(max_row=4) for cell in row if cell.value)
    assert checked >= filled - header


def texts_in(book: Workbook, name: str, reference: str) -> list[str]:
    left, top, right, bottom = range_boundaries(reference)
    sheet = book[name]
    found = []
    for row in sheet.iter_rows(top, bottom, left, right):
        for cell in row:
            merged = next((one for one in sheet.merged_cells.ranges if cell.coordinate in one), None)
            first = sheet.cell(merged.min_row, merged.min_col) if merged else cell
            if first.value is not None:
                found.append(SHOWN.get(first.number_format, str)(first.value))
    return found
