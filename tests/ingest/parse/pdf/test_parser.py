"""PDF files: the text in reading order, without what belongs to the pages, each piece where its locator says."""

import re
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from ingest.document import Locator
from ingest.errors import DamagedDocument, EmptyDocument, EncryptedDocument, UnreadableFile
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from ingest.parse.pdf.parser import parse
from tests.ingest.parse.pdf.drawn_pdf import Drawing
from tests.ingest.parse.pdf.pieces import FULL, rows, squeezed, table_of, texts


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Three pages with header, footer and page number; headings, a wrapped paragraph, a list, a table over a break."""
    drawing = Drawing(tmp_path / "report.pdf")
    drawing.canvas.setTitle("灾备演练报告")
    drawing.canvas.setAuthor("何聿安")

    def furniture(page: int) -> None:
        drawing.text(79.5, 50, "星衡银行灾备演练报告 内部资料", 9)
        drawing.text(280, 800, f"第 {page} 页 共 3 页", 9)

    furniture(1)
    drawing.text(79.5, 90, "一、演练结论", 16)
    drawing.text(100.5, 120, FULL[:39])
    drawing.text(79.5, 138, FULL[39:] + "。切换RTO为8分42秒，")
    drawing.text(79.5, 156, "达标。")
    drawing.text(79.5, 190, "（一）组织", 14)
    drawing.text(79.5, 220, "1. 总指挥由行方担任；")
    drawing.text(79.5, 238, "2. 技术指挥由我方担任。")
    drawing.text(79.5, 270, "二、步骤计时", 16)
    drawing.text(250, 300, "表1 切换步骤", 9)
    xs = (79.5, 150, 300, 400, 515)
    drawing.grid(
        xs,
        (310, 330, 350, 370, 404),
        [
            ("步骤", "动作", "耗时", None),
            ("^", "^", "预算", "实际"),
            ("1", "故障检测", "1分00秒", "48秒"),
            ("2", "切换决策，须由值班主任双\n人确认", "3分00秒", "2分11秒"),
        ],
        header=2,
    )
    drawing.end_page()
    furniture(2)
    drawing.grid(
        xs,
        (90, 110, 130, 150, 170),
        [
            ("步骤", "动作", "耗时", None),
            ("^", "^", "预算", "实际"),
            ("3", "冻结写入", "30秒", "22秒"),
            ("合计", None, "4分30秒", "3分21秒"),
        ],
        header=2,
    )
    drawing.text(79.5, 220, "三、问题", 16)
    drawing.text(79.5, 760, FULL)
    drawing.end_page()
    furniture(3)
    drawing.text(79.5, 90, "后仍有一处缺陷。整改期限为一月三十日。")
    drawing.end_page()
    return drawing.save()


def test_text_in_order_without_headers_footers_and_page_numbers(report: Path) -> None:
    assert texts(parse(report)) == [
        ("heading", "一、演练结论"),
        ("paragraph", FULL + "。切换RTO为8分42秒，达标。"),
        ("heading", "（一）组织"),
        ("list_item", "1. 总指挥由行方担任；"),
        ("list_item", "2. 技术指挥由我方担任。"),
        ("heading", "二、步骤计时"),
        ("caption", "表1 切换步骤"),
        ("heading", "三、问题"),
        ("paragraph", FULL + "后仍有一处缺陷。"),
        ("paragraph", "整改期限为一月三十日。"),
    ]


def test_heading_paths_and_levels(report: Path) -> None:
    elements = parse(report).elements
    assert [(one.level, one.locator.headings) for one in elements if one.kind == "heading"] == [
        (1, ("一、演练结论",)),
        (2, ("一、演练结论", "（一）组织")),
        (1, ("二、步骤计时",)),
        (1, ("三、问题",)),
    ]
    assert elements[3].locator.headings == ("一、演练结论", "（一）组织")


def test_a_table_over_a_page_break_is_one_table(report: Path) -> None:
    table = table_of(parse(report))
    assert table.table is not None
    assert table.table.header == ("步骤", "动作", "耗时 / 预算", "耗时 / 实际")
    assert rows(table) == [
        ("1", "故障检测", "1分00秒", "48秒"),
        ("2", "切换决策，须由值班主任双人确认", "3分00秒", "2分11秒"),
        ("3", "冻结写入", "30秒", "22秒"),
        ("合计", "合计", "4分30秒", "3分21秒"),
    ]
    assert [row.locator.page for row in table.table.rows] == [1, 1, 2, 2]
    assert table.locator.headings == ("二、步骤计时",)


def test_a_sentence_over_a_page_break_stays_whole(report: Path) -> None:
    last, rest = parse(report).elements[-2:]
    assert (last.locator.page, rest.locator.page) == (2, 3)


def test_every_locator_opens(report: Path) -> None:
    """Round trip: another library finds each element's text in the box of its page (what goes on overleaf aside)."""
    checked = 0
    with pdfplumber.open(report) as pdf:

        def inside(locator: Locator) -> str:
            assert locator.page
            assert locator.bbox
            x0, top, x1, bottom = locator.bbox
            page = pdf.pages[locator.page - 1]
            return squeezed(page.crop((x0 - 1, top - 1, x1 + 1, bottom + 1)).extract_text())

        for element in parse(report).elements:
            if element.table:
                for row in element.table.rows:
                    assert all(
                        squeezed(cell) in inside(row.locator) or cell.startswith("切换决策") for cell in row.cells
                    )
                    checked += 1
            else:
                shown = squeezed(element.text).removesuffix("后仍有一处缺陷。")
                assert shown in inside(element.locator)
                checked += 1
    assert checked == 14


