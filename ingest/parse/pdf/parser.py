"""Reads PDF files: text in reading order, headings, lists and ruled tables, each with its page and box."""

import re
import threading
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document import ParsedDocument, Properties
from ingest.errors import DamagedDocument, EncryptedDocument, UnreadableFile
from ingest.parse.context import PLAIN, Context
from ingest.parse.pdf.furniture import drop_contents, drop_furniture
from ingest.parse.pdf.outline import Outline, stated_headings
from ingest.parse.pdf.paragraphs import read_blocks
from ingest.parse.pdf.reader import read_page
from ingest.parse.pdf.style import body_style

_PDFIUM = threading.Lock()
"""pdfium keeps global state: one thread at a time."""
_TAIL_BYTES = 65536
_JUNK_TITLE = re.compile(
    r"(?:microsoft )?(?:word|powerpoint|excel)\s*-.*|.*\.(?:docx?|pptx?|xlsx?|pdf|wps|indd|tmp)|untitled.*|无标题.*"
    r"|(?:文档|ppt|演示文稿|幻灯片)\s*\d*|title|[\W\d_]*",
    re.IGNORECASE,
)
_JUNK_AUTHOR = re.compile(
    r"administrator|admin|user|windows.*|微软.*|microsoft.*|unknown|anonymous|python-docx|python-pptx|openpyxl|reportlab.*"
    r"|un-named|作者|wps.*|dell|lenovo|hp|pc|\W*",
    re.IGNORECASE,
)


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:  # noqa: ARG001
    """All text of the PDF but running headers and footers, page numbers, contents pages and slanted watermarks.

    Raises `EncryptedDocument` when it asks for a password, `DamagedDocument` when it is truncated or malformed, and
    `UnreadableFile` when the system refuses. Scanned pages have no text and give no elements.
    """
    _check_end(path)
    with _PDFIUM:
        document = _open(path)
        try:
            pages = [read_page(document, index) for index in range(len(document))]
            bookmarks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
            information = document.get_metadata_dict(skip_empty=True)
        except pypdfium2.PdfiumError as error:
            raise _damaged(path, "a page cannot be loaded") from error
        finally:
            document.close()
    drop_furniture(pages)
    stated = stated_headings(bookmarks, drop_contents(pages))
    style = body_style(pages)
    outline = Outline(read_blocks(pages, style, stated), style, stated, pages)
    elements = tuple(outline.elements())
    return ParsedDocument(elements=elements, properties=_properties(information, outline.title))


def _check_end(path: Path) -> None:
    """A PDF ends with the place of its index (ISO 32000-1, 7.5.5). pdfium would rebuild the index of a truncated file
    from what is left of it, and pages would be missing without a word.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL_BYTES))
            tail = file.read()
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read: {error.strerror or error}.", "Check its permissions."
        ) from error
    if b"startxref" not in tail and b"%%EOF" not in tail:
        raise _damaged(path, "its end is missing")


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise EncryptedDocument(
                f"{path.name} is protected by a password.", "Open it, save or print it to a PDF without one, and retry."
            ) from error
        raise _damaged(path, "it cannot be opened") from error


def _damaged(path: Path, what: str) -> DamagedDocument:
    return DamagedDocument(
        f"{path.name} is truncated or damaged: {what}.", "Copy or download it again, or print it to a new PDF."
    )


def _properties(information: dict[str, str], shown_title: str | None) -> Properties:
    """What the document information states, as far as a person wrote it; else the title that the cover shows."""
    title, author = (information.get(key, "").strip() for key in ("Title", "Author"))
    date = re.match(
        r"(?:D:)?(\d{4})(\d{2})(\d{2})", information.get("ModDate") or information.get("CreationDate") or ""
    )
    return Properties(
        title=shown_title if _JUNK_TITLE.fullmatch(title) else title,
        author=None if _JUNK_AUTHOR.fullmatch(author) else author,
        date="-".join(date.groups()) if date else None,
    )
