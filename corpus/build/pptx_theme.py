"""A 16:9 template from python-pptx's default one: placeholders moved, Chinese fonts, a coloured band, real footers."""

import copy

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Cm

WIDTH, HEIGHT = 33.867, 19.05
TITLE_SLIDE, CONTENT, TWO_CONTENT, TITLE_ONLY = 0, 1, 3, 5
FONT = "微软雅黑"

_TITLE = (1.4, 0.5, 31, 1.9)
_BODY = (1.4, 3.0, 31, 14.2)
_PLACES = {
    TITLE_SLIDE: {0: (2.5, 5.6, 28.8, 3.2), 1: (2.5, 9.6, 28.8, 4.2)},
    CONTENT: {0: _TITLE, 1: _BODY},
    TWO_CONTENT: {0: _TITLE, 1: (1.4, 3.0, 15.2, 14.2), 2: (17.2, 3.0, 15.2, 14.2)},
    TITLE_ONLY: {0: _TITLE},
}
_FOOTERS = {PP_PLACEHOLDER.DATE: (1.4, 6), PP_PLACEHOLDER.FOOTER: (8, 18), PP_PLACEHOLDER.SLIDE_NUMBER: (27.4, 5)}


def template(accent: str) -> Deck:
    """An empty deck whose layouts fit 16:9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(WIDTH), Cm(HEIGHT)
    _chinese_fonts(deck)
    for index, layout in enumerate(deck.slide_layouts):
        for place in layout.placeholders:
            kind, number = place.placeholder_format.type, place.placeholder_format.idx
            if kind in _FOOTERS:
                left, width = _FOOTERS[kind]
                _put(place, (left, 17.9, width, 0.9))
            elif number in _PLACES.get(index, {}):
                _put(place, _PLACES[index][number])
    master = deck.slide_master
    for place in master.placeholders:
        if place.placeholder_format.type == PP_PLACEHOLDER.TITLE:
            _put(place, _TITLE)
        elif place.placeholder_format.type == PP_PLACEHOLDER.BODY:
            _put(place, _BODY)
    band = master.shapes._spTree
    scratch = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    shape = scratch.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, Cm(2.45), Cm(WIDTH), Cm(0.12))
    shape.name = "band"
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(accent)
    shape.line.fill.background()
    band.insert(2, shape._element)
    _drop(deck, scratch)
    for style, size in (("p:titleStyle", 2600), ("p:bodyStyle", None)):
        levels = master._element.find(qn("p:txStyles")).find(qn(style))
        for depth, properties in enumerate(levels.findall("*")):
            run = properties.find(qn("a:defRPr"))
            if run is not None:
                run.set("sz", str(size or (1800, 1600, 1400)[min(depth, 2)]))
            if style == "p:titleStyle" and depth == 0:
                properties.set("algn", "l")
                run.set("b", "1")
    return deck


def footers(slide: Slide, text: str) -> None:
    """Copies the layout's footer and slide-number placeholders onto the slide, as PowerPoint does on insert."""
    for place in slide.slide_layout.placeholders:
        kind = place.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        element = copy.deepcopy(place._element)
        slide.shapes._spTree.append(element)
        element.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in slide.shapes) + 1))
        if kind == PP_PLACEHOLDER.FOOTER:
            paragraph = element.txBody.findall(qn("a:p"))[0]
            for child in list(paragraph):
                paragraph.remove(child)
            run = paragraph.add_r()
            run.text = text


def _put(place: object, box: tuple[float, float, float, float]) -> None:
    place.left, place.top, place.width, place.height = (Cm(one) for one in box)


def _chinese_fonts(deck: Deck) -> None:
    part = next(rel.target_part for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme = part.blob.decode().replace('<a:ea typeface=""/>', f'<a:ea typeface="{FONT}"/>')
    part._blob = theme.encode()


def _drop(deck: Deck, slide: Slide) -> None:
    entry = deck.slides._sldIdLst[list(deck.slides).index(slide)]
    deck.part.drop_rel(entry.rId)
    deck.slides._sldIdLst.remove(entry)
