"""Parses Word documents (.docx) with python-docx and lxml.

unstructured does not serve here: it gives neither the paragraph a text stands in nor automatic numbers, and takes any
short Chinese line for a title. Here headings come from styles and outline levels, then numbering, then look.

Locator: kind `section`; `headings` is the path; `paragraph` n is `blocks(document.element.body)[n - 1]` (docx_body.py),
that is, the n-th paragraph or table of the body from 1, empty ones counted. All rows of a table, the lines of a text
box and the notes anchored in a block carry that block's number.
"""

from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from ingest.document import ParsedDocument
from ingest.errors import EmptyDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.docx.body import BodyReader
from ingest.parse.docx.outline import Outline
from ingest.parse.office.ooxml import parse_xml
from ingest.parse.office.package import reading
from ingest.parse.office.properties import read_properties


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:  # noqa: ARG001
    """The elements and properties of the Word document at `path`.

    Raises a DocumentError: EmptyDocument, EncryptedDocument, DamagedDocument, UnsupportedFormat (an old .doc, another
    Office format, Strict Open XML), DocumentTooLarge or UnreadableFile.
    """
    with reading(path, "docx"):
        document = docx.Document(str(path))
        reader = BodyReader(
            document.part, _part(document, RELATIONSHIP_TYPE.STYLES), _part(document, RELATIONSHIP_TYPE.NUMBERING)
        )
        outline = Outline(list(reader.items(document.element.body)))
        elements = tuple(outline.elements())
        properties = read_properties(document.core_properties, document.part.package)
    if not elements:
        raise EmptyDocument(
            f"{path.name} has no text in it.", "If it holds pictures of text, export it as a PDF with OCR."
        )
    if properties.title is None:
        properties = properties.model_copy(update={"title": outline.title})
    return ParsedDocument(elements=elements, properties=properties)


def _part(document: Document, kind: str) -> etree._Element | None:
    """The root of a part related to the document; python-docx would put in its own template where there is none."""
    for relationship in document.part.rels.values():
        if relationship.reltype == kind and not relationship.is_external:
            return parse_xml(relationship.target_part.blob)
    return None
