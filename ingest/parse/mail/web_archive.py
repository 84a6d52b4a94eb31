"""Reads web archives (.mht, .mhtml; RFC 2557): a page saved with its pictures as one MIME message."""

from pathlib import Path

from ingest.document import ParsedDocument, Properties
from ingest.errors import DamagedDocument, EmptyDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.file_bytes import read_bytes
from ingest.parse.gathered import Gathered
from ingest.parse.headings import HeadingPath
from ingest.parse.mail import body, mime
from ingest.said import Said


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read a saved page. `part` of a locator is the part's number, its lines count from the top of the decoded part.

    Raises `UnreadableFile`, `DamagedDocument` (no MIME message) and `EmptyDocument`.
    """
    letter = mime.read(read_bytes(path))
    if letter is None:
        raise DamagedDocument(
            Said("{name} is not a web archive.", name=path.name), "Save the page again, as .mht or .html."
        )
    found = Gathered()
    headings = HeadingPath()
    for text in letter.texts:
        found.take(body.read(text, headings, letter.pictures, context))
    if not found.elements:
        raise EmptyDocument(
            Said("{name} has no text that a reader would see.", name=path.name),
            "Save the page with its content, or leave it out.",
        )
    return found.document(Properties(title=letter.subject or None))
