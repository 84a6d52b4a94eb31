"""Reads a PDF page's characters with pdfium: about eight times as fast as pdfminer, and it opens what browsers open."""

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document import BBox
from ingest.parse.pdf.page import Char, Frame, Page

_FORCE_BOLD = 1 << 18  # font descriptor flag, ISO 32000-1 table 123
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SLANT = 3  # degrees
_USUAL_HEIGHT = 1.2  # of a font's box, in ems
_SMALLEST = 1.0  # points; smaller text is not meant to be read
_STROKED_TEXT = {1, 2, 5, 6}  # render modes that thicken glyphs: the usual fake bold
_HYPHENS = {0x02, 0xAD, 0xFFFE}  # how pdfium gives a hyphen at a line's end
# The fonts Wingdings and Symbol have private codes only (U+F0xx): bullets, and the signs of old Word documents.
_DINGBATS = dict.fromkeys((0xF06C, 0xF0B7, 0xF09F, 0xF077), "•") | {
    0xF06E: "■", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF075: "◆", 0xF076: "❖", 0xF0E8: "➔", 0xF0FE: "☑", 0xF0A8: "□",
}  # fmt: skip
_SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xAE: "→", 0xAC: "←",
    0xB7: "•", 0xA5: "∞", 0xE5: "∑", 0xD6: "√", 0x61: "α", 0x62: "β", 0x6C: "λ", 0x6D: "μ", 0x44: "Δ", 0x57: "Ω",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    bold: bool
    font: str
    angle: int | None  # degrees anticlockwise as displayed, None when slanted


def read_chars(raw: pypdfium2.PdfPage, frame: Frame, page: Page) -> None:
    """Put the characters of `raw` into `page`, in the order the file draws them."""
    text = raw.get_textpage()
    try:
        _read(text, frame, page)
    finally:
        text.close()


def _read(text: Any, frame: Frame, page: Page) -> None:
    looks: dict[int | None, _Look] = {}
    box = pdfium.FS_RECTF()
    spaced = ""
    lead = 0
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if 0xD800 <= code < 0xDC00:  # the first half of a rare character, in UTF-16
            lead = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((lead - 0xD800) << 10) + code - 0xDC00
        if code in {0x20, 0xA0, 0x3000, 0x09, 0x0A, 0x0D}:
            if spaced != "real":
                spaced = "gap" if code in {0x0A, 0x0D} or pdfium.FPDFText_IsGenerated(text, at) == 1 else "real"
            continue
        owner = ctypes.cast(pdfium.FPDFText_GetTextObject(text, at), ctypes.c_void_p).value
        look = looks.get(owner)
        if look is None:
            look = looks[owner] = _look(text, at, frame.rotation)
        shown = _readable(code, look.font)
        if not shown:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        place = frame.rectangle(box.left, box.bottom, box.right, box.top)
        size = _size(look, place)
        if size < _SMALLEST or not _is_shown(place, page):
            continue
        made = Char(
            shown,
            place,
            size,
            look.bold,
            look.font,
            spaced,
        )
        if look.angle is not None:
            page.angles[look.angle] += 1
            (page.turned if look.angle else page.chars).append(made)
        spaced = ""


def _size(look: _Look, box: BBox) -> float:
    """The font size in points; where the font has a scale of its own (Type 3), as its box tells."""
    height = box[3] - box[1] if look.angle in {0, 180} else box[2] - box[0]
    return look.size if height < 3 * look.size else round(height / _USUAL_HEIGHT, 1)


def _is_shown(box: BBox, page: Page) -> bool:
    """Whether the character has an extent and its middle lies on the page: printers' marks stand beside it."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return box[3] > box[1] and 0 <= x <= page.width and 0 <= y <= page.height


def _readable(code: int, font: str) -> str:
    if code in _HYPHENS:
        return "-"
    if 0xF000 <= code <= 0xF0FF and "symbol" in font.lower():
        return _SYMBOL.get(code & 0xFF, chr(code & 0xFF) if 0x21 <= code & 0xFF < 0x40 else "")
    if code in _DINGBATS:
        return _DINGBATS[code]
    if code < 0x20 or 0xE000 <= code <= 0xF8FF or code > 0x10FFFF:
        return ""
    char = chr(code)
    # Fonts map Han glyphs to look-alike radicals (⾼ for 高) and Latin ones to ligatures.
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", char)
    return char


def _look(text: Any, at: int, rotation: int) -> _Look:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, at, name, len(name), flags)
    font = name.value.decode("utf-8", errors="replace")
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    size = abs(pdfium.FPDFText_GetFontSize(text, at)) * math.hypot(matrix.c, matrix.d)
    owner = pdfium.FPDFText_GetTextObject(text, at)
    bold = (
        pdfium.FPDFText_GetFontWeight(text, at) >= _BOLD_WEIGHT
        or bool(flags.value & _FORCE_BOLD)
        or bool(_BOLD_NAME.search(font))
        or (bool(owner) and pdfium.FPDFTextObj_GetTextRenderMode(owner) in _STROKED_TEXT)
    )
    degrees = (math.degrees(math.atan2(matrix.b, matrix.a)) - rotation) % 360
    nearest = round(degrees / 90) * 90
    angle = nearest % 360 if abs(degrees - nearest) < _SLANT else None
    return _Look(round(size, 1), bold, font, angle)
