"""Boxes, zones and arrows of a diagram as shapes on a slide."""

from diagram import Box, Zone
from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.shapetree import GroupShapes, SlideShapes
from pptx.util import Cm, Pt


def zone(shapes: GroupShapes, zone: Zone, left: float, top: float) -> None:
    shape = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, Cm(left + zone.x), Cm(top + zone.y), Cm(zone.w), Cm(zone.h))
    shape.adjustments[0] = 0.03
    _label(shape, zone.label, zone.fill, "7F8FA9", 13, bold=True)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def box(shapes: GroupShapes | SlideShapes, box: Box, left: float, top: float) -> Shape:
    shape = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, Cm(left + box.x), Cm(top + box.y), Cm(box.w), Cm(box.h))
    _label(shape, box.label, box.fill, "2F5597", 11)
    return shape


def _label(shape: Shape, text: str, fill: str, edge: str, size: float, *, bold: bool = False) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(fill)
    shape.line.color.rgb = RGBColor.from_string(edge)
    shape.shadow.inherit = False
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = Cm(0.15)
    frame.margin_top = frame.margin_bottom = Cm(0.05)
    frame.word_wrap = True
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor(0x1F, 0x29, 0x37)


def arrow_heads(line: object, *, both: bool) -> None:
    properties = line.line._get_or_add_ln()
    if both:
        etree.SubElement(properties, qn("a:headEnd"), type="triangle")
    etree.SubElement(properties, qn("a:tailEnd"), type="triangle")
