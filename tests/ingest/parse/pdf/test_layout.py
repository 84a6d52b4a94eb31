"""How text may stand on a page: in columns, boxes and notes, turned, beside it, over it."""

from pathlib import Path

import pytest

from ingest.parse.pdf.parser import parse
from tests.ingest.parse.pdf.drawn_pdf import BOLD, Drawing
from tests.ingest.parse.pdf.pieces import FULL, rows, squeezed, table_of, texts


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    left = [f"左栏第{at}行，文字一直写到本栏右边为止。" for at in "一二三四"]
    right = [f"右栏第{at}行，文字一直写到本栏右边为止。" for at in "一二三四"]
    drawing.lines(79.5, 90, left)
    drawing.lines(320, 90, right)
    found = squeezed("".join(text for _, text in texts(parse(drawing.save()))))
    assert found == "".join(left + right)


def test_a_form_without_ruling_lines_is_read_row_by_row(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    pairs = [("项目经理", "尹听澜"), ("架构师", "骆闻笛"), ("测试", "施念慈"), ("运维", "卢行舟")]
    for at, (role, name) in enumerate(pairs):
        drawing.text(79.5, 90 + at * 20, role)
        drawing.text(260, 90 + at * 20, name)
    assert [text for _, text in texts(parse(drawing.save()))] == [f"{role} {name}" for role, name in pairs]


def test_slides_are_read_box_by_box(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf", (960, 540))
    drawing.canvas.bookmarkPage("t")
    drawing.canvas.addOutlineEntry("一、外呼链路", "t", 0)
    drawing.text(50, 50, "一、外呼链路", 28)
    drawing.lines(60, 200, ["任务调度", "黑名单过滤"], 14)
    drawing.lines(400, 200, ["流式识别", "六张卡"], 14)
    drawing.lines(60, 400, ["• 打断后停播", "• 失败转人工"], 18, leading=26)
    found = texts(parse(drawing.save()))
    assert found == [
        ("heading", "一、外呼链路"),
        ("paragraph", "任务调度"),
        ("paragraph", "黑名单过滤"),
        ("paragraph", "流式识别"),
        ("paragraph", "六张卡"),
        ("list_item", "• 打断后停播"),
        ("list_item", "• 失败转人工"),
    ]


def test_footnotes_are_notes(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.lines(79.5, 90, [FULL, "按备忘录执行。"])
    drawing.text(79.5 + 7 * 10.5, 104, "1", 6)
    drawing.text(79.5, 700, "1 备忘录编号为二〇二五第七号。", 8)
    assert texts(parse(drawing.save())) == [
        ("paragraph", FULL + "按备忘录执行。"),
        ("note", "备忘录编号为二〇二五第七号。"),
    ]


def test_code_keeps_its_lines(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "参数如下：")
    drawing.text(79.5, 110, "sync_binlog = 1", 9, "Courier")
    drawing.text(79.5, 122, "gtid_mode = ON", 9, "Courier")
    assert texts(parse(drawing.save()))[1:] == [("code", "sync_binlog = 1"), ("code", "gtid_mode = ON")]


def test_slanted_watermarks_are_left_out(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "正文一句。")
    drawing.canvas.saveState()
    drawing.canvas.translate(300, 400)
    drawing.canvas.rotate(45)
    drawing.canvas.setFont(BOLD, 40)
    drawing.canvas.drawString(0, 0, "CONFIDENTIAL")
    drawing.canvas.restoreState()
    assert texts(parse(drawing.save())) == [("paragraph", "正文一句。")]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_boxes_are_where_a_viewer_shows_them(tmp_path: Path, rotation: int) -> None:
    """A page turned for display, drawn so that it appears upright at (100, 200)."""
    drawing = Drawing(tmp_path / "a.pdf", (400, 600))
    drawing.canvas.setPageRotation(rotation)
    x, y = {90: (200, 100), 180: (300, 200), 270: (400, 300)}[rotation]
    drawing.canvas.translate(x, y)
    drawing.canvas.rotate(rotation)
    drawing.canvas.setFont("STSong-Light", 12)
    drawing.canvas.drawString(0, 0, "旋转的一页")
    element = parse(drawing.save()).elements[0]
    assert element.text == "旋转的一页"
    assert element.locator.bbox
    x0, top, x1, bottom = element.locator.bbox
    assert (x0, x1) == pytest.approx((100, 160), abs=2)
    assert top < 200 < bottom + 4


def test_what_stands_beside_the_page_is_not_read(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "正文一句。")
    drawing.text(-40, 90, "17", 8)
    drawing.text(79.5, -10, "book.qxd 2/10/04", 8)
    drawing.text(200, 300, "微小的字", 0.5)
    assert texts(parse(drawing.save())) == [("paragraph", "正文一句。")]


def test_a_box_without_height_does_not_stop_the_reading(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf", (500, 300))
    drawing.text(60, 100, "压扁的字", 1.2)
    drawing.text(60, 200, "正文一句。")
    assert [text for _, text in texts(parse(drawing.save()))] == ["压扁的字", "正文一句。"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_drawn_sideways_is_read_and_its_boxes_are_as_displayed(tmp_path: Path, angle: int) -> None:
    drawing = Drawing(tmp_path / "a.pdf", (600, 600))
    drawing.canvas.translate(300, 300)
    drawing.canvas.rotate(angle)
    drawing.canvas.translate(-300, -300)
    drawing.text(100, 150, "一、横排的表", 16)
    drawing.grid((100, 200, 300), (200, 220, 240), [("型号", "数量"), ("910B3", "74")], header=1)
    document = parse(drawing.save())
    assert texts(document) == [("heading", "一、横排的表")]
    assert rows(table_of(document)) == [("910B3", "74")]
    row = table_of(document).table.rows[0]  # type: ignore[union-attr]
    expected = {90: (220, 300, 240, 500), 180: (300, 360, 500, 380), 270: (360, 100, 380, 300)}[angle]
    assert row.locator.bbox == pytest.approx(expected, abs=1)


def test_turned_text_in_a_cell_and_on_the_margin(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "正文一句，足够长，因此横排的字比竖着的多，页面不会被转过来。")
    drawing.grid((100, 130, 300), (200, 300, 340), [("", "北京"), ("^", "厦门")])
    for x, y, text in ((118, 330, "站点"), (560, 400, "装订线")):
        drawing.canvas.saveState()
        drawing.canvas.translate(x, drawing.height - y)
        drawing.canvas.rotate(90)
        drawing.canvas.setFont("STSong-Light", 10.5)
        drawing.canvas.drawString(0, 0, text)
        drawing.canvas.restoreState()
    document = parse(drawing.save())
    assert rows(table_of(document)) == [("站点", "北京"), ("站点", "厦门")]
    assert ("paragraph", "装订线") in texts(document)


def test_a_page_size_inherited_from_the_page_tree(tmp_path: Path) -> None:
    content = b"BT /F1 20 Tf 10 20 Td (Hello) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 50] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, one) for at, one in enumerate(objects, start=1))
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size 6 >>\nstartxref\n0\n%%EOF\n")
    element = parse(path).elements[0]
    assert element.text == "Hello"
    assert element.locator.bbox
    assert 0 < element.locator.bbox[1] < element.locator.bbox[3] < 50
