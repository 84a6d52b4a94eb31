"""The shapes of a slide that carry content, in reading order, groups and alternative forms looked into."""

from collections.abc import Iterator
from typing import Any, cast

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.shapes.shapetree import SlideShapeFactory
from pptx.slide import Slide

from ingest.parse.office.ooxml import child, elements, q
from ingest.parse.pptx.order import Box, reading_order

_FRINGE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER}
_SHAPES = {q("p:sp"), q("p:graphicFrame"), q("p:grpSp")}

Shape = Any
"""A python-pptx shape; the library ships no types."""


def read_shapes(slide: Slide) -> list[Shape]:
    """The slide's text shapes and graphic frames in reading order, without footers, dates and slide numbers."""
    return _ordered(slide.shapes._spTree, slide.shapes)


def _ordered(tree: etree._Element, parent: Any) -> list[Shape]:
    boxes: list[Box[list[Shape]]] = []
    for element in _elements(tree):
        shape: Shape = SlideShapeFactory(cast("Any", element), parent)
        if element.tag == q("p:grpSp"):
            found = _ordered(element, shape)
        else:
            found = [] if _is_fringe(shape) or not _has_content(element) else [shape]
        if found:
            left, top = int(shape.left or 0), int(shape.top or 0)
            boxes.append(Box(found, left, top, left + int(shape.width or 0), top + int(shape.height or 0)))
    return [shape for found in reading_order(boxes) for shape in found]


def _elements(tree: etree._Element) -> Iterator[etree._Element]:
    """The shape elements of a tree; of alternative forms the first that holds a shape known here."""
    for element in elements(tree):
        if element.tag in _SHAPES:
            yield element
        elif element.tag == q("mc:AlternateContent"):
            for branch in elements(element):
                found = list(_elements(branch))
                if found:
                    yield from found
                    break


def _is_fringe(shape: Shape) -> bool:
    return bool(shape.is_placeholder) and shape.placeholder_format.type in _FRINGE


def _has_content(element: etree._Element) -> bool:
    if element.tag == q("p:graphicFrame"):
        return True
    body = child(element, "p:txBody")
    return body is not None and any((one.text or "").strip() for one in body.iter(q("a:t"), q("m:t")))
