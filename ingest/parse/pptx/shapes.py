"""The shapes of a slide that carry content, in reading order, groups and alternative forms looked into."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.document import BBox
from ingest.parse.office.ooxml import NS, child, elements, integer, q
from ingest.parse.pptx.layout import TITLES, Layouts, placeholder
from ingest.parse.pptx.order import Box, reading_order

_EMU_PER_POINT = 12_700
_KINDS = {q("p:sp"): "text", q("p:graphicFrame"): "graphic", q("p:pic"): "picture", q("p:grpSp"): "group"}
_PAINTED = _KINDS | {q("p:cxnSp"): "line"}
_DEEPEST = 40
_Place = tuple[float, float, float, float]
"""Left, top, right and bottom in English Metric Units."""


@dataclass(frozen=True)
class Shape:
    """A shape: its id on the slide, its XML, what it is (`text`, `graphic`, `picture`), its place on the slide.

    `role` is the type of its placeholder (`title`, `body`, `ftr`…), empty where it is none.
    """

    id: int
    kind: str
    element: etree._Element
    place: _Place
    role: str

    @property
    def is_title(self) -> bool:
        """Whether it is the placeholder of the slide's title."""
        return self.role in TITLES

    @property
    def top(self) -> float:
        """The upper edge in English Metric Units."""
        return self.place[1]

    @property
    def body(self) -> etree._Element | None:
        """The text body (`p:txBody`)."""
        return child(self.element, "p:txBody")

    @property
    def properties(self) -> etree._Element | None:
        """Its `p:cNvPr`: name, alternative text, whether it is hidden."""
        return next(self.element.iter(q("p:cNvPr")), None)

    @property
    def bbox(self) -> BBox | None:
        """Its place in points; None where none is stated."""
        return points(self.place)

    @property
    def picture(self) -> str:
        """The relationship of the picture it shows or is filled with; empty where there is none."""
        blip = self.element.find("p:blipFill/a:blip", NS)
        blip = self.element.find("p:spPr/a:blipFill/a:blip", NS) if blip is None else blip
        return "" if blip is None else blip.get(q("r:embed")) or ""


def points(place: _Place) -> BBox | None:
    """A place in points from the slide's top left."""
    if place[0] == place[2] and place[1] == place[3]:
        return None
    x0, y0, x1, y1 = (round(edge / _EMU_PER_POINT, 1) for edge in place)
    return x0, y0, x1, y1


@dataclass(frozen=True)
class _Frame:
    """From the coordinates inside a group to those of the slide: edges times `scale` plus `shift`."""

    scale: tuple[float, float] = (1.0, 1.0)
    shift: tuple[float, float] = (0.0, 0.0)

    def put(self, place: _Place) -> _Place:
        (wide, high), (right, down) = self.scale, self.shift
        return place[0] * wide + right, place[1] * high + down, place[2] * wide + right, place[3] * high + down


def read_shapes(slide: str, root: etree._Element, layouts: Layouts) -> list[Shape]:
    """The shapes of the slide at the part `slide` with text, a picture or a graphic frame, in reading order."""
    tree = child(root, "p:cSld", "p:spTree")
    return [] if tree is None else _ordered(tree, slide, layouts, _Frame(), 0)


def painted_shapes(slide: str, root: etree._Element, layouts: Layouts) -> list[Shape]:
    """All shapes of the slide, layout or master at the part `slide`, also those without content, bottom to top; lines
    are of the kind `line`.
    """
    tree = child(root, "p:cSld", "p:spTree")
    return [] if tree is None else list(_painted(tree, slide, layouts, _Frame(), 0))


def _painted(tree: etree._Element, slide: str, layouts: Layouts, frame: _Frame, depth: int) -> Iterator[Shape]:
    for element in _elements(tree, _PAINTED):
        transform = layouts.transform(slide, element)
        if _PAINTED[element.tag] != "group":
            yield _shape(element, _PAINTED[element.tag], frame.put(_place(transform)))
        elif depth < _DEEPEST:
            yield from _painted(element, slide, layouts, _inside(transform, frame), depth + 1)


def _ordered(tree: etree._Element, slide: str, layouts: Layouts, frame: _Frame, depth: int) -> list[Shape]:
    boxes: list[Box[list[Shape]]] = []
    for element in _elements(tree):
        kind = _KINDS[element.tag]
        transform = layouts.transform(slide, element)
        place = frame.put(_place(transform))
        if kind == "group":
            inner = _inside(transform, frame)
            found = _ordered(element, slide, layouts, inner, depth + 1) if depth < _DEEPEST else []
        else:
            shape = _shape(element, kind, place)
            found = [shape] if _has_content(shape) else []
        if found:
            boxes.append(Box(found, *(round(edge) for edge in place)))
    return [shape for found in reading_order(boxes) for shape in found]


def _shape(element: etree._Element, kind: str, place: _Place) -> Shape:
    properties, stated = next(element.iter(q("p:cNvPr")), None), placeholder(element)
    number = integer(properties.get("id")) if properties is not None else None
    return Shape(number or 0, kind, element, place, "" if stated is None else stated.get("type", "obj"))


def _elements(tree: etree._Element, kinds: Mapping[str, str] = _KINDS) -> Iterator[etree._Element]:
    """The shape elements of a tree; of alternative forms the first that holds a shape known here."""
    for element in elements(tree):
        if element.tag in kinds:
            yield element
        elif element.tag == q("mc:AlternateContent"):
            for branch in elements(element):
                found = list(_elements(branch, kinds))
                if found:
                    yield from found
                    break


def _place(transform: etree._Element | None) -> _Place:
    """Where the transform puts a shape, before the group around it moves it; turned shapes get a box around them."""
    left, top, width, high = _pair(transform, "a:off", "x", "y") + _pair(transform, "a:ext", "cx", "cy")
    turn = math.radians((integer(transform.get("rot")) or 0) / 60_000) if transform is not None else 0.0
    if turn:
        across = abs(width * math.cos(turn)) + abs(high * math.sin(turn))
        down = abs(width * math.sin(turn)) + abs(high * math.cos(turn))
        left, top, width, high = left + (width - across) / 2, top + (high - down) / 2, across, down
    return left, top, left + width, top + high


def _pair(transform: etree._Element | None, name: str, *keys: str) -> tuple[float, float]:
    found = child(transform, name)
    first, second = (float(integer(found.get(key)) or 0) if found is not None else 0.0 for key in keys)
    return first, second


def _inside(transform: etree._Element | None, around: _Frame) -> _Frame:
    """The frame for what is in a group: its children count in coordinates of their own."""
    off, ext = _pair(transform, "a:off", "x", "y"), _pair(transform, "a:ext", "cx", "cy")
    inner_off, inner_ext = _pair(transform, "a:chOff", "x", "y"), _pair(transform, "a:chExt", "cx", "cy")
    scale = [outer / inner if inner and outer else 1.0 for outer, inner in zip(ext, inner_ext, strict=True)]
    shift = [outer - inner * by for outer, inner, by in zip(off, inner_off, scale, strict=True)]
    (wide, high), (right, down) = around.scale, around.shift
    return _Frame((scale[0] * wide, scale[1] * high), (shift[0] * wide + right, shift[1] * high + down))


def _has_content(shape: Shape) -> bool:
    if shape.kind == "graphic" or shape.picture:
        return True
    body = shape.body
    return body is not None and any((one.text or "").strip() for one in body.iter(q("a:t"), q("m:t")))
