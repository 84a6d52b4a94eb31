"""Reads one PDF page: its lines in reading order and its tables, whichever way the text stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.parse.context import Context
from ingest.parse.pdf.annotations import Link, Remark, read_annotations
from ingest.parse.pdf.boxes import read_boxes
from ingest.parse.pdf.chars import read_chars
from ingest.parse.pdf.columns import read_lines
from ingest.parse.pdf.fields import read_fields
from ingest.parse.pdf.frame import Frame
from ingest.parse.pdf.lines import Line, bounds, is_airy, read_rows
from ingest.parse.pdf.overlaid import take_overlaid
from ingest.parse.pdf.page import Char, Page
from ingest.parse.pdf.page_text import PageText
from ingest.parse.pdf.paths import read_paths
from ingest.parse.pdf.pictures import read_pictures
from ingest.parse.pdf.tables import take_tables

_NEAR = 1.5  # ems between characters of one turned text
_PIECE = 1.2  # ems within one piece of hidden text
_UNMAPPED = 0.3  # share of a page's characters that no font explains, from which on its text is garbage
_FEW_CHARS = 40
_FULL_PAGE = 0.8  # of the page's area
_MANY_SHAPES = 20  # a page without characters may have its text drawn as shapes


@dataclass(frozen=True)
class Reading:
    """How a document's pages are read: `slides` says that they are laid out in boxes where they are wider than high."""

    document: pypdfium2.PdfDocument
    context: Context
    slides: bool


def read_page(reading: Reading, index: int) -> PageText:
    """Page `index` (from 0) as far as it is text. Raises pypdfium2.PdfiumError when it cannot be loaded."""
    raw = reading.document[index]
    try:
        page, turn = _read(reading.document, raw, index + 1, 0), 0
        upright = page
        if page.angles and page.angles.most_common(1)[0][0]:
            turn = page.angles.most_common(1)[0][0]
            page = _read(reading.document, raw, index + 1, turn)
        made = _page_text(page, turn, slides=reading.slides)
        made.label = reading.document.get_page_label(index)
        made.unmapped = 0 if made.needs_recognition else page.unmapped
        _add_remarks(made, [one for one in page.annotations if isinstance(one, Remark)])
        if not (made.needs_recognition or page.layered):
            written = [made.displayed(line.box) for line in made.lines]
            made.pictures = list(read_pictures(raw, upright, written, reading.context))
    finally:
        raw.close()
    return made


def _page_text(page: Page, turn: int, *, slides: bool) -> PageText:
    if _is_garbage(page):  # what happens to look like text among it is none
        return PageText(page.number, page.width, page.height, turn, needs_recognition=True)
    overlaid = take_overlaid(page)
    tables, rest, turned = take_tables(page)
    read = read_boxes if slides and page.width > page.height else read_lines
    lines = [*read(rest, airy=is_airy(page.chars)), *turned_lines(turned), *overlaid]
    made = PageText(page.number, page.width, page.height, turn, lines, tables)
    made.needs_recognition = _needs_recognition(page)
    for row in read_rows(page.hidden, _PIECE):
        for piece in row:
            made.drop(piece, "invisible")
    return made


def _is_garbage(page: Page) -> bool:
    """Whether its text is of a kind that only its font understands."""
    return page.unmapped > _UNMAPPED * (len(page.chars) + len(page.turned) + page.unmapped)


def _needs_recognition(page: Page) -> bool:
    """Whether the page is a picture: no text to speak of over a scan, or all of it drawn as shapes."""
    count = len(page.chars) + len(page.turned)
    if not count:
        return bool(page.pictures) or len(page.grounds) >= _MANY_SHAPES
    area = page.width * page.height
    covered = max(((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in page.pictures), default=0.0)
    return count < _FEW_CHARS and covered >= _FULL_PAGE * area and not page.layered


def _read(document: pypdfium2.PdfDocument, raw: pypdfium2.PdfPage, number: int, turn: int) -> Page:
    # The page's box may stand in the page or be inherited from the page tree; only this call knows both.
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(raw, box)
    frame = Frame((box.left, box.bottom, box.right, box.top), (raw.get_rotation() + turn) % 360)
    width, height = raw.get_size()
    page = Page(number, *((height, width) if turn in {90, 270} else (width, height)))
    read_paths(raw, frame, page)
    read_chars(raw, frame, page)
    page.annotations = list(read_annotations(document, raw, frame))
    if document.formenv:
        read_fields(raw, document.formenv, frame, page)
    _name_links(page.chars, [one for one in page.annotations if isinstance(one, Link)])
    return page


def _name_links(chars: list[Char], links: Sequence[Link]) -> None:
    """Put a link's address behind its text where the text does not show it."""
    for link, following in pairwise([*links, None]):
        if link is None or (following and following.address == link.address):  # it goes on in the next line
            continue
        x0, y0, x1, y1 = link.box
        inside = [
            at
            for at, one in enumerate(chars)
            if x0 <= (one.box[0] + one.box[2]) / 2 <= x1 and y0 <= (one.box[1] + one.box[3]) / 2 <= y1
        ]
        address = link.address.removeprefix("mailto:")
        if inside and not _shows(chars, inside[-1], address):
            last = chars[inside[-1]]
            chars[inside[-1]] = replace(last, text=f"{last.text}（{address}）")


def _shows(chars: Sequence[Char], last: int, address: str) -> bool:
    """Whether the end of the address stands before or at character `last`, wrapped or not."""
    tail = "".join(address.split("://")[-1].rstrip("/").split())[-12:].lower()
    return tail in "".join(one.text for one in chars[max(0, last - 200) : last + 40]).lower()


def _add_remarks(made: PageText, remarks: Sequence[Remark]) -> None:
    for remark in remarks:
        x0, y0, x1, _ = remark.box
        if remark.drawn:
            line = Line(remark.text, remark.box, 10.5, False, "", x0, x1, alone=True)
            at = next((at for at, one in enumerate(made.lines) if one.box[1] > y0), len(made.lines))
            made.lines.insert(at, line)
        else:
            who = f"批注（{remark.author}）" if remark.author else "批注"
            made.notes.append(Line(f"{who}：{remark.text}", remark.box, 10.5, False, "", x0, x1, alone=True))


def turned_lines(chars: Sequence[Char]) -> list[Line]:
    """Texts that stand otherwise than the rest of the page, in the order they are drawn."""
    lines: list[Line] = []
    for char in chars:
        made = Line(char.text, char.box, char.size, char.bold, char.font, char.box[0], char.box[2], alone=True)
        if lines and _is_near(lines[-1], char):
            text = lines[-1].text + (" " if char.spaced else "") + char.text
            box = bounds([lines[-1].box, char.box])
            lines[-1] = replace(lines[-1], text=text, box=box, left=box[0], right=box[2])
        else:
            lines.append(made)
    return lines


def _is_near(line: Line, char: Char) -> bool:
    across = max(line.box[0], char.box[0]) - min(line.box[2], char.box[2])
    down = max(line.box[1], char.box[1]) - min(line.box[3], char.box[3])
    return max(across, down) < _NEAR * char.size and min(across, down) < 0
