"""What runs along the edges of the pages is left out; what only looks alike on many pages stays."""

from pathlib import Path

import pytest

from ingest.document import ParsedDocument
from ingest.parse.pdf.parser import parse
from tests.ingest.parse.pdf.drawn_pdf import Drawing


def said(document: ParsedDocument) -> str:
    """All the text and cells, without blanks."""
    cells = (cell for one in document.elements if one.table for row in one.table.rows for cell in row.cells)
    return "".join("".join((*(one.text for one in document.elements), *cells)).split())


def left_out(document: ParsedDocument) -> list[tuple[str, str, int | None]]:
    return [(one.reason, one.text, one.locator.page) for one in document.left_out]


def test_pages_that_are_nearly_equal_keep_their_text(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for page in range(1, 9):
        lines = [f"第{page}站第{line}项实测 {page * line * 7} 毫秒" for line in range(40)]
        drawing.lines(79.5, 60, lines)
        drawing.end_page()
    document = parse(drawing.save())
    text = said(document)
    assert all(f"第{page}站第{line}项实测{page * line * 7}毫秒" in text for page in range(1, 9) for line in range(40))
    assert left_out(document) == []


def test_the_labels_of_a_form_on_every_page_stay(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for page in range(1, 7):
        drawing.text(79.5, 40, "巡检记录 内部资料", 8)
        drawing.lines(79.5, 70, ["设备名称：", "核心交换机", "巡检结论："] * 12)
        drawing.text(280, 820, f"{page} / 6", 8)
        drawing.end_page()
    document = parse(drawing.save())
    assert said(document).count("设备名称：") == 72
    assert {(reason, text) for reason, text, _ in left_out(document)} >= {("header", "巡检记录 内部资料")}


@pytest.mark.parametrize("height", [40, 52])
def test_a_header_apart_from_the_text_is_left_out_on_every_page(tmp_path: Path, height: float) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for page in range(1, 5):
        drawing.text(79.5, height, f"灾备方案 V1.2 第{page}页")
        drawing.lines(79.5, 80, [f"第{page}页正文第{line}句，各不相同。" for line in range(page * 3)])
        drawing.text(79.5, 800, "星衡银行科技部")
        drawing.end_page()
    document = parse(drawing.save())
    assert left_out(document) == [
        one
        for page in range(1, 5)
        for one in (("header", f"灾备方案 V1.2 第{page}页", page), ("footer", "星衡银行科技部", page))
    ]


def test_a_small_table_at_the_top_of_every_page_keeps_its_figures(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for page, figure in enumerate((35, 71, 64, 58), start=1):
        drawing.grid((80, 200, 320), (50, 70, 90), [("指标", "本周"), ("CPU", f"{figure}%")], header=1)
        drawing.text(79.5, 200, f"第{page}周说明各不相同。")
        drawing.end_page()
    text = said(parse(drawing.save()))
    assert all(f"{figure}%" in text for figure in (35, 71, 64, 58))


def test_a_word_across_the_text_of_most_pages_is_left_out(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for page in range(1, 6):
        drawing.lines(79.5, 300, [f"第{page}页第{line}句正文，各写各的内容。" for line in range(12)])
        drawing.text(120, 410, "禁止复制", 60)
        drawing.end_page()
    document = parse(drawing.save())
    assert left_out(document) == [("repeated", "禁止复制", page) for page in range(1, 6)]
    assert all(
        f"第{page}页第{line}句正文，各写各的内容。" in said(document) for page in range(1, 6) for line in range(12)
    )


def test_a_big_initial_and_a_big_figure_stay_in_their_place(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 100, "双", 32)
    drawing.lines(115, 88, ["活方案自三月起上线，两地同时承载。", "切换由平台编排，须双人授权后执行。"])
    drawing.text(300, 200, "74", 48)
    drawing.text(300, 230, "张加速卡")
    assert said(parse(drawing.save())).endswith("74张加速卡")
