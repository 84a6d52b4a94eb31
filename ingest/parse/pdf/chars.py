"""Reads a PDF page's characters with pdfium: about eight times as fast as pdfminer, and it opens what browsers open."""

import ctypes
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document import BBox
from ingest.parse.pdf.frame import Frame
from ingest.parse.pdf.glyphs import is_private, readable
from ingest.parse.pdf.look import Look, look
from ingest.parse.pdf.page import Char, Page

_USUAL_HEIGHT = 1.2  # of a font's box, in ems
_SMALLEST = 1.0  # points; smaller text is not meant to be read
_BLANKS = {0x20, 0xA0, 0x3000, 0x09, 0x0A, 0x0D}
_BREAKS = {0x0A, 0x0D}


def read_chars(raw: pypdfium2.PdfPage, frame: Frame, page: Page) -> None:
    """Put the characters of `raw` into `page`, in the order the file draws them. Its shades and pictures must have been
    read: they tell which text can be seen.
    """
    text = raw.get_textpage()
    try:
        _read(text, frame, page)
    finally:
        text.close()


def _read(text: Any, frame: Frame, page: Page) -> None:
    looks: dict[int | None, Look] = {}
    grounds = page.colours()
    box = pdfium.FS_RECTF()
    spaced = ""
    lead = 0
    last: int | None = None
    own: Look | None = None
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in _BLANKS:
            if spaced != "real":
                spaced = "gap" if code in _BREAKS or pdfium.FPDFText_IsGenerated(text, at) == 1 else "real"
            continue
        if 0xD800 <= code < 0xE000:  # rare characters come as two halves, in UTF-16
            if code < 0xDC00:
                lead = code
                continue
            code = 0x10000 + ((lead - 0xD800) << 10) + code - 0xDC00
        owner = ctypes.cast(pdfium.FPDFText_GetTextObject(text, at), ctypes.c_void_p).value
        if own is None or owner != last:
            last = owner
            if owner not in looks:
                looks[owner] = look(text, at, frame.rotation)
            own = looks[owner]
        shown = readable(code, own.font)
        # Where a font is silent pdfium gives the code itself: a letter in fonts of one byte, else a glyph's number.
        if (own.unmapped and not 0x20 < code <= 0xFF) or (not shown and is_private(code)):
            page.unmapped += 1
            continue
        if not shown:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        place = frame.rectangle(box.left, box.bottom, box.right, box.top)
        made = Char(shown, place, _size(own, place), own.bold, own.font, spaced)
        spaced = ""
        if own.angle is None:
            continue
        if _is_outside(made, page) or ((own.layer or own.colour in grounds) and _is_unseen(made, own, page)):
            page.hidden.append(made)
            continue
        page.layered += own.layer
        page.angles[own.angle] += 1
        (page.turned if own.angle else page.chars).append(made)


def _size(own: Look, box: BBox) -> float:
    """The font size in points; where the font has a scale of its own (Type 3), as its box tells."""
    height = box[3] - box[1] if own.angle in {0, 180} else box[2] - box[0]
    return own.size if height < 3 * own.size else round(height / _USUAL_HEIGHT, 1)


def _is_outside(char: Char, page: Page) -> bool:
    """Whether it is too small to be read, or stands beside the page (printers' marks)."""
    x0, y0, x1, y1 = char.box
    return char.size < _SMALLEST or y1 <= y0 or not (0 <= x0 + x1 <= 2 * page.width and 0 <= y0 + y1 <= 2 * page.height)


def _is_unseen(char: Char, own: Look, page: Page) -> bool:
    """Whether it is drawn without ink, or in its ground's colour. Text without ink over a picture is what a scanner
    recognised in it, and is read.
    """
    x, y = (char.box[0] + char.box[2]) / 2, (char.box[1] + char.box[3]) / 2
    if own.layer:
        return not page.in_picture(x, y)
    return page.ground(x, y) == own.colour
