"""Workbooks: every cell is found, under the header and title a reader sees, at a range that opens."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font
from openpyxl.utils import range_boundaries

from ingest.document import Element, ParsedDocument
from ingest.errors import DamagedDocument, DocumentTooLarge
from ingest.parse.xlsx.parser import parse


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


def tables(document: ParsedDocument) -> list[Element]:
    return [element for element in document.elements if element.table]


def rows(element: Element) -> list[tuple[str, ...]]:
    assert element.table is not None
    return [row.cells for row in element.table.rows]


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


def test_merged_body_cells_repeat(tmp_path: Path) -> None:
    cells: Cells = {
        "A1": "站点",
        "B1": "组件",
        "C1": "数量",
        "A2": "北京",
        "B2": "MySQL",
        "C2": 3,
        "B3": "ES",
        "C3": 5,
    }
    document = parse(book_of(tmp_path / "a.xlsx", cells, merged=("A2:A3",), bold=("A1", "B1", "C1")))
    assert rows(tables(document)[0]) == [("北京", "MySQL", "3"), ("北京", "ES", "5")]


def test_a_title_merged_over_whole_columns_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:XFD1", "标题")
        sheet.write_row("A2", ["型号", "数量"])
        sheet.write_row("A3", ["910B3", 74])
    document = parse(path)
    assert [element.text for element in document.elements if not element.table] == ["Sheet1", "标题"]
    assert rows(tables(document)[0]) == [("910B3", "74")]


@pytest.mark.timeout(60)
def test_formatted_empty_cells_and_far_corners_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        grey = book.add_format({"bg_color": "#EEEEEE"})
        for row in range(1000):
            for column in range(100):
                sheet.write_blank(row, column, None, grey)
        sheet.write("A1001", "留言")
        sheet.write("XFD1048576", "角落")
    document = parse(path)
    assert [(element.text, element.locator.range) for element in document.elements[1:]] == [
        ("留言", "A1001"),
        ("角落", "XFD1048576"),
    ]


def test_scattered_cells_become_texts(tmp_path: Path) -> None:
    """Cells that touch only at corners would span a table of a million places."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at in range(300):
            sheet.write(at, at, f"第{at}处")
    document = parse(path)
    assert not tables(document)
    assert len(document.elements) == 301


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


def test_forms_are_read_as_pairs(tmp_path: Path) -> None:
    """Two pairs in a row, a value merged over the rest: each pair is a row of its own, at its own range."""
    cells: Cells = {"A1": "移交人", "B1": "陆知衡", "C1": "接收人", "D1": "程书宁", "A2": "过渡期", "B2": "至二月底"}
    document = parse(book_of(tmp_path / "a.xlsx", cells, merged=("B2:D2",), bold=("A1", "A2", "C1")))
    table = tables(document)[0].table
    assert table is not None
    assert [(row.cells, row.locator.range) for row in table.rows] == [
        (("移交人", "陆知衡"), "A1:B1"),
        (("接收人", "程书宁"), "C1:D1"),
        (("过渡期", "至二月底"), "A2:D2"),
    ]


def test_columns_that_only_widen_merged_cells_are_one(tmp_path: Path) -> None:
    cells: Cells = {"A1": "校核项", "B1": "说明", "A2": "权重", "B2": "BF16", "A3": "结论", "B3": "满足", "D6": "注"}
    merged = ("B1:D1", "B2:D2", "B3:D3")
    table = tables(parse(book_of(tmp_path / "a.xlsx", cells, merged=merged, bold=("A1", "B1"))))[0]
    assert table.table is not None
    assert table.table.header == ("校核项", "说明")
    assert rows(table) == [("权重", "BF16"), ("结论", "满足")]
    assert table.locator.range == "A2:D3"


def test_a_block_of_another_build_does_not_inherit_the_header(tmp_path: Path) -> None:
    header: Cells = {"A1": "类别", "B1": "用途", "C1": "卡数"}
    body: Cells = {"A2": "推理", "B2": "对话", "C2": 44, "A3": "训练", "B3": "微调", "C3": 16}
    below: Cells = {"A5": "整机台数", "C5": 10, "A6": "机柜数", "C6": 5}
    document = parse(
        book_of(tmp_path / "a.xlsx", header | body | below, merged=("A5:B5", "A6:B6"), bold=("A1", "B1", "C1"))
    )
    first, second = tables(document)
    assert first.table is not None
    assert second.table is not None
    assert first.table.header == ("类别", "用途", "卡数")
    assert second.table.header == ()
    assert rows(second) == [("整机台数", "10"), ("机柜数", "5")]


def test_a_text_repeated_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(1000):
            sheet.write_string(row, 0, "长" * 30_000)
    with pytest.raises(DocumentTooLarge, match="characters"):
        parse(path)


def test_thousands_of_lines_above_a_wider_row(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(3000):
            sheet.write(row, 0, f"第{row}行记录")
        sheet.write_row(3000, 0, ["型号", "数量"])
        sheet.write_row(3001, 0, ["910B3", 74])
    document = parse(path)
    assert sum(element.text.endswith("行记录") for element in document.elements) == 3000
    assert rows(tables(document)[0]) == [("910B3", "74")]


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
