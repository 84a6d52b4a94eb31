"""Which paragraphs are headings, at what level and under which."""

from pathlib import Path

from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.ingest.parse.docx.documents import BODY, bold, parsed
from tests.ingest.parse.docx.word_files import (
    add_xml,
    define_list,
    new_document,
    numbered,
    paragraph,
)
from tests.ingest.parse.listing import listing


def test_headings_from_styles_nest_and_carry_their_paths(tmp_path: Path) -> None:
    document = new_document()
    document.add_heading("总体", 1)
    document.add_paragraph(BODY)
    document.add_heading("数据同步", 2)
    document.add_paragraph("")
    document.add_paragraph("MySQL 半同步复制。")
    document.add_heading("运维", 1)
    found = parsed(document, tmp_path)
    assert listing(found) == [
        "heading1: 总体",
        f"paragraph: {BODY}",
        "heading2: 数据同步",
        "paragraph: MySQL 半同步复制。",
        "heading1: 运维",
    ]
    assert [(one.locator.paragraph, one.locator.headings) for one in found.elements] == [
        (1, ("总体",)),
        (2, ("总体",)),
        (3, ("总体", "数据同步")),
        (5, ("总体", "数据同步")),
        (6, ("运维",)),
    ]


def test_outline_levels_and_derived_styles_make_headings(tmp_path: Path) -> None:
    document = new_document()
    style = document.styles.add_style("方案二级", 1)
    style.base_style = document.styles["Heading 2"]
    add_xml(document, paragraph("建设范围", '<w:outlineLvl w:val="0"/>'))
    document.add_paragraph("同步链路", style="方案二级")
    document.add_paragraph(BODY)
    assert listing(parsed(document, tmp_path))[:2] == ["heading1: 建设范围", "heading2: 同步链路"]


def test_headings_faked_by_bold_text_nest_by_their_numbers(tmp_path: Path) -> None:
    document = new_document()
    title = bold(document, "客服平台双活交接文档", 18)
    title._parent.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for heading in ("一、概况", "（一）背景"):
        bold(document, heading)
        document.add_paragraph(BODY)
    bold(document, "遗留事项")
    document.add_paragraph(BODY)
    bold(document, "编制人：林岚")
    bold(document, "二、联系人")
    document.add_paragraph(BODY)
    found = parsed(document, tmp_path)
    assert [line for line in listing(found) if BODY not in line] == [
        "paragraph: 客服平台双活交接文档",
        "heading1: 一、概况",
        "heading2: （一）背景",
        "heading3: 遗留事项",
        "paragraph: 编制人：林岚",
        "heading1: 二、联系人",
    ]
    assert found.properties.title == "客服平台双活交接文档"
    assert found.elements[-1].locator.headings == ("二、联系人",)


def test_plain_numbered_lines_are_headings_only_with_text_below(tmp_path: Path) -> None:
    document = new_document()
    for text in (
        "一、原则",
        BODY,
        "（一）先切读流量",
        "（二）再切写流量",
        "（三）核对延迟",
        "二、步骤",
        BODY,
        "1. 停写",
        "2. 切换",
    ):
        document.add_paragraph(text)
    assert [line for line in listing(parsed(document, tmp_path)) if BODY not in line] == [
        "heading1: 一、原则",
        "list_item1: （一）先切读流量",
        "list_item1: （二）再切写流量",
        "list_item1: （三）核对延迟",
        "heading1: 二、步骤",
        "list_item1: 1. 停写",
        "list_item1: 2. 切换",
    ]


def test_automatic_numbers_are_shown_in_headings_and_lists(tmp_path: Path) -> None:
    document = new_document()
    define_list(document, 90, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    define_list(document, 91, ("decimal", "%1"), ("decimal", "%1.%2"))
    define_list(document, 92, ("bullet", "\uf0b7"), ("lowerLetter", "%2)"))
    style = '<w:pStyle w:val="Heading1"/>'
    add_xml(
        document,
        numbered(90, 0, "现状").replace("<w:pPr>", f"<w:pPr>{style}"),
        numbered(90, 1, "网络", "<w:b/>"),
        paragraph(BODY),
        numbered(90, 1, "存储", "<w:b/>"),
        numbered(92, 0, "副本三份"),
        numbered(92, 1, "跨机架"),
        numbered(92, 1, "跨机房"),
        numbered(90, 0, "方案").replace("<w:pPr>", f"<w:pPr>{style}"),
        numbered(91, 0, "准备"),
        numbered(91, 1, "备份配置；"),
        numbered(91, 1, "通知座席；"),
        numbered(91, 0, "切换"),
    )
    assert [line for line in listing(parsed(document, tmp_path)) if BODY not in line] == [
        "heading1: 一、现状",
        "heading2: （一）网络",
        "heading2: （二）存储",
        "list_item1: • 副本三份",
        "list_item2: a) 跨机架",
        "list_item2: b) 跨机房",
        "heading1: 二、方案",
        "list_item1: 1 准备",
        "list_item2: 1.1 备份配置；",
        "list_item2: 1.2 通知座席；",
        "list_item1: 2 切换",
    ]


def test_the_cover_is_no_heading_and_the_revision_record_names_its_table(tmp_path: Path) -> None:
    document = new_document()
    for text, size in (("修订记录", 14.0), ("客服平台双活设计说明书", 26.0)):
        title = bold(document, text, size)
        title._parent.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if text == "修订记录":
            table = document.add_table(rows=2, cols=3)
            for at, cell in enumerate(("版本", "日期", "说明", "V1.1", "2025-03", "终版")):
                table.cell(at // 3, at % 3).text = cell
    bold(document, "一、概述")
    document.add_paragraph(BODY)
    found = parsed(document, tmp_path)
    assert listing(found) == [
        "caption: 修订记录",
        "table: 版本 | 日期 | 说明",
        "  V1.1 | 2025-03 | 终版",
        "paragraph: 客服平台双活设计说明书",
        "heading1: 一、概述",
        f"paragraph: {BODY}",
    ]
    assert found.properties.title == "客服平台双活设计说明书"
