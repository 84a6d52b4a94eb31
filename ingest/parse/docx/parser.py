"""Parses Word documents (.docx, also with macros and templates) part by part with lxml.

unstructured does not serve here: it gives neither the paragraph a text stands in nor automatic numbers, and takes any
short Chinese line for a title. python-docx does not open files of which one part is missing, templates, documents with
macros, nor Strict Open XML. Here headings come from styles and outline levels, then numbering, then look.

Locator: kind `section`; `headings` is the path; `paragraph` n is `blocks(body)[n - 1]` (body.py), that is, the n-th
`w:p` or `w:tbl` of the body from 1, empty ones counted, content controls looked through. With python-docx, where no
content controls stand around paragraphs: `list(docx.Document(path).element.body.iterchildren(qn("w:p"),
qn("w:tbl")))[n - 1]`. `row` n is the n-th `w:tr` of that table from 1, header rows and deleted rows counted, rows of
tables inside its cells not: those carry the row they stand in. What hangs on a block (text boxes, notes, comments,
charts, pictures) carries its number. `page` is the page on which the block or row began when Word last laid the
document out, where the file states that (pages.py). Headers and footers have `part`, the part of the package they
stand in, instead of a place in the body.
"""

from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from ingest.document import Element, LeftOut, ParsedDocument, Properties
from ingest.errors import DamagedDocument, EmptyDocument
from ingest.labels import properties as named
from ingest.parse.context import PLAIN, Context
from ingest.parse.docx.body import BodyReader
from ingest.parse.docx.margin_pictures import read_margin_pictures
from ingest.parse.docx.margins import facts, read_margins
from ingest.parse.docx.numbering import Numbering
from ingest.parse.docx.outline import Outline
from ingest.parse.docx.styles import Styles
from ingest.parse.gathered import Gathered
from ingest.parse.office.ooxml import child
from ingest.parse.office.package import reading
from ingest.parse.office.parts import Parts
from ingest.parse.office.properties import package_properties
from ingest.said import Said


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """The elements and properties of the Word document at `path`, with what was left out and what cannot be read.

    Raises a DocumentError: EmptyDocument, EncryptedDocument, DamagedDocument, UnsupportedFormat (an old .doc, another
    Office format), DocumentTooLarge or UnreadableFile.
    """
    with reading(path, "docx"), ZipFile(path) as archive:
        parts = Parts(archive)
        part = next(iter(parts.by_kind("", "officeDocument")), "word/document.xml")
        root = parts.xml(part)
        body = child(root, "w:body")
        if body is None:
            raise DamagedDocument(
                Said("{name} is damaged: its main part {part} is missing or malformed.", name=path.name, part=part),
                "Open it in Office or WPS, save it again as .docx, and retry.",
            )
        styles = Styles(_related(parts, part, "styles"))
        numbering = Numbering(_related(parts, part, "numbering"), styles)
        reader = BodyReader(parts, part, styles, numbering, context)
        outline = Outline(list(reader.items(body)))
        found = outline.gather()
        margins = list(read_margins(parts, part, styles))
        for said in read_margin_pictures(parts, part, context):
            found.take(said)
        properties = package_properties(parts)
    properties = _with_margins(found, margins, properties)
    found.left_out += margins
    found.unread += parts.unread
    if not found.elements:
        raise EmptyDocument(
            Said("{name} has no text in it.", name=path.name),
            "If it holds pictures of text, export it as a PDF with OCR.",
        )
    if properties.title is None:
        properties = properties.model_copy(update={"title": outline.title})
    return found.document(properties)


def _related(parts: Parts, part: str, kind: str) -> etree._Element | None:
    found = next((one for one in parts.by_kind(part, kind) if parts.has(one)), None)
    return parts.xml(found) if found else None


def _with_margins(found: Gathered, margins: list[LeftOut], properties: Properties) -> Properties:
    """Add to `found` what headers and footers say about the document and the text does not; the properties with it."""
    text = "\n".join(element.text for element in found.elements)
    pairs = []
    for line in margins:
        for fact in facts(line.text) if line.reason in ("header", "footer") else ():
            label, _, stated = fact.replace(":", "：", 1).partition("：")
            pairs.append((label.strip(), stated.strip()))
            if stated.strip() not in text:
                found.elements.append(Element(kind="note", text=fact, locator=line.locator))
    said = {name: value for name, value in named(pairs) if value}
    return properties.model_copy(update=said)
