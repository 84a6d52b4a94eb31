"""Reads a Word paragraph as the reader sees it: final text of tracked changes, field results, symbols, formulas.

What hangs on a paragraph (text boxes, charts, SmartArt, notes) is handed back beside its text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.parse.office.formula import formula
from ingest.parse.office.ooxml import child, elements, integer, q, switch

_WRAPPERS = {
    q(f"w:{name}")
    for name in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
    )
}
_SILENT_FIELDS = {"TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "INDEX", "TC", "XE", "RD"}
_NOTES = {
    q("w:footnoteReference"): "footnote",
    q("w:endnoteReference"): "endnote",
    q("w:commentReference"): "comment",
}
_SPACES = {q("w:tab"): "\t", q("w:ptab"): "\t", q("w:cr"): "\n", q("w:noBreakHyphen"): "-"}
# These fonts draw signs at the places of other characters; these are the ones that carry meaning in office texts.
_SIGNS = {
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x6C: "●", 0xE0: "→",
                  0xE8: "→"},
    "symbol": {0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB0: "°", 0xAE: "→",
               0xA5: "∞", 0x6D: "µ", 0x57: "Ω", 0x44: "Δ"},
}  # fmt: skip
_PRIVATE_USE = 0xE000


@dataclass(frozen=True)
class Piece:
    """A stretch of text under one set of run properties (`w:rPr`, None where the run has none)."""

    text: str
    properties: etree._Element | None


@dataclass
class Content:
    """A paragraph's text and what hangs on it.

    `boxes` are the contents of its text boxes; `graphics` are relationship ids of charts and SmartArt data; `anchors`
    are (kind, id) of footnotes, endnotes and comments. `in_contents` says that it is part of a table of contents.
    """

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    graphics: list[str] = field(default_factory=list)
    anchors: list[tuple[str, str]] = field(default_factory=list)
    in_contents: bool = False

    @property
    def text(self) -> str:
        """The text, with line breaks as they stand."""
        return "".join(piece.text for piece in self.pieces)

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


@dataclass
class _Field:
    instruction: str = ""
    in_result: bool = False

    @property
    def name(self) -> str:
        return self.instruction.split(maxsplit=1)[0].upper() if self.instruction.strip() else ""


class TextReader:
    """Reads paragraphs in document order. It keeps the open fields, since a table of contents is one field over many
    paragraphs.
    """

    def __init__(self) -> None:
        self._fields: list[_Field] = []

    def read(self, paragraph: etree._Element) -> Content:
        """The content of one paragraph (`w:p`)."""
        content = Content(in_contents=self._in_contents())
        self._walk(paragraph, content)
        content.in_contents = content.in_contents or self._in_contents()
        return content

    def _in_contents(self) -> bool:
        return any(one.name == "TOC" for one in self._fields)

    def _hidden(self) -> bool:
        return any(not one.in_result or one.name in _SILENT_FIELDS for one in self._fields)

    def _walk(self, parent: etree._Element, content: Content) -> None:
        for one in elements(parent):
            if one.tag == q("w:r"):
                self._inside_run(one, content, child(one, "w:rPr"))
            elif one.tag == q("w:fldSimple"):
                self._fields.append(_Field(one.get(q("w:instr"), ""), in_result=True))
                self._walk(one, content)
                self._fields.pop()
            elif one.tag in _WRAPPERS and child(one, "w:sdtPr", "w:showingPlcHdr") is None:
                self._walk(one, content)
            elif one.tag in (q("m:oMath"), q("m:oMathPara")):
                content.pieces.append(Piece(formula(one), None))
            elif one.tag == q("mc:AlternateContent"):
                self._alternate(one, content, None)

    def _inside_run(self, parent: etree._Element, content: Content, properties: etree._Element | None) -> None:
        visible = switch(properties, "w:vanish") is not True
        for one in elements(parent):
            if one.tag == q("w:fldChar"):
                self._field_mark(one.get(q("w:fldCharType"), ""))
            elif one.tag == q("w:instrText"):
                if self._fields:
                    self._fields[-1].instruction += one.text or ""
            elif one.tag == q("mc:AlternateContent"):
                self._alternate(one, content, properties)
            elif one.tag in (q("w:drawing"), q("w:pict"), q("w:object")):
                _hang(one, content)
            elif one.tag in _NOTES:
                content.anchors.append((_NOTES[one.tag], one.get(q("w:id"), "")))
            elif one.tag in (q("w:r"), *_WRAPPERS):
                self._walk(parent, content)
                return
            elif visible and not self._hidden():
                text = _shown(one)
                if text:
                    content.pieces.append(Piece(text, properties))

    def _alternate(self, alternate: etree._Element, content: Content, properties: etree._Element | None) -> None:
        """Take the newer form, or the older one where nothing in the newer form is known here."""
        for name in ("mc:Choice", "mc:Fallback"):
            before = (len(content.pieces), len(content.boxes), len(content.graphics))
            for branch in alternate.findall(q(name)):
                self._inside_run(branch, content, properties)
            if before != (len(content.pieces), len(content.boxes), len(content.graphics)):
                return

    def _field_mark(self, mark: str) -> None:
        if mark == "begin":
            self._fields.append(_Field())
        elif mark == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif mark == "end" and self._fields:
            self._fields.pop()


def _shown(one: etree._Element) -> str:
    if one.tag == q("w:t"):
        return (one.text or "").replace("\xa0", " ")
    if one.tag == q("w:br"):
        return "\n"
    if one.tag == q("w:sym"):
        code = integer(one.get(q("w:char")), base=16) or 0
        signs = _SIGNS.get((one.get(q("w:font")) or "").lower().split(" ")[0], {})
        return signs.get(code & 0xFF, "" if code >= _PRIVATE_USE else chr(code))
    return _SPACES.get(one.tag, "")


def _hang(drawing: etree._Element, content: Content) -> None:
    """Collect text boxes and graphics of a drawing; what stands inside a text box is read with the box."""
    for one in elements(drawing):
        if one.tag == q("mc:Fallback"):
            continue
        if one.tag == q("w:txbxContent"):
            content.boxes.append(one)
            continue
        if one.tag == q("c:chart"):
            content.graphics.append(one.get(q("r:id"), ""))
        elif one.tag == q("dgm:relIds"):
            content.graphics.append(one.get(q("r:dm"), ""))
        _hang(one, content)
