"""Reads PDF files: text in reading order, headings, lists and tables, each with its page and box."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document import Locator, ParsedDocument, Unread
from ingest.parse.context import PLAIN, Context
from ingest.parse.pdf.attached import read_attached, take_out
from ingest.parse.pdf.information import properties, read_xmp
from ingest.parse.pdf.opening import PDFIUM, check_end, damaged, open_pdf
from ingest.parse.pdf.page_text import PageText
from ingest.parse.pdf.reader import Reading, read_page
from ingest.parse.pdf.scan import read_scans
from ingest.parse.pdf.understand import understand
from ingest.said import Said

_LOOKED_AT = 20
"""So many pages tell whether a document is a set of slides."""
_FEW = 5
"""Characters on a page that may be lost without a word: bullets and signs of odd fonts."""
_XFA = {pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND}


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """All text of the PDF, its remarks, form values, pictures and embedded files. What belongs to the pages (running
    headers and footers, page numbers, contents) and what no reader sees is in `left_out`; slanted watermarks are
    dropped. Pages that cannot be read are in `unread`.

    Raises `EncryptedDocument` when it asks for a password, `DamagedDocument` when it is truncated or malformed, and
    `UnreadableFile` when the system refuses.
    """
    check_end(path)
    with PDFIUM:
        document = open_pdf(path)
        try:
            pages, lost = _read_pages(document, context)
            if not pages:
                raise damaged(path, "no page can be loaded")
            bookmarks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
            information = document.get_metadata_dict(skip_empty=True)
            files = list(take_out(document, context.max_bytes)) if context.nested else []
            unread = [*_unread(path, lost, pages), *_unread_chars(path, pages), *_unread_form(path, document)]
        except pypdfium2.PdfiumError as error:
            raise damaged(path, "it cannot be read to its end") from error
        finally:
            document.close()
    attached = list(read_attached(files, context))
    text = understand(pages, bookmarks)
    return ParsedDocument(
        elements=(*text.elements, *(one for file in attached for one in file.elements)),
        properties=properties(information, read_xmp(path), text.title),
        left_out=(*text.left_out, *(one for file in attached for one in file.left_out)),
        unread=(
            *unread,
            *(one for page in pages for picture in page.pictures for one in picture.unread),
            *(one for file in attached for one in file.unread),
        ),
    )


def _read_pages(document: pypdfium2.PdfDocument, context: Context) -> tuple[list[PageText], list[int]]:
    """The pages that could be read, and the numbers of the others."""
    total = len(document)
    sizes = [document.get_page_size(index) for index in range(min(total, _LOOKED_AT))]
    slides = sum(width > height for width, height in sizes) * 2 > len(sizes)
    reading = Reading(document, context, slides)
    pages: list[PageText] = []
    lost: list[int] = []
    for index in range(total):
        try:
            pages.append(read_page(reading, index))
        except pypdfium2.PdfiumError:
            lost.append(index + 1)
        context.progress(index + 1, total)
    return read_scans(document, pages, context, slides=slides), lost


def _unread(path: Path, lost: Sequence[int], pages: Sequence[PageText]) -> Iterator[Unread]:
    for first, last in _runs(lost):
        yield Unread(
            message=Said("{pages} of {name} cannot be loaded.", pages=_pages(first, last), name=path.name),
            hint="Copy or download it again, or print it to a new PDF.",
            locator=Locator(kind="page", page=first),
        )
    for first, last in _runs([page.number for page in pages if page.needs_recognition]):
        yield Unread(
            message=Said(
                "{pages} of {name} is a picture, or has a font without character codes.",
                pages=_pages(first, last),
                name=path.name,
            ),
            hint="Run it through OCR.",
            locator=Locator(kind="page", page=first),
        )


def _unread_chars(path: Path, pages: Sequence[PageText]) -> Iterator[Unread]:
    for page in pages:
        if page.unmapped >= _FEW:
            yield Unread(
                message=Said(
                    "{unmapped} characters on page {number} of {name} are in a font without codes.",
                    unmapped=page.unmapped,
                    number=page.number,
                    name=path.name,
                ),
                hint="Compare the page; if they matter, print it to a picture and have that read.",
                locator=Locator(kind="page", page=page.number),
            )


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of the numbers (ascending) that follow each other."""
    first = last = 0
    for number in numbers:
        if first and number > last + 1:
            yield first, last
            first = 0
        first, last = first or number, number
    if first:
        yield first, last


def _pages(first: int, last: int) -> str:
    if first == last:
        return Said("Page {first}", first=first)
    return Said("Each of pages {first}-{last}", first=first, last=last)


def _unread_form(path: Path, document: pypdfium2.PdfDocument) -> Iterator[Unread]:
    if document.get_formtype() in _XFA:
        yield Unread(
            message=Said("{name} has an XFA form, whose values may differ from what its pages show.", name=path.name),
            hint="Open it in Adobe Reader and print it to a new PDF.",
        )
