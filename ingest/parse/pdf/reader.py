"""Reads one PDF page: its lines in reading order and its tables, whichever way the text stands on it."""

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.parse.pdf.boxes import read_boxes
from ingest.parse.pdf.chars import read_chars
from ingest.parse.pdf.columns import read_lines
from ingest.parse.pdf.lines import Line, bounds, is_airy
from ingest.parse.pdf.page import Char, Frame, Page
from ingest.parse.pdf.page_text import PageText
from ingest.parse.pdf.paths import read_paths
from ingest.parse.pdf.tables import take_tables

_NEAR = 1.5  # ems between characters of one turned text


def read_page(document: pypdfium2.PdfDocument, index: int) -> PageText:
    """Page `index` (from 0). Raises pypdfium2.PdfiumError when it cannot be loaded."""
    raw = document[index]
    try:
        page, turn = _read(raw, index + 1, 0), 0
        if page.angles and page.angles.most_common(1)[0][0]:
            turn = page.angles.most_common(1)[0][0]
            page = _read(raw, index + 1, turn)
    finally:
        raw.close()
    tables, rest, turned = take_tables(page)
    read = read_boxes if page.width > page.height else read_lines
    lines = [*read(rest, airy=is_airy(page.chars)), *_turned_lines(turned)]
    return PageText(page.number, page.width, page.height, turn, lines, tables)


def _read(raw: pypdfium2.PdfPage, number: int, turn: int) -> Page:
    # The page's box may stand in the page or be inherited from the page tree; only this call knows both.
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(raw, box)
    frame = Frame((box.left, box.bottom, box.right, box.top), (raw.get_rotation() + turn) % 360)
    width, height = raw.get_size()
    page = Page(number, *((height, width) if turn in {90, 270} else (width, height)))
    read_chars(raw, frame, page)
    read_paths(raw, frame, page)
    return page


def _turned_lines(chars: Sequence[Char]) -> list[Line]:
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
