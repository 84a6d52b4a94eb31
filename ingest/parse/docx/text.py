"""Reads a Word paragraph as the reader sees it: final text of tracked changes, field results, symbols, formulas.

What hangs on a paragraph (text boxes, charts, pictures, embedded files, notes, links) and what is no part of its text
(deletions, hidden text, page numbers) is handed back beside its text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.document import LeftOutReason
from ingest.parse.docx.drawings import Drawn, look_into
from ingest.parse.docx.fields import Fields
from ingest.parse.docx.signs import drawn, sign
from ingest.parse.docx.styles import Styles
from ingest.parse.office.formula import formula
from ingest.parse.office.ooxml import child, elements, integer, q
from ingest.parse.office.parts import Parts

_WRAPPERS = {
    q(f"w:{name}")
    for name in ("ins", "moveTo", "smartTag", "sdtContent", "customXml", "dir", "bdo", "ruby", "rubyBase")
}
_GONE = {q("w:del"), q("w:moveFrom")}
_NOTES = {
    q("w:footnoteReference"): "footnote",
    q("w:endnoteReference"): "endnote",
    q("w:commentReference"): "comment",
}
_SPACES = {q("w:tab"): "\t", q("w:ptab"): "\t", q("w:cr"): "\n", q("w:br"): "\n", q("w:noBreakHyphen"): "-"}
_RUN, _TEXT, _DELETED, _SYMBOL = q("w:r"), q("w:t"), q("w:delText"), q("w:sym")
_FIELD_MARK, _INSTRUCTION, _SIMPLE_FIELD = q("w:fldChar"), q("w:instrText"), q("w:fldSimple")
_LINK, _CONTROL, _ALTERNATE = q("w:hyperlink"), q("w:sdt"), q("mc:AlternateContent")
_DRAWINGS = {q("w:drawing"), q("w:pict"), q("w:object")}
_FORMULAS = {q("m:oMath"), q("m:oMathPara")}


@dataclass(frozen=True)
class Piece:
    """A stretch of text under one set of run properties (`w:rPr`, None where the run has none)."""

    text: str
    properties: etree._Element | None


@dataclass(frozen=True)
class Link:
    """A link that leads out of the document: its text, and its relationship's id or its address itself."""

    text: str
    relationship: str = ""
    address: str = ""

    def target(self, parts: Parts, part: str) -> str:
        """The address, where the link of this part leads out of the document; else nothing."""
        relation = parts.by_id(part, self.relationship) if self.relationship else None
        address = relation.target if relation is not None and relation.outside else self.address
        return address.strip().removeprefix("mailto:")


@dataclass
class Content:
    """A paragraph's text and what hangs on it.

    `drawn` is what its drawings hold; `anchors` are (kind, id) of footnotes, endnotes and comments; `links` lead out of
    the document; `left` is text kept out, by reason.
    """

    pieces: list[Piece] = field(default_factory=list)
    drawn: Drawn = field(default_factory=Drawn)
    anchors: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    left: list[tuple[LeftOutReason, str]] = field(default_factory=list)
    _left_before: list[int] = field(default_factory=list)
    """Before which of the pieces each text that was kept out stood."""

    @property
    def text(self) -> str:
        """The text, with line breaks as they stand."""
        return "".join(piece.text for piece in self.pieces)

    def leave(self, reason: LeftOutReason, text: str) -> None:
        """Keep `text` out; what was kept out just before for the same reason is one text with it."""
        if self.left and self.left[-1][0] == reason and self._left_before[-1] == len(self.pieces):
            self.left[-1] = (reason, self.left[-1][1] + text)
        else:
            self.left.append((reason, text))
            self._left_before.append(len(self.pieces))

    def with_left(self, reason: LeftOutReason) -> str:
        """The text, with what was kept out for this reason in its place: `第 3 页 共 12 页`."""
        kept = [(at, text) for at, (why, text) in zip(self._left_before, self.left, strict=True) if why == reason]
        pieces = [piece.text for piece in self.pieces]
        for at, text in reversed(kept):
            pieces.insert(at, text)
        return "".join(pieces)

    def lines(self) -> Iterator[list[Piece]]:
        """The paragraph cut at its line breaks; lines without text are left out."""
        line: list[Piece] = []
        for piece in self.pieces:
            first, *others = piece.text.split("\n")
            line.append(Piece(first, piece.properties))
            for text in others:
                yield from [line] if _joined(line) else []
                line = [Piece(text, piece.properties)]
        yield from [line] if _joined(line) else []


