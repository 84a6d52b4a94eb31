"""Charts and SmartArt that a drawing frames, whatever kind of document the drawing is in."""

from collections.abc import Iterator

from lxml import etree

from ingest.document import Element, Locator
from ingest.parse.office.graphics import read_graphic
from ingest.parse.office.ooxml import q
from ingest.parse.office.parts import Parts

_CHART_EX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"
_GENERATED = ("描述已自动生成", "automatically generated", "自动生成的说明")
_MEANINGLESS = 2
"""Characters of an alternative text that say nothing."""


def framed(parts: Parts, part: str, frame: etree._Element, place: Locator) -> Iterator[Element]:
    """What the chart or SmartArt inside `frame`, an element of `part`, tells; with the texts drawn on a chart."""
    for one in frame.iter(q("c:chart"), q("dgm:relIds"), _CHART_EX):
        relation = parts.by_id(part, one.get(q("r:id")) or one.get(q("r:dm")))
        blob = parts.blob(relation.target) if relation and not relation.outside else None
        if relation is None or blob is None or parts.xml(relation.target) is None:
            continue
        told = read_graphic(blob, place)
        yield from told
        # What is written elsewhere on a chart: the titles of its axes, labels of single points, texts drawn over it.
        known = "\n".join(text for element in told for text in _texts(element))
        drawn = (relation.target, *parts.by_kind(relation.target, "chartUserShapes"))
        for root in map(parts.xml, drawn):
            for text in paragraphs(root) if root is not None else ():
                if text not in known:
                    known += f"\n{text}"
                    yield Element(kind="note", text=text, locator=place)


def _texts(element: Element) -> Iterator[str]:
    yield element.text
    if element.table:
        yield from element.table.header
        for row in element.table.rows:
            yield from row.cells


def paragraphs(element: etree._Element) -> Iterator[str]:
    """The paragraphs of DrawingML text below `element`, each on one line, empty ones left out."""
    for paragraph in element.iter(q("a:p")):
        words = ("\n" if one.tag == q("a:br") else one.text or "" for one in paragraph.iter(q("a:t"), q("a:br")))
        text = " ".join("".join(words).split())
        if text:
            yield text


def alternative_text(properties: etree._Element | None) -> str:
    """What somebody wrote for those who cannot see a picture or chart (`descr` of a `cNvPr`); empty where a program
    wrote it, or where it is a file's name.
    """
    text = " ".join((properties.get("descr") or "").split()) if properties is not None else ""
    lowered = text.lower()
    if any(sign in lowered for sign in _GENERATED) or len(text) <= _MEANINGLESS:
        return ""
    return "" if lowered.endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".svg", ".tif")) else text
