"""Reads image files as documents: a photographed page, a screenshot, a fax of several pages."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from ingest.document import ParsedDocument
from ingest.errors import UnreadableFile, UnsupportedFormat
from ingest.parse.context import PLAIN, Context
from ingest.parse.ocr.decode import frames
from ingest.parse.ocr.recogniser import Image
from ingest.parse.ocr.sheet import Sheet
from ingest.parse.ocr.side_by_side import read_side_by_side
from ingest.parse.ocr.typeset import typeset
from ingest.parse.ocr.zoom import zoomed
from ingest.parse.pdf.scan import recognised_page
from ingest.parse.pdf.understand import understand
from ingest.said import Said

MOST_PAGES = 1000
_EM = 10.5
"""Points that most text is taken to have: pixels have no size, and the layout goes by points."""


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """The text of the picture, or of each page of a TIFF file: headings, paragraphs, lists and ruled tables.

    Locators are of the kind `page`; their boxes are in the picture's pixels. Raises `UnsupportedFormat` when pictures
    are not to be read, `DamagedDocument`, `DocumentTooLarge` or `UnreadableFile`.
    """
    if context.recogniser is None:
        raise UnsupportedFormat(
            Said("{name} is a picture, and pictures are not read.", name=path.name),
            "Set CASELORE_OCR=true to have them read.",
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            Said("{name} cannot be read: {why}.", name=path.name, why=error.strerror or error), "Check its permissions."
        ) from error
    found = []

    def alive(lines: int) -> None:
        context.progress(lines, lines)

    readings = read_side_by_side(_pages(content, path.name), context.recogniser, alive)
    for number, one in enumerate(readings, start=1):
        found.append(one)
        context.progress(number, number)
    em = median([reading.em for _, reading in found if reading.em] or [1.0])
    set_pages = typeset([reading for _, reading in found], [_EM / em] * len(found))
    pages = [
        recognised_page(number, page, Sheet(reading, _EM / em, 1 / zoom), slides=True)
        for number, ((zoom, reading), page) in enumerate(zip(found, set_pages, strict=True), start=1)
    ]
    text = understand(pages)
    return ParsedDocument(elements=text.elements, left_out=text.left_out)


def _pages(content: bytes, name: str) -> Iterator[tuple[float, Image]]:
    for frame in frames(content, name, most=MOST_PAGES):
        image, zoom = zoomed(frame)
        yield zoom, image
