"""Workbooks: every cell is found, under the header and title a reader sees, at a range that opens."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils import range_boundaries

from ingest.parse.xlsx.parser import parse
from tests.ingest.parse.xlsx.books import book_of, rows, tables


@pytest.fixture
def sizing(tmp_path: Path) -> Path:
    """A sizing sheet as they are written: a title over all, a header of two rows, groups, a total after a blank row."""
    path = tmp_path / "sizing.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "算力评估表", "author": "李工", "created": dt.datetime(2025, 9, 1)})
        title = book.add_format({"bold": True, "font_size": 16})
        head = book.add_format({"bold": True, "bg_color": "#D9E2F3"})
        bold = book.add_format({"bold": True})
        percent = book.add_format({"num_format": "0.0%"})
        thousands = book.add_format({"num_format": "#,##0"})
        date = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})

        sheet = book.add_worksheet("算力评估")
        sheet.merge_range("A1:F1", "城商行智算平台算力评估表", title)
        sheet.write("A2", "编制日期：2025-09-01")
        sheet.merge_range("A4:A5", "序号", head)
        sheet.merge_range("B4:B5", "模型", head)
        sheet.merge_range("C4:D4", "并发", head)
        sheet.write("C5", "平均", head)
        sheet.write("D5", "峰值", head)
        sheet.merge_range("E4:E5", "卡数", head)
        sheet.merge_range("F4:F5", "利用率", head)
        sheet.merge_range("A6:F6", "一、推理场景", bold)
        sheet.write_row("A7", [1, "32B", 100, 200])
        sheet.write_formula("E7", "=D7/5", thousands, 40)
        sheet.write("F7", 0.655, percent)
        sheet.write_row("A8", [2, "0.6B", 1000, 12000])
        sheet.write_formula("E8", "=D8/600", thousands, 20)
        sheet.write("F8", 0.7, percent)
        sheet.set_row(7, None, None, {"hidden": True})
        sheet.merge_range("A9:F9", "二、训练场景", bold)
        sheet.write_row("A10", [3, "72B", None, None, 14])
        sheet.write("F10", 0.9, percent)
        sheet.write("A12", "合计")
        sheet.write_formula("E12", "=SUM(E7:E10)", thousands, 74)
        sheet.merge_range("A13:F13", "注：910B3 单卡显存 64GB，按峰值并发估算。")
        sheet.write_comment("E10", "含 2 张冗余", {"author": "王工"})
        sheet.insert_textbox("H3", "假设：每卡 5 并发")
        sheet.set_column("F:F", None, None, {"hidden": True})

        list_sheet = book.add_worksheet("资源清单")
        list_sheet.hide()
        list_sheet.write("A1", "表1 服务器", bold)
        list_sheet.write_row("A2", ["型号", "数量"], head)
        list_sheet.write_row("A3", ["Atlas 800I A2", 10])
        list_sheet.write_row("A4", ["TaiShan 200", 4])
        list_sheet.write_row("D2", ["项目名称", "城商行"])
        list_sheet.write_row("D3", ["编制人", "张三"])
        list_sheet.write("D4", "日期")
        list_sheet.write_datetime("E4", dt.datetime(2025, 9, 1), date)
        list_sheet.write("A7", "说明", bold)
        list_sheet.write("A8", "1. 数据来自现场压测，口径为工作日峰值。")
        list_sheet.write("A9", "2. 未含灾备。")
    return path


def test_tables_are_read_as_a_reader_reads_them(sizing: Path) -> None:
    inference, training, total, servers, form = tables(parse(sizing))
    header = ("序号", "模型", "并发 / 平均", "并发 / 峰值", "卡数", "利用率（隐藏）")
    title = ("算力评估", "城商行智算平台算力评估表")
    assert all(one.table is not None and one.table.header == header for one in (inference, training, total))
    assert rows(inference) == [("1", "32B", "100", "200", "40", "65.5%"), ("2", "0.6B", "1000", "12000", "20", "70.0%")]
    assert rows(training) == [("3", "72B", "", "", "14", "90.0%")]
    assert rows(total) == [("合计", "", "", "", "74", "")]
    assert inference.locator.headings == (*title, "一、推理场景")
    assert training.locator.headings == (*title, "二、训练场景")
    assert total.locator.headings == title
    assert servers.table is not None
    assert servers.table.header == ("型号", "数量")
    assert rows(servers) == [("Atlas 800I A2", "10"), ("TaiShan 200", "4")]
    assert servers.locator.headings == ("资源清单（隐藏）", "表1 服务器")
    assert form.table is not None
    assert form.table.header == ()
    assert rows(form) == [("项目名称", "城商行"), ("编制人", "张三"), ("日期", "2025年9月1日")]
    assert form.locator.headings == ("资源清单（隐藏）",)


def test_texts_around_the_tables(sizing: Path) -> None:
    found = [
        (element.kind, element.level, element.text, element.locator.range)
        for element in parse(sizing).elements
        if not element.table
    ]
    assert found == [
        ("heading", 1, "算力评估", None),
        ("heading", 2, "城商行智算平台算力评估表", "A1"),
        ("paragraph", 0, "编制日期：2025-09-01", "A2"),
        ("heading", 3, "一、推理场景", "A6:F6"),
        ("heading", 3, "二、训练场景", "A9:F9"),
        ("paragraph", 0, "注：910B3 单卡显存 64GB，按峰值并发估算。", "A13"),
        ("note", 0, "假设：每卡 5 并发", "H3:K10"),
        ("note", 0, "含 2 张冗余", "E10"),
        ("heading", 1, "资源清单（隐藏）", None),
        ("heading", 2, "表1 服务器", "A1"),
        ("heading", 2, "说明", "A7"),
        ("paragraph", 0, "1. 数据来自现场压测，口径为工作日峰值。", "A8"),
        ("paragraph", 0, "2. 未含灾备。", "A9"),
    ]


def test_remarks_and_hidden_rows_say_where_they_belong(sizing: Path) -> None:
    document = parse(sizing)
    comment = next(element for element in document.elements if element.text == "含 2 张冗余")
    assert comment.locator.headings[-2:] == ("二、训练场景", "批注 E10（王工）")
    table = tables(document)[0].table
    assert table is not None
    assert [row.locator.headings[-1] for row in table.rows] == ["一、推理场景", "（隐藏）"]
    assert [row.locator.range for row in table.rows] == ["A7:F7", "A8:F8"]
    assert tables(document)[0].locator.range == "A7:F8"


def test_properties(sizing: Path) -> None:
    properties = parse(sizing).properties
    assert (properties.title, properties.author) == ("算力评估表", "李工")


def test_a_library_that_leaves_its_name_is_no_author(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "文字"
    book.save(path)
    assert parse(path).properties.author is None


def test_every_locator_opens(sizing: Path) -> None:
    """Round trip: openpyxl finds each element's text at its range (merged cells: in their first cell)."""
    book = openpyxl.load_workbook(sizing, data_only=True)

    def texts_in(sheet: str, reference: str) -> list[str]:
        worksheet = book[sheet]
        left, top, right, bottom = range_boundaries(reference)
        assert left
        assert top
        assert right
        assert bottom
        values = []
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                merged = [one for one in worksheet.merged_cells.ranges if (row, column) in one.cells]
                place = (merged[0].min_row, merged[0].min_col) if merged else (row, column)
                values.append(str(worksheet.cell(*place).value or ""))
        return values

    shown = {"65.5%": "0.655", "70.0%": "0.7", "90.0%": "0.9", "2025年9月1日": "2025-09-01 00:00:00"}
    checked = 0
    for element in parse(sizing).elements:
        if element.table:
            for row in element.table.rows:
                assert row.locator.sheet
                assert row.locator.range
                assert texts_in(row.locator.sheet, row.locator.range) == [shown.get(cell, cell) for cell in row.cells]
                checked += 1
        elif element.locator.range and element.kind != "note":
            assert element.locator.sheet
            assert element.text in texts_in(element.locator.sheet, element.locator.range)
            checked += 1
    assert checked == 18


def test_chinese_built_in_date_formats(tmp_path: Path) -> None:
    """Excel writes these by number only (31: yyyy年m月d日), which openpyxl takes for General."""
    path = book_of(tmp_path / "a.xlsx", {"A1": "上线日期", "B1": 45901})
    parts = {name: zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()}
    styles = parts["xl/styles.xml"].replace(
        b"</cellXfs>", b'<xf numFmtId="31" fontId="0" fillId="0" borderId="0"/></cellXfs>'
    )
    parts["xl/styles.xml"] = styles
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<c r="B1"', b'<c r="B1" s="1"')
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    assert rows(tables(parse(path))[0]) == [("上线日期", "2025年9月1日")]
