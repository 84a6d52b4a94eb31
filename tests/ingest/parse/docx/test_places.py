"""The round trip: a locator of a Word document leads python-docx to the text."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table as WordTable

from ingest.document import Element, Locator, ParsedDocument
from ingest.parse.docx.body import blocks
from ingest.parse.docx.parser import parse
from tests.ingest.parse.docx.word_files import (
    add_footnotes,
    add_part,
    add_xml,
    define_list,
    new_document,
    numbered,
    paragraph,
    save,
    table,
)

VML = "xmlns:v='urn:schemas-microsoft-com:vml'"
MARK = "<w:lastRenderedPageBreak/>"


def places(found: ParsedDocument) -> Iterator[tuple[str, Locator, Element]]:
    """(words, place, element) of everything that a document's elements say."""
    for element in found.elements:
        if element.table is None:
            yield element.text, element.locator, element
        else:
            for row in element.table.rows:
                yield " ".join(row.cells), row.locator, element


def plain(document: Any) -> None:
    document.add_heading("总体", 1)
    document.add_paragraph("")
    document.add_paragraph("核心交易恢复点目标为五秒。")
    grid = document.add_table(rows=3, cols=2)
    for at, text in enumerate(("型号", "数量", "910B3", "74", "910B4", "8")):
        grid.cell(at // 2, at % 2).text = text
    document.add_paragraph("峰值按七成折算。", style="List Bullet")


def merged(document: Any) -> None:
    plain(document)
    grid = document.add_table(rows=4, cols=3)
    for at, text in enumerate(("环境", "组件", "台数", "生产", "网关", "16", "", "检索", "9", "合计", "", "25")):
        grid.cell(at // 3, at % 3).text = text
    grid.cell(1, 0).merge(grid.cell(2, 0))
    grid.cell(3, 0).merge(grid.cell(3, 1))
    inner = grid.cell(2, 1).add_table(rows=2, cols=2)
    for at, text in enumerate(("分片", "节点", "主", "六台")):
        inner.cell(at // 2, at % 2).text = text


def hanging(document: Any) -> None:
    plain(document)
    add_footnotes(document, n2="按春节峰值。")
    content = f"<w:txbxContent>{paragraph('峰值一千二百路')}</w:txbxContent>"
    box = f"<w:pict><v:shape {VML}><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    add_xml(document, f"<w:p><w:r><w:t>容量见图。</w:t><w:footnoteReference w:id='2'/>{box}</w:r></w:p>")
    frame = paragraph("先停写再切换。") + table([["步骤", "用时"], ["停写", "两分"]])
    add_xml(document, f"<w:tbl><w:tr><w:tc>{paragraph('注意')}</w:tc></w:tr><w:tr><w:tc>{frame}</w:tc></w:tr></w:tbl>")


def listed(document: Any) -> None:
    define_list(document, 90, ("chineseCounting", "第%1章"), ("decimal", "%2)"))
    add_xml(
        document, numbered(90, 0, "概况", "<w:b/>"), paragraph("双活两地三中心。"), numbered(90, 1, "备份每日一次；")
    )
    add_xml(document, table([["主机", "核数"], ["旧机", "8"], ["新机", "64"]], ["<w:tblHeader/>", "<w:del/>", ""]))


@pytest.mark.parametrize("fill", [plain, merged, hanging, listed])
def test_every_locator_leads_to_its_text(fill: Any, tmp_path: Path) -> None:
    document = new_document()
    fill(document)
    path = save(document, tmp_path)
    opened = docx.Document(str(path))
    body = list(opened.element.body.iterchildren(qn("w:p"), qn("w:tbl")))
    assert body == blocks(opened.element.body)
    notes = "按春节峰值。"
    seen = 0
    for words, place, element in places(parse(path)):
        assert place.paragraph is not None
        block = body[place.paragraph - 1]
        if place.row is not None:
            block = WordTable(block, opened).rows[place.row - 1]._tr
        there = "".join(str(one.text) for one in block.iter(qn("w:t")))
        if block.tag == qn("w:tr"):  # a merged cell's text stands in the row where it begins
            whole = "".join(str(one.text) for one in body[place.paragraph - 1].iter(qn("w:t")))
            assert any(word in there for word in words.split())
            there = whole
        text = notes if element.kind == "note" else there
        for word in words.removeprefix("第一章").removeprefix("1)").removeprefix("•").split():
            assert word in text, (place.label, word, there)
        seen += 1
    assert seen >= 4


def test_row_numbers_count_header_and_deleted_rows_but_no_nested_ones(tmp_path: Path) -> None:
    document = new_document()
    merged(document)
    listed(document)
    rows = [
        (words, place.paragraph, place.row)
        for words, place, one in places(parse(save(document, tmp_path)))
        if one.table
    ]
    assert rows == [
        ("910B3 74", 4, 2),
        ("910B4 8", 4, 3),
        ("生产 网关 16", 6, 2),
        ("生产 检索 9", 6, 3),
        ("合计 合计 25", 6, 4),
        ("生产 分片 节点", 6, 3),
        ("生产 主 六台", 6, 3),
        ("新机 64", 10, 3),
    ]


def stated(document: Any, pages: int) -> None:
    document.part.package.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
    )._blob = (
        "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'>"
        f"<Pages>{pages}</Pages></Properties>"
    ).encode()


@pytest.mark.parametrize(("pages", "known"), [(4, True), (5, False)])
def test_pages_are_stated_where_the_marks_agree_with_the_count(pages: int, known: bool, tmp_path: Path) -> None:
    document = new_document()
    cell = "<w:tc><w:p><w:r>{}<w:t>{}</w:t></w:r></w:p></w:tc>"
    add_xml(
        document,
        f"<w:p><w:r><w:t>首页开头，</w:t>{MARK}<w:t>次页接着说。</w:t></w:r></w:p>",
        paragraph("仍在次页。"),
        "<w:tbl>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell.format('', '主机')}{cell.format('', '核数')}</w:tr>"
        f"<w:tr>{cell.format(MARK, '甲机')}{cell.format(MARK, '8')}</w:tr>"
        f"<w:tr>{cell.format('', '乙机')}{cell.format('', '16')}</w:tr></w:tbl>",
        f"<w:p><w:r>{MARK}<w:t>末页。</w:t></w:r></w:p>",
    )
    stated(document, pages)
    found = [(words, place.page) for words, place, _ in places(parse(save(document, tmp_path)))]
    expected = [("首页开头，次页接着说。", 1), ("仍在次页。", 2), ("甲机 8", 3), ("乙机 16", 3), ("末页。", 4)]
    assert found == [(words, page if known else None) for words, page in expected]


def test_a_header_stands_in_its_own_part(tmp_path: Path) -> None:
    document = new_document()
    document.add_paragraph("正文。")
    document.sections[0].header.paragraphs[0].text = "密级：内部"
    path = save(document, tmp_path)
    place = parse(path).left_out[0].locator
    part = next(one for one in docx.Document(str(path)).part.package.iter_parts() if one.partname == f"/{place.part}")
    assert place.paragraph == 1
    assert "密级：内部" in part.blob.decode()


def test_parts_of_strict_open_xml_read_like_the_others(tmp_path: Path) -> None:
    document = new_document()
    merged(document)
    add_part(document, "unused", "application/xml", "<x/>")
    path, strict = save(document, tmp_path), tmp_path / "strict.docx"
    kinds = (b"wordprocessingml", b"officeDocument", b"drawingml")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            blob = source.read(name)
            for kind in kinds:
                blob = blob.replace(
                    b"http://schemas.openxmlformats.org/" + kind + b"/2006/",
                    b"http://purl.oclc.org/ooxml/" + kind + b"/",
                )
            target.writestr(name, blob)
    assert b"purl.oclc.org" in zipfile.ZipFile(strict).read("word/document.xml")
    assert parse(strict).elements == parse(path).elements
