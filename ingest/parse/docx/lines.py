"""Turns a Word paragraph into lines: one, unless it holds line breaks that begin something new."""

import re
from dataclasses import replace

from lxml import etree

from ingest.parse.docx.items import Line, Place
from ingest.parse.docx.numbering import Label
from ingest.parse.docx.styles import Styles
from ingest.parse.docx.text import Content, Piece
from ingest.parse.headings import numbering
from ingest.parse.office.ooxml import value
from ingest.parse.plain.typed_lists import TypedList, join_wrapped

_SENTENCE_END = re.compile(r"[。；：！？.;:!?]$")
_LABEL = re.compile(r"^.{1,12}[：:]")


def read_lines(
    paragraph: etree._Element, content: Content, at: Place, label: tuple[Label, int] | None, styles: Styles
) -> list[Line]:
    """The lines of one paragraph. `label` is its automatic number with the depth of the list it is in."""
    level = styles.heading_level(paragraph)
    lines = list(content.lines())
    if level is not None and lines:
        lines = [[Piece(piece.text.replace("\n", " "), piece.properties) for piece in content.pieces]]
    if label is not None and not lines and label[0].counts:
        lines = [[]]
    read: list[Line] = []
    for pieces in lines:
        line = _line(paragraph, pieces, at, label, styles)
        if read:
            line = replace(line, text=_text(pieces))
        if read and _goes_on(read[-1], line):
            read[-1] = replace(read[-1], text=join_wrapped(read[-1].text, line.text))
        else:
            read.append(line)
    return read


def _text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces).strip()


def _line(
    paragraph: etree._Element, pieces: list[Piece], at: Place, label: tuple[Label, int] | None, styles: Styles
) -> Line:
    seen = [piece for piece in pieces if piece.text.strip()]
    text = _text(pieces)
    level = styles.heading_level(paragraph)
    code = label is None and styles.is_code(paragraph, [piece.properties for piece in seen])
    return Line(
        at=at,
        text=label[0].before(text) if label else text,
        role="title" if styles.is_title(paragraph)
        else "caption" if styles.is_caption(paragraph)
        else "code" if code else "body",
        level=level,
        depth=label[1] if label else 0,
        counts=bool(label and label[0].counts),
        bold=bool(seen) and all(styles.is_bold(paragraph, piece.properties) for piece in seen),
        size=min((styles.size(paragraph, piece.properties) for piece in seen), default=0.0),
        centred=value(paragraph, "w:pPr", "w:jc") == "center",
        empty=not text,
    )  # fmt: skip


def _goes_on(line: Line, following: Line) -> bool:
    """Whether the break between two lines of a paragraph only wraps them: same look, and no new item or sentence."""
    if (line.bold, line.size, line.role) != (following.bold, following.size, following.role) or line.role == "code":
        return False
    new = numbering(following.text) or TypedList().level(following.text) or _LABEL.match(following.text)
    return not new and _SENTENCE_END.search(line.text) is None
