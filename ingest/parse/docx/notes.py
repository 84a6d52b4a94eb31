"""Footnotes, endnotes and comments of a Word document, by the id that their anchors in the text carry."""

from collections.abc import Mapping

from lxml import etree

from ingest.parse.docx.styles import Styles
from ingest.parse.docx.text import TextReader
from ingest.parse.office.ooxml import q
from ingest.parse.office.parts import Parts

_KINDS = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


def read_notes(parts: Parts, document_part: str, styles: Styles) -> Mapping[tuple[str, str], str]:
    """The text of each note by (`footnote`|`endnote`|`comment`, id), a comment's after its author's name; separator
    lines and empty notes are left out. The address of a link stands behind it where the text does not show it.
    """
    notes: dict[tuple[str, str], str] = {}
    for relation in parts.related(document_part):
        kind = _KINDS.get(relation.kind)
        root = parts.xml(relation.target) if kind and not relation.outside else None
        for note in root.findall(q(f"w:{kind}")) if root is not None else ():
            if note.get(q("w:type"), "normal") != "normal":  # the lines that set notes apart from the text
                continue
            text = _text(note, parts, relation.target, styles)
            author = (note.get(q("w:author")) or "").strip() if kind == "comment" else ""
            if text and kind:
                notes[kind, note.get(q("w:id"), "")] = f"{author}：{text}" if author else text
    return notes


def _text(note: etree._Element, parts: Parts, part: str, styles: Styles) -> str:
    reader = TextReader(styles)
    texts = []
    for paragraph in note.iter(q("w:p")):
        content = reader.read(paragraph)
        texts.append(" ".join(content.text.split()))
        for link in content.links:
            address = link.target(parts, part)
            if address and address not in content.text:
                texts.append(f"（{address}）")
    return " ".join(text for text in texts if text)
