"""What lies on a worksheet's drawing layer: text boxes, groups, pictures, charts, SmartArt, each over some cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.parse.office.drawing import paragraphs
from ingest.parse.office.ooxml import NS, elements, integer, q
from ingest.parse.office.parts import Parts
from ingest.parse.xlsx.ranges import LAST_COLUMN, LAST_ROW, Rect

D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_ANCHORS = (f"{D}twoCellAnchor", f"{D}oneCellAnchor", f"{D}absoluteAnchor")
_DEEPEST = 100


@dataclass(frozen=True)
class Drawn:
    """A shape on the drawing `part`, over the cells of `place` (None on a chart sheet): its kind is `text` (then `text`
    is set), `picture` (then `relation` is the picture's) or `graphic`.
    """

    kind: str
    part: str
    place: Rect | None
    element: etree._Element
    text: str = ""
    relation: str = ""


def read_drawings(parts: Parts, sheet: str) -> Iterator[Drawn]:
    """The shapes drawn on the sheet at this part, from top to bottom."""
    found: list[Drawn] = []
    for part in parts.by_kind(sheet, "drawing"):
        root = parts.xml(part)
        for anchor in root.iter(*_ANCHORS) if root is not None else ():
            place = _place(anchor)
            found += [drawn for one in elements(anchor) for drawn in _shapes(one, part, place, 0)]
    yield from sorted(found, key=lambda one: (one.place.top, one.place.left) if one.place else (0, 0))


def properties(shape: etree._Element) -> etree._Element | None:
    """The shape's `cNvPr`: its name and alternative text."""
    return next(shape.iter(f"{D}cNvPr"), None)


def _place(anchor: etree._Element) -> Rect | None:
    corners = [anchor.find(f"{D}from"), anchor.find(f"{D}to")]
    cells = [
        (integer(one.findtext(f"{D}row")) or 0, integer(one.findtext(f"{D}col")) or 0)
        for one in corners
        if one is not None
    ]
    if not cells:
        return None
    top, left = min(max(cells[0][0], 0) + 1, LAST_ROW), min(max(cells[0][1], 0) + 1, LAST_COLUMN)
    bottom, right = min(cells[-1][0] + 1, LAST_ROW), min(cells[-1][1] + 1, LAST_COLUMN)
    return Rect(top, left, max(top, bottom), max(left, right))


def _shapes(element: etree._Element, part: str, place: Rect | None, depth: int) -> Iterator[Drawn]:
    """Of alternative forms the first that holds a shape known here."""
    if depth > _DEEPEST:
        return
    if element.tag == q("mc:AlternateContent"):
        for branch in elements(element):
            found = [drawn for one in elements(branch) for drawn in _shapes(one, part, place, depth + 1)]
            if found:
                yield from found
                return
    elif element.tag == f"{D}grpSp":
        for one in elements(element):
            yield from _shapes(one, part, place, depth + 1)
    elif element.tag == f"{D}graphicFrame":
        yield Drawn("graphic", part, place, element)
    elif element.tag in {f"{D}sp", f"{D}pic", f"{D}cxnSp"}:
        relation = _blip(element)
        if relation:
            yield Drawn("picture", part, place, element, relation=relation)
        text = " ".join(paragraphs(element))
        if text:
            yield Drawn("text", part, place, element, text=text)


def _blip(shape: etree._Element) -> str:
    """The relationship of the picture that a shape shows; a vector drawing beside it is the same picture."""
    blip = shape.find(".//a:blip", NS)
    return "" if blip is None else blip.get(q("r:embed")) or ""
