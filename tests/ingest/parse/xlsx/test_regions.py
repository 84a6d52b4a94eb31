"""Which cells belong together: tables, forms, texts, and what merged and empty cells mean."""

from pathlib import Path

import pytest
import xlsxwriter

from ingest.parse.xlsx.parser import parse
from tests.ingest.parse.xlsx.books import Cells, book_of, rows, tables


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
