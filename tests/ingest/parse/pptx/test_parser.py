"""PowerPoint decks: every element, its kind and its place."""

from pathlib import Path
from typing import Any, cast

import pptx
import pytest
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Cm, Pt

from ingest.document import ParsedDocument
from ingest.errors import EmptyDocument
from ingest.parse.office.ooxml import NS, q
from ingest.parse.pptx.parser import parse
from tests.ingest.parse.listing import listing

TITLE_AND_CONTENT, TITLE_ONLY, BLANK = 1, 5, 6
A = f'xmlns:a="{NS["a"]}"'


@pytest.fixture
def deck() -> Any:
    return pptx.Presentation()


def add_slide(deck: Any, title: str = "", layout: int = TITLE_ONLY) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def add_text(shapes: Any, left: float, top: float, *lines: str, width: float = 6, height: float = 2) -> Any:
    box = shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(height))
    box.text_frame.text = "\n".join(lines)
    return box


def parsed(deck: Any, folder: Path) -> ParsedDocument:
    path = folder / "deck.pptx"
    deck.save(str(path))
    return parse(path)


def texts(document: ParsedDocument) -> list[str]:
    return [element.text for element in document.elements]


def test_title_bullets_and_notes(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, "双活目标", TITLE_AND_CONTENT)
    frame = slide.placeholders[1].text_frame
    frame.text = "RPO 为 0"
    frame.add_paragraph().text = "RTO 五分钟"
    frame.paragraphs[1].level = 1
    slide.notes_slide.notes_text_frame.text = "先讲指标。\n再讲代价。"
    found = parsed(deck, tmp_path)
    assert listing(found) == [
        "heading1: 双活目标",
        "list_item1: • RPO 为 0",
        "list_item2: – RTO 五分钟",
        "note: 先讲指标。",
        "note: 再讲代价。",
    ]
    assert {element.locator.headings for element in found.elements} == {("双活目标",)}
    assert [element.locator.shape for element in found.elements[-2:]] == [None, None]
    assert found.properties.title == "双活目标"


def test_numbers_and_bullets_as_shown(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, "步骤")
    box = add_text(slide.shapes, 2, 5, "停写", "核对", "细项", "切换", "普通一句", "① 手写编号")
    marks = (
        '<a:buAutoNum type="arabicPeriod"/>',
        '<a:buAutoNum type="arabicPeriod"/>',
        '<a:buAutoNum type="alphaLcParenR"/>',
        '<a:buAutoNum type="arabicPeriod"/>',
        "<a:buNone/>",
        "",
    )
    for paragraph, mark in zip(box.text_frame.paragraphs, marks, strict=True):
        level = ' lvl="1"' if "alphaLc" in mark else ""
        paragraph._p.insert(0, parse_xml(f"<a:pPr {A}{level}>{mark}</a:pPr>"))
    assert listing(parsed(deck, tmp_path))[1:] == [
        "list_item1: 1. 停写",
        "list_item1: 2. 核对",
        "list_item2: a) 细项",
        "list_item1: 3. 切换",
        "paragraph: 普通一句",
        "list_item1: ① 手写编号",
    ]


def test_columns_are_read_one_by_one_and_groups_stay_together(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, "两地部署")
    right = slide.shapes.add_group_shape()
    add_text(right.shapes, 14, 9, "厦门：灾备")
    add_text(right.shapes, 14, 5, "右栏")
    add_text(slide.shapes, 2, 9, "北京：主站")
    add_text(slide.shapes, 2, 5, "左栏")
    found = parsed(deck, tmp_path)
    assert texts(found) == ["两地部署", "左栏", "北京：主站", "右栏", "厦门：灾备"]
    inner = {shape.shape_id for shape in right.shapes}
    assert {element.locator.shape for element in found.elements[-2:]} == inner