def _joined(line: list[Piece]) -> str:
    return "".join(piece.text for piece in line).strip()


class TextReader:
    """Reads paragraphs in document order; it keeps the open fields, which run over many paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields = Fields()
        self._paragraph: etree._Element | None = None

    def read(self, paragraph: etree._Element, gone: LeftOutReason | None = None) -> Content:
        """The content of one paragraph (`w:p`). `gone`: why nothing of it is part of the text."""
        content = Content()
        outer, self._paragraph = self._paragraph, paragraph
        self._walk(paragraph, content, gone)
        self._paragraph = outer
        return content

    def _walk(self, parent: etree._Element, content: Content, gone: LeftOutReason | None) -> None:
        for one in elements(parent):
            tag = one.tag
            if tag == _RUN:
                self._inside_run(one, content, child(one, "w:rPr"), gone)
            elif tag == _SIMPLE_FIELD:
                self._fields.simple(one)
                self._walk(one, content, gone)
                self._fields.leave()
            elif tag == _LINK:
                before = len(content.pieces)
                self._walk(one, content, gone)
                text = "".join(piece.text for piece in content.pieces[before:])
                content.links.append(Link(text, relationship=one.get(q("r:id"), "")))
            elif tag == _CONTROL:
                # What a control shows until somebody fills it in is no part of the text.
                unfilled = child(one, "w:sdtPr", "w:showingPlcHdr") is not None
                self._walk(one, content, "placeholder" if unfilled else gone)
            elif tag in _WRAPPERS:
                self._walk(one, content, gone)
            elif tag in _GONE:
                self._walk(one, content, "deleted")
            elif tag in _FORMULAS:
                self._take(formula(one), None, content, gone)
            elif tag == _ALTERNATE:
                self._alternate(one, content, None, gone)

    def _inside_run(
        self,
        parent: etree._Element,
        content: Content,
        properties: etree._Element | None,
        gone: LeftOutReason | None,
    ) -> None:
        for one in elements(parent):
            tag = one.tag
            if tag in (_TEXT, _DELETED):
                text = (one.text or "").replace("\xa0", " ")
                if not text.isascii():
                    text = drawn(text, lambda: self._styles.font(self._paragraph, properties))
                self._take(text, properties, content, gone)
            elif tag in _SPACES:
                self._take(_SPACES[tag], properties, content, gone)
            elif tag == _SYMBOL:
                code = integer(one.get(q("w:char")), base=16) or 0
                self._take(sign(code, one.get(q("w:font")) or ""), properties, content, gone)
            elif tag == _FIELD_MARK:
                self._take(self._fields.mark(one), properties, content, gone)
            elif tag == _INSTRUCTION:
                self._fields.instruct(one.text or "")
            elif tag in _DRAWINGS:
                look_into(one, content.drawn)
            elif tag in _NOTES:
                content.anchors.append((_NOTES[tag], one.get(q("w:id"), "")))
            elif tag == _ALTERNATE:
                self._alternate(one, content, properties, gone)
            elif tag == _RUN or tag in _WRAPPERS:
                self._walk(one if tag != _RUN else parent, content, gone)
                if tag == _RUN:
                    return

    def _take(self, text: str, properties: etree._Element | None, content: Content, gone: LeftOutReason | None) -> None:
        if not text or self._fields.in_instruction:
            return
        if gone is None and self._paragraph is not None and self._styles.is_hidden(self._paragraph, properties):
            gone = "invisible"
        gone = gone or self._fields.left_out
        if gone is not None:
            content.leave(gone, text)
            return
        content.pieces.append(Piece(text, properties))
        address = self._fields.link() if self._fields else ""
        if address and content.links and content.links[-1].address == address:
            content.links[-1] = Link(content.links[-1].text + text, address=address)
        elif address:
            content.links.append(Link(text, address=address))

    def _alternate(
        self,
        alternate: etree._Element,
        content: Content,
        properties: etree._Element | None,
        gone: LeftOutReason | None,
    ) -> None:
        """Take the newer form, or the older one where nothing in the newer form is known here."""
        before = len(content.pieces), content.drawn.count
        for name in ("mc:Choice", "mc:Fallback"):
            for branch in alternate.findall(q(name)):
                self._inside_run(branch, content, properties, gone)
                if before != (len(content.pieces), content.drawn.count):
                    return
