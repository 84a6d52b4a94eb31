"""Every span of every chunk of a deck is found where its locator points, with python-pptx as the witness."""

import io
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PROG_ID
from pptx.util import Cm, Emu

from ingest.document import Locator
from ingest.parse.context import Context
from ingest.parse.office.ooxml import NS
from ingest.parse.pptx.parser import parse
from ingest.split import split
from tests.ingest.parse.pptx.test_parser import BLANK, TITLE_AND_CONTENT, add_slide, add_text
from tests.ingest.parse.xlsx.test_layers import Seen, changed, png

P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


@pytest.fixture
def deck() -> Any:
    made = pptx.Presentation()
    first = add_slide(made, "总体方案", TITLE_AND_CONTENT)
    first.placeholders[1].text_frame.text = "两地三中心\n同城双活，异地灾备。"
    first.notes_slide.notes_text_frame.text = "先讲现状，再讲目标。"
    second = add_slide(made, "资源与指标")
    table = second.shapes.add_table(40, 3, Cm(2), Cm(4), Cm(20), Cm(12)).table
    for at in range(40):
        for column, text in enumerate(("编号", "组件", "指标") if not at else (str(at), f"组件{at}", f"{at * 3} 秒")):
            table.cell(at, column).text = text
    third = add_slide(made, layout=BLANK)
    group = third.shapes.add_group_shape()
    inner = group.shapes.add_group_shape()
    add_text(inner.shapes, 3, 6, "组中之组")
    add_text(group.shapes, 8, 6, "组里的字")
    data: Any = cast("Any", CategoryChartData)()
    data.categories = ["北京", "厦门"]
    data.add_series("机柜", (40, 20))
    third.shapes.add_chart(XL_CHART_TYPE.PIE, Cm(14), Cm(4), Cm(8), Cm(6), data)
    return made


def saved(deck: Any, folder: Path) -> Path:
    path = folder / "deck.pptx"
    deck.save(str(path))
    return path


def shapes_of(shapes: Any) -> dict[int, Any]:
    found = {}
    for shape in shapes:
        found[shape.shape_id] = shape
        if hasattr(shape, "shapes"):
            found |= shapes_of(shape.shapes)
    return found


def texts_of(slide: Any, place: Locator) -> str:
    if place.shape is None:
        return str(slide.notes_slide.notes_text_frame.text)
    shape = shapes_of(slide.shapes)[place.shape]
    if shape.has_text_frame:
        return str(shape.text_frame.text)
    if getattr(shape, "has_table", False):
        rows = list(shape.table.rows)
        rows = rows if place.row is None else [rows[place.row - 1]]
        return "\n".join(cell.text for row in rows for cell in row.cells)
    plot = shape.chart.plots[0]
    return "\n".join([*plot.categories, *(f"{value:g}" for series in plot.series for value in series.values)])


@pytest.mark.parametrize("target", [80, 500])
def test_every_span_opens(deck: Any, tmp_path: Path, target: int) -> None:
    path = saved(deck, tmp_path)
    slides = list(pptx.Presentation(str(path)).slides)
    spans = [span for chunk in split("id", parse(path).elements, target) for span in chunk.spans]
    for span in spans:
        assert span.locator.slide is not None
        there = texts_of(slides[span.locator.slide - 1], span.locator)
        for text in span.cells or (span.text.removeprefix("• "),):
            assert text in there
    rows = [span.locator.row for span in spans if span.kind == "row" and span.locator.slide == 2]
    assert rows == list(range(2, 41))


