"""Reads one slide into elements: its title, what stands on it in reading order, its comments and speaker notes."""

from collections.abc import Iterator, Sequence

from lxml import etree

from ingest.document import Element, LeftOut, LeftOutReason, Locator
from ingest.parse.headings import looks_like_heading
from ingest.parse.office.drawing import paragraphs
from ingest.parse.office.ooxml import child, q
from ingest.parse.office.parts import Parts
from ingest.parse.plain.typed_lists import join_lines, join_wrapped
from ingest.parse.pptx.layout import FRINGE, Layouts
from ingest.parse.pptx.objects import Objects
from ingest.parse.pptx.remarks import read_comments, speaker_notes
from ingest.parse.pptx.shapes import Shape, read_shapes
from ingest.parse.pptx.text import Line, paragraph_text, read_lines

HIDDEN = "（隐藏）"
_MAX_LABEL_LINES, _MAX_LABEL = 3, 20
_SENTENCE_ENDS = ("。", "；", "：", "！", "？")
_TOP_PART = 0.25
"""A title that is a mere text box starts within this part of the slide's height."""


class SlideReader:
    """Reads slide `number` (from 1), the part `part` with the root `root`. `height` is the slide's height in EMU."""

    def __init__(
        self, part: str, root: etree._Element, number: int, height: int, parts: Parts, layouts: Layouts, section: str
    ) -> None:
        self._part, self._root, self._parts, self._layouts = part, root, parts, layouts
        self._number = number
        self._section = section
        self._hidden = root.get("show") in {"0", "false"}
        self._height = height
        shapes = read_shapes(part, root, layouts)
        self.left_out: list[LeftOut] = []
        self.shapes = [shape for shape in shapes if shape.role not in FRINGE and not _is_invisible(shape)]
        self._kept_out = [shape for shape in shapes if shape not in self.shapes]
        self._title_shape: Shape | None = None
        self.title: str | None = None

    def drop(self, repeated: frozenset[int]) -> None:
        """Leave out the shapes with these ids: they stand on many slides as footers."""
        self._kept_out += [shape for shape in self.shapes if shape.id in repeated]
        self.shapes = [shape for shape in self.shapes if shape.id not in repeated]

    def elements(self, objects: Objects, people: dict[str, str]) -> Iterator[Element]:
        """The slide's elements, the title first, then shapes, comments and speaker notes."""
        self._title_shape = _title_shape(self.shapes, self._height)
        self.title = _title_text(self._title_shape) if self._title_shape is not None else None
        for shape in self._kept_out:
            self._leave_out(shape)
        if self._title_shape is not None and self.title:
            place = self.locator(self._title_shape)
            yield Element(kind="heading", text=self.title, level=1, locator=self._titled(place))
        for shape in self.shapes:
            if shape is self._title_shape and self.title:
                yield from objects.links(shape, self.locator(shape))
            else:
                yield from self._shape(shape, objects)
        yield from objects.background(self._root, self.locator(None))
        for comment in read_comments(self._parts, self._part, people):
            pinned = next((shape for shape in self.shapes if shape.id == comment.shape), None)
            who = f"批注（{comment.author}）" if comment.author else "批注"
            yield Element(kind="note", text=comment.text, locator=self.locator(pinned, who))
        for role, text in speaker_notes(self._parts, self._part):
            if role in FRINGE:
                self.left_out.append(LeftOut(reason=FRINGE[role], text=text, locator=self.locator(None)))
            else:
                yield Element(kind="note", text=text, locator=self.locator(None))

    def locator(self, shape: Shape | None, *below: str) -> Locator:
        """The place of a shape, or of the slide; `below` are words below its title."""
        path = (self._section, self.title or "", HIDDEN if self._hidden else "", *below)
        return Locator(
            kind="slide",
            slide=self._number,
            shape=None if shape is None else shape.id,
            bbox=None if shape is None else shape.bbox,
            headings=tuple(one for one in path if one),
        )

    def _titled(self, place: Locator) -> Locator:
        """A heading's path ends with the heading."""
        return place.model_copy(update={"headings": tuple(one for one in place.headings if one != HIDDEN)})

    def _shape(self, shape: Shape, objects: Objects) -> Iterator[Element]:
        locator = self.locator(shape)
        yield from objects.elements(shape, locator)
        if shape.kind == "graphic":
            return
        lines = list(read_lines(shape.body, self._layouts.list_styles(self._part, shape.element)))
        if _is_label(shape, lines):
            lines = [Line(join_lines(line.text for line in lines))]
        for line in lines:
            kind = "list_item" if line.level else "paragraph"
            yield Element(kind=kind, text=line.text, level=line.level, locator=locator)
        yield from objects.links(shape, locator)

    def _leave_out(self, shape: Shape) -> None:
        # A slide's number and date are fields, which the lines of a text leave out.
        text = " ".join(paragraphs(shape.element))
        if text:
            reason: LeftOutReason = "invisible" if _is_invisible(shape) else FRINGE.get(shape.role, "footer")
            self.left_out.append(LeftOut(reason=reason, text=text, locator=self.locator(shape)))


def _is_invisible(shape: Shape) -> bool:
    properties = shape.properties
    return properties is not None and properties.get("hidden") in {"1", "true"}


def _title_shape(shapes: Sequence[Shape], height: int) -> Shape | None:
    """The title placeholder, or the text box that stands for one: the largest short line near the top."""
    for shape in shapes:
        if shape.is_title and shape.body is not None:
            return shape
    candidates = []
    for shape in shapes:
        if shape.body is None or shape.top > height * _TOP_PART:
            continue
        lines = list(read_lines(shape.body))
        if len(lines) == 1 and looks_like_heading(lines[0].text, emphasised=True) and _stands_out(lines[0]):
            candidates.append((-(lines[0].size or 0.0), shape.top, shape.id, shape))
    return min(candidates, key=lambda one: one[:3])[-1] if candidates else None


def _stands_out(line: Line) -> bool:
    return line.bold or (line.size or 0.0) >= 20


def _is_label(shape: Shape, lines: Sequence[Line]) -> bool:
    """Whether a shape is a box of a diagram, whose few short lines (`智能外呼`, `一期 120 路`) say one thing."""
    texts = [line.text for line in lines]
    plain = not any(line.level or line.text.endswith(_SENTENCE_ENDS) for line in lines)
    return plain and not shape.role and 1 < len(texts) <= _MAX_LABEL_LINES and max(map(len, texts)) <= _MAX_LABEL


def _title_text(shape: Shape) -> str:
    text = ""
    body = child(shape.element, "p:txBody")
    for paragraph in body.findall(q("a:p")) if body is not None else ():
        for line in paragraph_text(paragraph).split("\n"):
            words = " ".join(line.split())
            text = join_wrapped(text, words) if text and words else text or words
    return text
