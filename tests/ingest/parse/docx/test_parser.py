"""Word documents: every element, its kind and its place."""

from pathlib import Path

import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ingest.errors import EmptyDocument
from ingest.parse.office.ooxml import NS
from tests.ingest.parse.docx.documents import BODY, parsed
from tests.ingest.parse.docx.word_files import (
    add_footnotes,
    add_part,
    add_xml,
    new_document,
    paragraph,
)
from tests.ingest.parse.listing import listing


def test_contents_headers_footers_and_page_fields_stay_out(tmp_path: Path) -> None:
    document = new_document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    begin = field.format("begin") + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>" + field.format("separate")
    add_xml(
        document,
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('目 录')}{paragraph('总体	1')}</w:sdtContent></w:sdt>",
        f"<w:p>{begin}<w:r><w:t>第一章 字段目录</w:t></w:r></w:p>",
        f"<w:p><w:r><w:t>第二章 字段目录</w:t></w:r>{field.format('end')}</w:p>",
        paragraph("目录"),
        paragraph("手工一章\t3"),
        paragraph("手工二章……………5"),
        "<w:p><w:r><w:t>共</w:t></w:r><w:fldSimple w:instr=' NUMPAGES '><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>",
        paragraph(BODY),
    )
    found = parsed(document, tmp_path)
    assert listing(found) == ["paragraph: 共", f"paragraph: {BODY}"]
    assert found.elements[-1].locator.paragraph == 9


def test_final_text_of_tracked_changes_fields_links_and_symbols(tmp_path: Path) -> None:
    document = new_document()
    add_xml(
        document,
        "<w:p><w:r><w:t>共评估 </w:t></w:r><w:del><w:r><w:delText>60</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>74</w:t></w:r></w:ins><w:r><w:t> 张卡</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>",
        "<w:p><w:hyperlink><w:r><w:t>详见知识库</w:t></w:r></w:hyperlink><w:r><w:tab/><w:noBreakHyphen/>"
        "<w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>",
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>表 3</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>已批准</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        "<w:p><w:r><w:t>第一行没有结束，</w:t><w:br/><w:t>这里接着说。</w:t><w:br/><w:t>1. 另一项</w:t></w:r></w:p>",
    )
    assert [line.partition(": ")[2] for line in listing(parsed(document, tmp_path))] == [
        "共评估 74 张卡",
        "详见知识库 -✓",
        "表 3",
        "已批准",
        "第一行没有结束，这里接着说。",
        "1. 另一项",
    ]


def test_text_boxes_and_notes_stand_at_their_paragraph(tmp_path: Path) -> None:
    document = new_document()
    document.add_heading("容量", 1)
    vml = "xmlns:v='urn:schemas-microsoft-com:vml'"
    content = f"<w:txbxContent>{paragraph('峰值 1200 路')}</w:txbxContent>"
    box = f"<w:pict><v:shape {vml}><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    add_xml(
        document,
        f"<w:p><w:r><w:t>{BODY}</w:t><w:footnoteReference w:id='2'/></w:r><w:r>"
        f"<mc:AlternateContent xmlns:mc='{mc}'><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    add_footnotes(document, n2="按 2025 年春节峰值。", n3="没有锚点。")
    run = document.add_paragraph("并发按七成计。").runs[0]
    document.add_comment(run, text="请复核这个比例", author="林岚")
    found = parsed(document, tmp_path)
    assert listing(found)[1:] == [
        f"paragraph: {BODY}",
        "paragraph: 峰值 1200 路",
        "note: 按 2025 年春节峰值。",
        "paragraph: 并发按七成计。",
        "note: 林岚：请复核这个比例",
    ]
    assert [(one.locator.paragraph, one.locator.headings) for one in found.elements[2:]] == [
        (2, ("容量",)),
        (2, ("容量",)),
        (3, ("容量",)),
        (3, ("容量",)),
    ]


def test_captions_and_code_are_told_apart(tmp_path: Path) -> None:
    document = new_document()
    document.add_heading("部署", 1)
    document.add_paragraph("表 2-1 资源清单")
    document.add_paragraph("示意", style="Caption")
    document.add_paragraph("表1给出了两个站点的资源。")
    document.add_paragraph().add_run("systemctl restart im-gateway").font.name = "Consolas"
    assert listing(parsed(document, tmp_path))[1:] == [
        "caption: 表 2-1 资源清单",
        "caption: 示意",
        "paragraph: 表1给出了两个站点的资源。",
        "code: systemctl restart im-gateway",
    ]


def test_charts_stand_as_tables_where_they_are_drawn(tmp_path: Path) -> None:
    document = new_document()
    point = "<c:pt idx='{}'><c:v>{}</c:v></c:pt>"
    series = (
        f"<c:tx><c:strRef><c:strCache>{point.format(0, '910B3')}</c:strCache></c:strRef></c:tx>"
        f"<c:cat><c:strLit>{point.format(0, '推理')}{point.format(1, '训练')}</c:strLit></c:cat>"
        f"<c:val><c:numRef><c:numCache>{point.format(0, '58.0')}{point.format(1, '16')}</c:numCache></c:numRef></c:val>"
    )
    title = "<c:title><c:tx><c:rich><a:p><a:r><a:t>卡数</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    chart = (
        f"<c:chartSpace xmlns:c='{NS['c']}' xmlns:a='{NS['a']}'><c:chart>{title}"
        f"<c:plotArea><c:barChart><c:ser>{series}</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    drawn = f"<c:chart xmlns:c='{NS['c']}' xmlns:r='{NS['r']}' r:id='{add_part(document, 'chart', kind, chart)}'/>"
    add_xml(document, f"<w:p><w:r><w:t>见图。</w:t><w:drawing>{drawn}</w:drawing></w:r></w:p>")
    assert listing(parsed(document, tmp_path)) == [
        "paragraph: 见图。",
        "caption: 卡数",
        "table:  | 910B3",
        "  推理 | 58",
        "  训练 | 16",
    ]


def test_properties_leave_out_what_a_template_wrote(tmp_path: Path) -> None:
    document = new_document()
    document.add_paragraph("方案总览", style="Title")
    document.add_paragraph(BODY)
    found = parsed(document, tmp_path).properties
    assert (found.title, found.author, found.date, found.version) == ("方案总览", None, None, None)
    document.core_properties.title = "双活设计"
    document.core_properties.author = "林岚"
    document.core_properties.version = "V1.2"
    custom = (
        "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties' "
        "xmlns:vt='http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes'>"
        "<property name='客户'><vt:lpwstr>海川银行</vt:lpwstr></property></Properties>"
    )
    part = Part(
        PackURI("/docProps/custom.xml"),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        custom.encode(),
        document.part.package,
    )
    document.part.package.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    )
    found = parsed(document, tmp_path).properties
    assert (found.title, found.author, found.version, found.customer) == ("双活设计", "林岚", "V1.2", "海川银行")


def test_a_document_without_text_is_empty(tmp_path: Path) -> None:
    document = new_document()
    document.add_paragraph("  ")
    with pytest.raises(EmptyDocument, match=r"file\.docx has no text"):
        parsed(document, tmp_path)
