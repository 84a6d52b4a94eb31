"""Reads one slide into elements: its title, what stands on it in reading order, its comments and speaker notes."""

from collections.abc import Iterator, Sequence

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.slide import Slide

from ingest.document import Element, Locator, Table, TableRow
from ingest.parse.headings import looks_like_heading
from ingest.parse.office.graphics import read_graphic
from ingest.parse.office.ooxml import NS, child, parse_xml, q
from ingest.parse.plain.typed_lists import join_lines, join_wrapped
from ingest.parse.pptx.shapes import Shape, read_shapes
from ingest.parse.pptx.tables import read_table
from ingest.parse.pptx.text import Line, paragraph_text, read_lines

_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_BODIES = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT}
_MAX_LABEL_LINES, _MAX_LABEL = 3, 20
_SENTENCE_ENDS = ("。", "；", "：", "！", "？")
_TOP_PART = 0.25
"""A title that is a mere text box starts within this part of the slide's height."""


class SlideReader:
    """Reads slide `number` (from 1). `height` is the slide's height in EMU; `dropped` are ids of repeated footers."""

    def __init__(self, slide: Slide, number: int, height: int, dropped: frozenset[int] = frozenset()) -> None:
        self._slide = slide
        self._number = number
        self._shapes = [shape for shape in read_shapes(slide) if shape.shape_id not in dropped]
        self._title_shape = _title_shape(self._shapes, height)
        self.title = _title_text(self._title_shape) if self._title_shape is not None else None

    def elements(self) -> Iterator[Element]:
        """The slide's elements, the title first, then shapes, comments and speaker notes."""
        if self._title_shape is not None and self.title:
            yield Element(kind="heading", text=self.title, level=1, locator=self._locator(self._title_shape))
        for shape in self._shapes:
            if shape is not self._title_shape:
                yield from self._shape(shape)
        for text in (*_comments(self._slide), *_speaker_notes(self._slide)):
            yield Element(kind="note", text=text, locator=self._locator(None))

    def _locator(self, shape: Shape | None) -> Locator:
        return Locator(
            kind="slide",
            slide=self._number,
            shape=None if shape is None else shape.shape_id,
            headings=(self.title,) if self.title else (),
        )

    def _shape(self, shape: Shape) -> Iterator[Element]:
        locator = self._locator(shape)
        if shape.has_text_frame:
            lines = list(read_lines(child(shape._element, "p:txBody"), _inherited(shape)))
            if _is_label(shape, lines):
                lines = [Line(join_lines(line.text for line in lines))]
            for line in lines:
                kind = "list_item" if line.level else "paragraph"
                yield Element(kind=kind, text=line.text, level=line.level, locator=locator)
        elif getattr(shape, "has_table", False):
            yield from _table(shape, locator)
        else:
            yield from self._graphic(shape, locator)

    def _graphic(self, shape: Shape, locator: Locator) -> Iterator[Element]:
        """A chart or SmartArt, by the relationship that the frame names."""
        for one in shape._element.iter(q("c:chart"), q("dgm:relIds")):
            relationship = self._slide.part.rels.get(one.get(q("r:id")) or one.get(q("r:dm")))
            if relationship is not None and not relationship.is_external:
                yield from read_graphic(relationship.target_part.blob, locator)


def _title_shape(shapes: Sequence[Shape], height: int) -> Shape | None:
    """The title placeholder, or the text box that stands for one: the largest short line near the top."""
    for shape in shapes:
        if shape.is_placeholder and shape.placeholder_format.type in _TITLES:
            return shape
    candidates = []
    for shape in shapes:
        if not shape.has_text_frame or int(shape.top or 0) > height * _TOP_PART:
            continue
        lines = list(read_lines(child(shape._element, "p:txBody")))
        if len(lines) == 1 and looks_like_heading(lines[0].text, emphasised=True) and _stands_out(lines[0]):
            candidates.append((-(lines[0].size or 0.0), int(shape.top or 0), shape.shape_id, shape))
    return min(candidates)[-1] if candidates else None


def _stands_out(line: Line) -> bool:
    return line.bold or (line.size or 0.0) >= 20


def _is_label(shape: Shape, lines: Sequence[Line]) -> bool:
    """Whether a shape is a box of a diagram, whose few short lines (`智能外呼`, `一期 120 路`) say one thing."""
    texts = [line.text for line in lines]
    plain = not any(line.level or line.text.endswith(_SENTENCE_ENDS) for line in lines)
    return (
        plain and not shape.is_placeholder and 1 < len(texts) <= _MAX_LABEL_LINES and max(map(len, texts)) <= _MAX_LABEL
    )


def _title_text(shape: Shape) -> str:
    text = ""
    body: etree._Element = shape.text_frame._txBody
    for paragraph in body.findall(q("a:p")):
        for line in paragraph_text(paragraph).split("\n"):
            words = " ".join(line.split())
            text = join_wrapped(text, words) if text and words else text or words
    return text


def _inherited(shape: Shape) -> list[etree._Element | None]:
    """The list styles a placeholder falls back to; a text box has none."""
    if not shape.is_placeholder:
        return []
    styles = []
    base = shape._base_placeholder
    while base is not None:
        styles.append(child(base._element, "p:txBody", "a:lstStyle"))
        base = getattr(base, "_base_placeholder", None)
    if shape.placeholder_format.type in _BODIES:
        master = shape.part.slide.slide_layout.slide_master
        styles.append(child(master._element, "p:txStyles", "p:bodyStyle"))
    return styles


def _table(shape: Shape, locator: Locator) -> Iterator[Element]:
    found = read_table(shape.table)
    for caption in found.captions:
        yield Element(kind="caption", text=caption, locator=locator)
    if found.rows:
        rows = tuple(TableRow(cells=cells, locator=locator) for _, cells in found.rows)
        yield Element(kind="table", table=Table(header=found.header, rows=rows), locator=locator)


def _speaker_notes(slide: Slide) -> list[str]:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return [] if frame is None else [line.text for line in read_lines(frame._txBody)]


def _comments(slide: Slide) -> Iterator[str]:
    """Comments in the old form (`p:cm` with `p:text`) and in the threaded one (a text body in each, replies too)."""
    for relationship in slide.part.rels.values():
        if relationship.is_external or not relationship.reltype.endswith("/comments"):
            continue
        root = parse_xml(relationship.target_part.blob)
        for old in root.findall(".//p:cm/p:text", NS):
            yield from [(old.text or "").strip()] if (old.text or "").strip() else []
        for paragraph in root.iter(q("a:p")):
            text = " ".join(paragraph_text(paragraph).split())
            yield from [text] if text else []
