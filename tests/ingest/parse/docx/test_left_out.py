"""What is kept out of a Word document's text, and why; what headers and footers alone say."""

from pathlib import Path
from typing import Any

from docx.oxml import parse_xml

from ingest.document import ParsedDocument
from ingest.parse.docx.parser import parse
from tests.ingest.parse.docx.word_files import (
    add_footnotes,
    add_xml,
    declared,
    new_document,
    paragraph,
    save,
    table,
)
from tests.ingest.parse.listing import listing

FIELD = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
BODY = "两个站点同时对外服务。"


def field(instruction: str, result: str) -> str:
    return (
        f"{FIELD.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{FIELD.format('separate')}"
        f"<w:r><w:t>{result}</w:t></w:r>{FIELD.format('end')}"
    )


def parsed(document: Any, folder: Path) -> ParsedDocument:
    return parse(save(document, folder))


def left(document: ParsedDocument) -> list[tuple[str, str, int | None]]:
    return [(one.reason, one.text, one.locator.paragraph) for one in document.left_out]


def test_tables_of_contents_of_every_kind_are_told(tmp_path: Path) -> None:
    document = new_document()
    begin = FIELD.format("begin") + "<w:r><w:instrText> TOC </w:instrText></w:r>" + FIELD.format("separate")
    entry = "<w:r><w:t>2 演练</w:t></w:r><w:r><w:tab/></w:r>" + field("PAGEREF _Toc1", "12")
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    add_xml(
        document,
        f"<w:p>{begin}<w:r><w:t>1 目标</w:t></w:r></w:p>",
        f"<w:p>{entry}{FIELD.format('end')}<w:r><w:t>目录之后。</w:t></w:r></w:p>",
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('图1 拓扑')}</w:sdtContent></w:sdt>",
        "<w:p><w:fldSimple w:instr='TOC \\c'><w:r><w:t>表1 清单</w:t></w:r></w:fldSimple></w:p>",
        paragraph("目  录"),
        paragraph("手工一章\t3"),
        paragraph("手工二章……………5"),
        paragraph(BODY),
    )
    found = parsed(document, tmp_path)
    assert listing(found) == ["paragraph: 目录之后。", f"paragraph: {BODY}"]
    assert left(found) == [
        ("contents", "1 目标", 1),
        ("contents", "2 演练\t12", 2),
        ("contents", "图1 拓扑", 3),
        ("contents", "表1 清单", 4),
        ("contents", "目  录", 5),
        ("contents", "手工一章\t3", 6),
        ("contents", "手工二章……………5", 7),
    ]


def test_deletions_moves_hidden_text_and_unfilled_controls_are_told(tmp_path: Path) -> None:
    document = new_document()
    style = document.styles.add_style("内部", 2)
    style.element.get_or_add_rPr().append(style.element.makeelement(f"{{{style.element.nsmap['w']}}}vanish"))
    add_footnotes(document, n2="有锚点。", n3="无锚点。")
    add_xml(
        document,
        "<w:p><w:del><w:r><w:delText>六十</w:delText></w:r><w:r><w:delText>张</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>七十四张</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>",
        "<w:p><w:r><w:t>可见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>直接隐藏</w:t></w:r>"
        "<w:r><w:rPr><w:rStyle w:val='内部'/></w:rPr><w:t>样式隐藏</w:t></w:r>"
        "<w:r><w:rPr><w:rStyle w:val='内部'/><w:vanish w:val='0'/></w:rPr><w:t>又可见</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>客户：</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        "<w:r><w:t>单击此处输入</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        f"<w:p><w:r><w:t>见第</w:t></w:r>{field('PAGEREF x', '9')}<w:r><w:t>页</w:t>"
        "<w:footnoteReference w:id='2'/></w:r></w:p>",
        table([["指标", "目标"], ["恢复点", "四秒"], ["作废", ""], ["藏行", ""]], ["", "", "<w:del/>", "<w:hidden/>"]),
    )
    found = parsed(document, tmp_path)
    assert listing(found) == [
        "paragraph: 七十四张",
        "paragraph: 可见又可见",
        "paragraph: 客户：",
        "paragraph: 见第页",
        "note: 有锚点。",
        "table: 指标 | 目标",
        "  恢复点 | 四秒",
    ]
    assert left(found) == [
        ("deleted", "六十张", 1),
        ("deleted", "移走", 1),
        ("invisible", "直接隐藏样式隐藏", 2),
        ("placeholder", "单击此处输入", 3),
        ("page_number", "9", 4),
        ("deleted", "作废", 5),
        ("invisible", "藏行", 5),
        ("invisible", "无锚点。", None),
    ]
    assert [one.locator.row for one in found.left_out[5:7]] == [3, 4]


def test_headers_and_footers_are_told_once_and_their_facts_are_kept(tmp_path: Path) -> None:
    document = new_document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "青禾科技 内部资料"
    section.header.add_paragraph("文档编号：QH-2509-117   密级：内部公开  版本：V2.3")
    section.header.add_paragraph("项目名称：星衡双活")
    section.footer.paragraphs[0].text = "青禾科技 内部资料"
    add_xml(document, paragraph("项目代号为星衡双活，密级见页眉。"))
    found = parsed(document, tmp_path)
    assert [(one.reason, one.text, one.locator.part) for one in found.left_out] == [
        ("header", "青禾科技 内部资料", "word/header1.xml"),
        ("header", "文档编号：QH-2509-117 密级：内部公开 版本：V2.3", "word/header1.xml"),
        ("header", "项目名称：星衡双活", "word/header1.xml"),
        ("footer", "青禾科技 内部资料", "word/footer1.xml"),
    ]
    assert listing(found) == [
        "paragraph: 项目代号为星衡双活，密级见页眉。",
        "note: 文档编号：QH-2509-117",
        "note: 密级：内部公开",
        "note: 版本：V2.3",
    ]
    assert (found.properties.version, found.properties.project) == ("V2.3", "星衡双活")
    assert found.elements[1].locator.paragraph == 2


def test_page_numbers_of_a_footer_are_page_numbers(tmp_path: Path) -> None:
    document = new_document()
    document.add_paragraph(BODY)
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run("第 ")
    footer._p.extend(list(parse_xml(declared(f"<w:p>{field('PAGE', '3')}</w:p>"))))
    footer.add_run(" 页 共 ")
    footer._p.extend(list(parse_xml(declared(f"<w:p>{field('NUMPAGES', '12')}</w:p>"))))
    footer.add_run(" 页")
    found = parsed(document, tmp_path)
    assert [(one.reason, one.text) for one in found.left_out] == [("page_number", "第 3 页 共 12 页")]


def test_a_header_typed_anew_on_the_next_page_is_no_row(tmp_path: Path) -> None:
    document = new_document()
    rows = [["主机", "核数"], ["app-01", "64"], ["主机", "核数"], ["app-02", "32"]]
    add_xml(document, table(rows, ["<w:tblHeader/>", "", "", ""]))
    found = parsed(document, tmp_path)
    assert listing(found) == ["table: 主机 | 核数", "  app-01 | 64", "  app-02 | 32"]
    assert [(one.reason, one.locator.row) for one in found.left_out] == [("repeated", 3)]