def test_boxes_are_where_the_shapes_stand(deck: Any, tmp_path: Path) -> None:
    group = next(shape for shape in deck.slides[2].shapes if hasattr(shape, "shapes"))
    group.left, group.top, group.width, group.height = (
        Emu(one * 2) for one in (group.left, group.top, group.width, group.height)
    )
    document = parse(saved(deck, tmp_path))
    title = deck.slides[0].shapes.title
    edges = (title.left, title.top, title.left + title.width, title.top + title.height)
    assert document.elements[0].locator.bbox == pytest.approx([edge / 12700 for edge in edges], abs=0.1)
    (table,) = [one.table for one in document.elements if one.table and one.locator.slide == 2]
    boxes = [row.locator.bbox for row in table.rows]
    assert boxes[0] == pytest.approx([56.7, 113.4 + 340.2 / 40, 623.6, 113.4 + 2 * 340.2 / 40], abs=1)
    assert all(a and b and a[3] == b[1] for a, b in pairwise(boxes))
    inner = next(one.locator.bbox for one in document.elements if one.text == "组里的字")
    assert inner is not None
    assert inner[:2] == pytest.approx([16 / 2.54 * 72, 12 / 2.54 * 72], abs=0.5)
    assert inner[2] - inner[0] == pytest.approx(12 / 2.54 * 72, abs=0.5)


def test_sections_and_hidden_slides_are_in_the_path(deck: Any, tmp_path: Path) -> None:
    ids = [one.get("id") for one in deck.slides._sldIdLst]
    listed = "".join(f'<p14:sldId id="{one}"/>' for one in ids[1:])
    sections = f'<p14:section name="二、资源" id="{{1}}"><p14:sldIdLst>{listed}</p14:sldIdLst></p14:section>'
    extension = (
        f'<p:extLst><p:ext uri="{{5}}"><p14:sectionLst xmlns:p14="{P14}">{sections}</p14:sectionLst></p:ext></p:extLst>'
    )

    def add(parts: dict[str, bytes]) -> None:
        name = "ppt/presentation.xml"
        parts[name] = parts[name].split(b"<p:extLst>")[0].removesuffix(b"</p:presentation>") + extension.encode()
        parts[name] += b"</p:presentation>"

    deck.slides[1]._element.set("show", "0")
    document = parse(changed(saved(deck, tmp_path), add))
    paths = {element.locator.slide: element.locator.headings for element in document.elements}
    assert paths == {1: ("总体方案",), 2: ("二、资源", "资源与指标", "（隐藏）"), 3: ("二、资源",)}


def test_pictures_files_links_and_alternative_texts(deck: Any, tmp_path: Path) -> None:
    shapes = deck.slides[0].shapes
    picture = shapes.add_picture(io.BytesIO(png()), Cm(1), Cm(1), Cm(4), Cm(3))
    picture._element.nvPicPr.cNvPr.set("descr", "北京与厦门双活拓扑")
    shapes.add_ole_object(io.BytesIO(b"PK\x03\x04"), PROG_ID.XLSX, Cm(1), Cm(9))
    run = add_text(shapes, 2, 14, "评估口径").text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = "https://example.com/sizing"
    pictures, files = Seen(), Seen()
    document = parse(saved(deck, tmp_path), Context(pictures=pictures, nested=files))
    assert pictures.places[0].shape == picture.shape_id
    assert str(pictures.places[0].picture).startswith("ppt/media/")
    assert pictures.places[0].bbox is not None
    assert [name.rpartition(".")[2] for name in files.names] == ["xlsx"]
    texts = [element.text for element in document.elements]
    assert "北京与厦门双活拓扑" in texts
    assert "评估口径：https://example.com/sizing" in texts


def test_what_is_left_out_is_told(deck: Any, tmp_path: Path) -> None:
    slide = add_slide(deck, "目录")
    add_text(slide.shapes, 2, 5, "一、背景")
    hidden = add_text(deck.slides[0].shapes, 2, 9, "藏起来的字")
    hidden._element.nvSpPr.cNvPr.set("hidden", "1")
    footer = deck.slides[0].placeholders[1]._element.nvSpPr.nvPr
    footer[0].set("type", "ftr")
    document = parse(saved(deck, tmp_path))
    told = [(one.reason, one.text) for one in document.left_out]
    assert ("footer", "两地三中心 同城双活，异地灾备。") in told
    assert ("invisible", "藏起来的字") in told
    assert ("contents", "一、背景") in told
    assert not {"藏起来的字", "一、背景"} & {element.text for element in document.elements}


