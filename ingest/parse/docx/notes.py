"""Footnotes, endnotes and comments of a Word document, by the id that their anchors in the text carry."""

from collections.abc import Mapping

from docx.opc.part import Part
from lxml import etree

from ingest.parse.docx.text import TextReader
from ingest.parse.office.ooxml import parse_xml, q

_KINDS = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


def read_notes(document_part: Part) -> Mapping[tuple[str, str], str]:
    """The text of each note by (`footnote`|`endnote`|`comment`, id); separator lines and empty notes are left out.

    Raises etree.XMLSyntaxError where a part is malformed.
    """
    notes: dict[tuple[str, str], str] = {}
    for relationship in document_part.rels.values():
        kind = _KINDS.get(relationship.reltype.rpartition("/")[2])
        if kind is None or relationship.is_external:
            continue
        for note in parse_xml(relationship.target_part.blob).findall(q(f"w:{kind}")):
            text = _text(note)
            if text:
                notes[kind, note.get(q("w:id"), "")] = text
    return notes


def _text(note: etree._Element) -> str:
    reader = TextReader()
    paragraphs = (reader.read(paragraph).text for paragraph in note.iter(q("w:p")))
    return " ".join(" ".join(text.split()) for text in paragraphs if text.strip())