def test_a_text_box_can_stand_for_the_title(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, layout=BLANK)
    add_text(slide.shapes, 2, 8, "正文在下面，说明两个站点的分工。")
    title = add_text(slide.shapes, 2, 1, "总体架构")
    title.text_frame.paragraphs[0].runs[0].font.size = Pt(28)
    add_text(slide.shapes, 12, 1, "内部资料")
    found = parsed(deck, tmp_path)
    assert listing(found)[0] == "heading1: 总体架构"
    assert found.elements[0].locator.shape == title.shape_id
    assert texts(found)[1:] == ["内部资料", "正文在下面，说明两个站点的分工。"]


def test_a_box_of_a_diagram_is_one_line(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, "架构")
    add_text(slide.shapes, 2, 5, "智能外呼", "一期 120 路")
    add_text(slide.shapes, 2, 9, "主站负责全部写入。", "备站只读。")
    assert texts(parsed(deck, tmp_path)) == ["架构", "智能外呼 一期 120 路", "主站负责全部写入。", "备站只读。"]


def test_tables_with_merged_cells(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, "恢复目标")
    table = slide.shapes.add_table(4, 3, Cm(2), Cm(5), Cm(20), Cm(6)).table
    rows = (("类别", "RPO", ""), ("", "V1.0", "V1.2"), ("交易", "0", "≤5秒"), ("检索", "≤60秒", "≤30秒"))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    assert listing(parsed(deck, tmp_path))[1:] == [
        "table: 类别 | RPO / V1.0 | RPO / V1.2",
        "  交易 | 0 | ≤5秒",
        "  检索 | ≤60秒 | ≤30秒",
    ]


def test_charts_are_tables(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, "压测")
    data: Any = cast("Any", CategoryChartData)(number_format="0.0%")
    data.categories = ["中期", "终测"]
    data.add_series("召回", (0.846, 0.925))
    data.add_series("准确", (None, 0.868))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(2), Cm(4), Cm(10), Cm(6), data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "两轮评测"
    points: Any = cast("Any", XyChartData)()
    series = points.add_series("延迟")
    series.add_data_point(10, 1.5)
    slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, Cm(2), Cm(11), Cm(10), Cm(6), points)
    assert listing(parsed(deck, tmp_path))[1:] == [
        "caption: 两轮评测",
        "table:  | 召回 | 准确",
        "  中期 | 84.6% | ",
        "  终测 | 92.5% | 86.8%",
        "table: 系列 | X | Y",
        "  延迟 | 10 | 1.5",
    ]


def test_smart_art_is_a_nested_list(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, "流程")
    point = "<dgm:pt modelId='{0}'{2}><dgm:t><a:p><a:r><a:t>{1}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    link = "<dgm:cxn modelId='{0}{1}' srcId='{0}' destId='{1}' srcOrd='{2}' destOrd='0'/>"
    data = (
        f"<dgm:dataModel xmlns:dgm='{NS['dgm']}' {A}><dgm:ptLst><dgm:pt modelId='0' type='doc'/>"
        + "".join(
            point.format(*one) for one in ((3, "切换", ""), (1, "准备", ""), (2, "停写", ""), (4, "", " type='pres'"))
        )
        + f"</dgm:ptLst><dgm:cxnLst>{link.format(0, 1, 0)}{link.format(0, 3, 1)}{link.format(1, 2, 0)}</dgm:cxnLst>"
        "</dgm:dataModel>"
    )
    part = Part(PackURI("/ppt/diagrams/data1.xml"), "application/xml", deck.part.package, data.encode())
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relationship = slide.part.relate_to(part, f"{base}/diagramData")
    slide.shapes._spTree.append(
        parse_xml(
            f"<p:graphicFrame xmlns:p='{NS['p']}' {A}><p:nvGraphicFramePr><p:cNvPr id='44' name='图'/>"
            "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x='0' y='3000000'/>"
            f"<a:ext cx='9' cy='9'/></p:xfrm><a:graphic><a:graphicData uri='{NS['dgm']}'>"
            f"<dgm:relIds xmlns:dgm='{NS['dgm']}' xmlns:r='{NS['r']}' r:dm='{relationship}'/>"
            "</a:graphicData></a:graphic></p:graphicFrame>"
        )
    )
    found = parsed(deck, tmp_path)
    assert listing(found)[1:] == ["list_item1: 准备", "list_item2: 停写", "list_item1: 切换"]
    assert found.elements[1].locator.shape == 44