def test_threaded_comments_name_their_author_and_shape(deck: Any, tmp_path: Path) -> None:
    title = deck.slides[0].shapes.title.shape_id
    space = 'xmlns="http://schemas.microsoft.com/office/powerpoint/2018/8/main"'
    body = '<{0}txBody><a:p xmlns:a="%s"><a:r><a:t>{1}</a:t></a:r></a:p></{0}txBody>' % NS["a"]  # noqa: UP031

    def add(parts: dict[str, bytes]) -> None:
        parts["ppt/authors.xml"] = f'<authorLst {space}><author id="{{A}}" name="王工"/></authorLst>'.encode()
        parts["ppt/comments/c.xml"] = (
            f'<cmLst {space}><cm authorId="{{A}}"><deMkLst><spMk id="{title}"/></deMkLst><replyLst><reply '
            f'authorId="{{A}}">{body.format("", "同意")}</reply></replyLst>{body.format("", "标题太大")}</cm></cmLst>'
        ).encode()
        for rels, kind, target in (
            ("ppt/_rels/presentation.xml.rels", "authors", "authors.xml"),
            ("ppt/slides/_rels/slide1.xml.rels", "comments", "../comments/c.xml"),
        ):
            one = f'<Relationship Id="rId99" Type="http://x/{kind}" Target="{target}"/></Relationships>'
            parts[rels] = parts[rels].replace(b"</Relationships>", one.encode())

    document = parse(changed(saved(deck, tmp_path), add))
    notes = [element for element in document.elements if "批注（王工）" in element.locator.headings]
    assert [(one.text, one.locator.shape) for one in notes] == [("标题太大", title), ("同意", title)]


@pytest.mark.parametrize("kind", ["slideshow.main", "template.main"])
def test_shows_and_templates_are_read(deck: Any, tmp_path: Path, kind: str) -> None:
    def change(parts: dict[str, bytes]) -> None:
        name = "[Content_Types].xml"
        parts[name] = parts[name].replace(b"presentationml.presentation.main", f"presentationml.{kind}".encode())

    assert parse(changed(saved(deck, tmp_path), change)).elements[0].text == "总体方案"


def test_a_damaged_slide_does_not_cost_the_others(deck: Any, tmp_path: Path) -> None:
    def damage(parts: dict[str, bytes]) -> None:
        parts["ppt/slides/slide2.xml"] = parts["ppt/slides/slide2.xml"][:400]
        del parts["ppt/notesSlides/notesSlide1.xml"]

    document = parse(changed(saved(deck, tmp_path), damage))
    assert {element.locator.slide for element in document.elements} == {1, 3}
    assert {one.locator.slide for one in document.unread if one.locator} == {2}
    assert any("notesSlide1" in one.message for one in document.unread)


@pytest.mark.timeout(60)
def test_deep_groups_and_many_shapes(deck: Any, tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        shape = (
            '<p:sp><p:nvSpPr><p:cNvPr id="{0}" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
            '<a:off x="0" y="{1}"/><a:ext cx="9" cy="9"/></a:xfrm></p:spPr><p:txBody><a:p><a:r><a:t>字{0}</a:t>'
            "</a:r></a:p></p:txBody></p:sp>"
        )
        many = "".join(shape.format(at + 100, at * (6000 - at)) for at in range(1500))
        deep = "<p:grpSp>" * 200 + "</p:grpSp>" * 200
        name = "ppt/slides/slide3.xml"
        parts[name] = parts[name].replace(b"</p:spTree>", (many + deep).encode() + b"</p:spTree>")

    document = parse(changed(saved(deck, tmp_path), change))
    assert [element.text for element in document.elements if element.text.startswith("字")][:2] == ["字100", "字101"]
    assert sum(element.text.startswith("字") for element in document.elements) == 1500