def test_document_information(report: Path) -> None:
    properties = parse(report).properties
    assert (properties.title, properties.author) == ("灾备演练报告", "何聿安")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", properties.date or "")


@pytest.mark.parametrize("junk", ["Microsoft Word - 方案终版2.docx", "untitled", "方案.doc", ""])
def test_a_title_left_by_a_program_gives_way_to_the_cover(tmp_path: Path, junk: str) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.canvas.setTitle(junk)
    drawing.canvas.setAuthor("Administrator")
    drawing.text(150, 200, "智算平台建设方案", 26)
    drawing.text(200, 300, "方案部", 14)
    drawing.end_page()
    drawing.text(79.5, 90, "一、概述", 16)
    drawing.lines(79.5, 120, [FULL] * 5)
    document = parse(drawing.save())
    assert document.properties.title == "智算平台建设方案"
    assert document.properties.author is None
    assert document.elements[0].kind == "paragraph"
    assert document.elements[2].locator.headings == ("一、概述",)


def test_contents_pages_are_left_out_and_say_what_is_a_heading(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(270, 90, "目 录", 16)
    drawing.text(79.5, 120, "总体说明" + "." * 100 + "2")
    drawing.text(79.5, 140, "部署要求" + "……" * 18 + " 3")
    drawing.end_page()
    drawing.text(79.5, 90, "总体说明")
    drawing.lines(79.5, 120, [FULL, "共两条。"])
    drawing.text(79.5, 180, "部署要求")
    drawing.lines(79.5, 210, ["离线部署。"])
    assert texts(parse(drawing.save())) == [
        ("heading", "总体说明"),
        ("paragraph", FULL + "共两条。"),
        ("heading", "部署要求"),
        ("paragraph", "离线部署。"),
    ]


def test_an_agenda_without_page_numbers_is_text(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.lines(79.5, 90, ["目录", "项目背景", "方案设计"], leading=40)
    assert [text for _, text in texts(parse(drawing.save()))] == ["目录", "项目背景", "方案设计"]


def test_bookmarks_give_levels(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for at, (level, title) in enumerate([(0, "概述"), (1, "背景"), (1, "目标"), (0, "方案")]):
        drawing.canvas.bookmarkPage(title)
        drawing.canvas.addOutlineEntry(title, title, level)
        drawing.text(79.5, 90 + at * 60, title)
        drawing.text(79.5, 120 + at * 60, "正文一句。")
    headings = [one for one in parse(drawing.save()).elements if one.kind == "heading"]
    assert [(one.level, one.text) for one in headings] == [(1, "概述"), (2, "背景"), (2, "目标"), (1, "方案")]


def test_latin_words_keep_their_blanks_and_hyphens(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    line = "Queries are fused by clipped z-scores of dense and sparse lists, and the room is in knowing"
    drawing.text(79.5, 90, line, font="Helvetica")
    drawing.text(79.5, 108, "which side to trust for aicc-", font="Helvetica")
    drawing.text(79.5, 140, line[:80], font="Helvetica")
    document = parse(drawing.save())
    assert texts(document)[0] == ("paragraph", line + " which side to trust for aicc-")


def encrypted(path: Path, user: str) -> Path:
    drawing = Drawing(path, encrypt=StandardEncryption(user, ownerPassword="owner"))
    drawing.text(79.5, 90, "机密一句。")
    return drawing.save()


def test_passwords(tmp_path: Path) -> None:
    with pytest.raises(EncryptedDocument, match=r"a\.pdf"):
        parse(encrypted(tmp_path / "a.pdf", "secret"))
    assert texts(parse(encrypted(tmp_path / "open.pdf", ""))) == [("paragraph", "机密一句。")]


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_truncated_files_are_damaged(tmp_path: Path, report: Path, keep: float) -> None:
    content = report.read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(DamagedDocument, match=r"cut\.pdf"):
        parse(path)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7\n" + bytes(500) + b"startxref\n0\n%%EOF"])
def test_files_without_pages_are_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(DamagedDocument, match=r"a\.pdf"):
        parse(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        parse(tmp_path / "gone.pdf")


def draw_scan(drawing: Drawing) -> None:
    drawing.canvas.rect(50, 50, 400, 600, stroke=1, fill=1)


def draw_nothing(drawing: Drawing) -> None:
    drawing.end_page()


@pytest.mark.parametrize("draw", [draw_scan, draw_nothing])
def test_a_pdf_without_text_may_be_a_scan(tmp_path: Path, draw: Callable[[Drawing], None]) -> None:
    drawing = Drawing(tmp_path / "scan.pdf")
    draw(drawing)
    with pytest.raises(EmptyDocument) as caught:
        parse_file(drawing.save(), Context(max_bytes=2**20))
    assert "OCR" in caught.value.hint
