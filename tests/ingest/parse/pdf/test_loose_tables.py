"""Tables without a grid of lines, and what must not be taken for one."""

from collections.abc import Sequence
from pathlib import Path

from ingest.document import Element, ParsedDocument
from ingest.parse.pdf.parser import parse
from tests.ingest.parse.pdf.drawn_pdf import SONG, Drawing

COLUMNS = (79.5, 220, 330, 440)
HEADER = ("组件", "节点数", "规格", "说明")
BODY = [
    ("网关", "4", "8C16G", "双机房各两台"),
    ("消息队列", "6", "16C64G", "三副本"),
    ("MySQL", "9", "32C128G", "一主两从"),
    ("对象存储", "12", "16C64G", ""),
]


def tables(document: ParsedDocument) -> list[Element]:
    return [element for element in document.elements if element.table]


def rows(element: Element) -> list[tuple[str, ...]]:
    assert element.table is not None
    return [row.cells for row in element.table.rows]


def header(element: Element) -> tuple[str, ...]:
    assert element.table is not None
    return element.table.header


def put(drawing: Drawing, y: float, texts: Sequence[str], xs: Sequence[float] = COLUMNS, font: str = SONG) -> None:
    for x, text in zip(xs, texts, strict=True):
        for at, line in enumerate(text.split("\n")):
            drawing.text(x, y + 14 * at, line, font=font)


def three_lines(drawing: Drawing, top: float, body: Sequence[Sequence[str]]) -> None:
    put(drawing, top + 14, HEADER)
    for at, row in enumerate(body):
        put(drawing, top + 34 + 20 * at, row)
    for y in (top, top + 20, top + 22 + 20 * len(body)):
        drawing.rule(75, y, 520, y)


def test_a_three_line_table(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(250, 90, "表1 组件清单", 9)
    three_lines(drawing, 100, BODY)
    drawing.text(79.5, 240, "以上为生产环境，测试环境减半。")
    document = parse(drawing.save())
    (table,) = tables(document)
    assert header(table) == HEADER
    assert rows(table) == BODY
    assert [one.text for one in document.elements if not one.table] == [
        "表1 组件清单",
        "以上为生产环境，测试环境减半。",
    ]
    assert table.table is not None
    box = table.table.rows[1].locator.bbox
    assert box is not None
    assert box[1] < 150 < box[3]


def test_two_three_line_tables_of_one_width_stay_apart(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    three_lines(drawing, 100, BODY)
    drawing.text(250, 230, "表2 其余组件", 9)
    three_lines(drawing, 240, BODY[:2])
    first, second = tables(parse(drawing.save()))
    assert rows(first) == BODY
    assert rows(second) == BODY[:2]


def test_a_header_of_two_rows_over_a_partial_line(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 114, "步骤")
    drawing.text(280, 114, "耗时（秒）")
    drawing.rule(215, 120, 380, 120)
    put(drawing, 134, ("", "预算", "实际", "结论"))
    put(drawing, 154, ("故障检测", "60", "48", "达标"))
    put(drawing, 174, ("切换决策", "180", "131", "达标"))
    put(drawing, 194, ("冻结写入", "30", "22", "达标"))
    for y in (100, 140, 200):
        drawing.rule(75, y, 520, y)
    (table,) = tables(parse(drawing.save()))
    assert header(table) == ("步骤", "耗时（秒） / 预算", "耗时（秒） / 实际", "结论")
    assert rows(table)[1] == ("切换决策", "180", "131", "达标")


def test_wrapped_cells_stay_in_their_row(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    put(drawing, 114, HEADER)
    put(drawing, 134, ("网关", "4", "8C16G", "双机房各两台\n按权重分配"))
    put(drawing, 168, ("消息队列", "6", "16C64G", "三副本"))
    for y in (100, 120, 180):
        drawing.rule(75, y, 520, y)
    (table,) = tables(parse(drawing.save()))
    assert rows(table) == [
        ("网关", "4", "8C16G", "双机房各两台按权重分配"),
        ("消息队列", "6", "16C64G", "三副本"),
    ]


def test_a_shaded_header_makes_a_table(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.shade(75, 100, 520, 120)
    put(drawing, 114, HEADER)
    for at, row in enumerate(BODY):
        put(drawing, 134 + 20 * at, row)
    drawing.text(79.5, 260, "以上为生产环境，测试环境减半。")
    (table,) = tables(parse(drawing.save()))
    assert header(table) == HEADER
    assert rows(table) == BODY


def test_every_other_row_shaded(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for at, row in enumerate([HEADER, *BODY]):
        if at % 2 == 0:
            drawing.shade(75, 100 + 20 * at, 520, 120 + 20 * at)
        put(drawing, 114 + 20 * at, row)
    (table,) = tables(parse(drawing.save()))
    assert header(table) == HEADER
    assert rows(table) == BODY


def test_columns_set_by_blanks_alone(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 80, "资源如下，均为生产环境：")
    for at, row in enumerate([HEADER, *BODY[:3]]):
        put(drawing, 114 + 20 * at, row)
    (table,) = tables(parse(drawing.save()))
    assert header(table) == HEADER
    assert rows(table) == BODY[:3]


def test_a_three_line_table_over_two_pages(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 650, "清单如下。")
    three_lines(drawing, 700, BODY[:2])
    drawing.end_page()
    three_lines(drawing, 80, BODY[2:])
    (table,) = tables(parse(drawing.save()))
    assert rows(table) == BODY
    assert table.table is not None
    assert [row.locator.page for row in table.table.rows] == [1, 1, 2, 2]


def test_two_columns_of_prose_between_lines_are_no_table(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for at in range(8):
        drawing.text(79.5, 120 + 18 * at, f"左栏第{at}行，文字一直写到本栏右边为止。")
        drawing.text(320, 120 + 18 * at, f"右栏第{at}行，文字一直写到本栏右边为止。")
    for y in (100, 270):
        drawing.rule(75, y, 540, y)
    assert not tables(parse(drawing.save()))


def test_a_form_a_list_and_contents_are_no_tables(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for at, (role, name) in enumerate(
        [("项目经理", "尹听澜"), ("架构师", "骆闻笛"), ("测试", "施念慈"), ("运维", "卢行舟")]
    ):
        drawing.text(79.5, 90 + at * 20, role)
        drawing.text(260, 90 + at * 20, name)
    for at in range(5):
        drawing.text(79.5, 240 + at * 20, f"{at + 1}.")
        drawing.text(110, 240 + at * 20, f"第{at + 1}项工作由甲方负责。")
    for at in range(5):
        drawing.text(79.5, 440 + at * 20, f"第{'一二三四五'[at]}章概述")
        drawing.text(500, 440 + at * 20, f"{at * 3 + 1}")
    assert not tables(parse(drawing.save()))