def test_footers_contents_and_slide_numbers_stay_out(deck: Any, tmp_path: Path) -> None:
    contents = add_slide(deck, "目 录")
    add_text(contents.shapes, 2, 5, "一、背景", "二、方案")
    for number in range(2, 6):
        slide = add_slide(deck, f"第{number}页标题")
        add_text(slide.shapes, 2, 6, "正文")
        add_text(slide.shapes, 1, 18, "海川银行 | 内部资料", height=1)
        add_text(slide.shapes, 22, 18, f"{number}", width=1, height=1)
        field = f"<a:fld {A} id='{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}' type='slidenum'><a:t>9</a:t></a:fld>"
        add_text(slide.shapes, 2, 9, "页码").text_frame.paragraphs[0]._p.append(parse_xml(field))
    found = parsed(deck, tmp_path)
    assert texts(found) == [text for number in range(2, 6) for text in (f"第{number}页标题", "正文", "页码")]
    assert found.elements[0].locator.slide == 2


def test_comments_are_notes(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, "报价")
    xml = f"<p:cmLst xmlns:p='{NS['p']}'><p:cm><p:text>金额待商务确认</p:text></p:cm></p:cmLst>"
    part = Part(PackURI("/ppt/comments/comment1.xml"), "application/xml", deck.part.package, xml.encode())
    slide.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments")
    assert listing(parsed(deck, tmp_path)) == ["heading1: 报价", "note: 金额待商务确认"]


def test_alternative_forms_are_read_once(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, "公式")
    shape = add_text(slide.shapes, 2, 5, "卡数 = 并发 ÷ 单卡")._element
    mc = f"xmlns:mc='{NS['mc']}'"
    alternate = parse_xml(f"<mc:AlternateContent {mc}><mc:Choice Requires='x'/><mc:Fallback/></mc:AlternateContent>")
    slide.shapes._spTree.append(alternate)
    alternate[0].append(shape)
    fallback = add_text(slide.shapes, 2, 5, "旧式")._element
    alternate[1].append(fallback)
    assert texts(parsed(deck, tmp_path)) == ["公式", "卡数 = 并发 ÷ 单卡"]


def test_a_deck_without_text_is_empty(deck: Any, tmp_path: Path) -> None:
    add_slide(deck, layout=BLANK)
    with pytest.raises(EmptyDocument, match=r"deck\.pptx has no text"):
        parsed(deck, tmp_path)


def test_every_locator_opens_the_shape_its_text_stands_in(deck: Any, tmp_path: Path) -> None:
    first = add_slide(deck, "一", TITLE_AND_CONTENT)
    first.placeholders[1].text_frame.text = "要点"
    second = add_slide(deck, "二")
    group = second.shapes.add_group_shape()
    add_text(group.shapes, 3, 6, "组里的字")
    second.shapes.add_table(1, 2, Cm(2), Cm(12), Cm(9), Cm(2)).table.cell(0, 1).text = "74"
    found = parsed(deck, tmp_path)
    opened = pptx.Presentation(str(tmp_path / "deck.pptx"))
    assert len(found.elements) == 5
    for element in found.elements:
        place = element.table.rows[0].locator if element.table else element.locator
        assert place.slide is not None
        shapes = opened.slides[place.slide - 1].shapes._spTree.iter(q("p:cNvPr"))
        owner = next(one for one in shapes if one.get("id") == str(place.shape)).getparent().getparent()
        there = "".join(str(one.text) for one in owner.iter(q("a:t")))
        text = element.table.rows[0].cells[-1] if element.table else element.text.removeprefix("• ")
        assert text in there
