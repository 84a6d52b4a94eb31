"""How a piece of text looks: its size, face and direction, and whether a reader sees it at all."""

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_FORCE_BOLD = 1 << 18  # font descriptor flag, ISO 32000-1 table 123
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SLANT = 3  # degrees
_STROKED_TEXT = {1, 2, 5, 6}  # render modes that thicken glyphs: the usual fake bold
_INVISIBLE = 3  # the render mode of the text layer under a scan, ISO 32000-1 table 106
_UNSEEN_ALPHA = 8
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one text object. `angle` in degrees anticlockwise as displayed, None when slanted; `colour` None
    where nothing is filled; `layer`: drawn without ink, as recognised text under a scan is; `unmapped`: the font does
    not say which characters its glyphs are.
    """

    size: float
    bold: bool
    font: str
    angle: int | None
    colour: Colour | None
    layer: bool
    unmapped: bool


def look(text: Any, at: int, rotation: int) -> Look:
    """The look of the text object that character `at` of the text page belongs to."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, at, name, len(name), flags)
    font = name.value.decode("utf-8", errors="replace")
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    size = abs(pdfium.FPDFText_GetFontSize(text, at)) * math.hypot(matrix.c, matrix.d)
    owner = pdfium.FPDFText_GetTextObject(text, at)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
    bold = (
        pdfium.FPDFText_GetFontWeight(text, at) >= _BOLD_WEIGHT
        or bool(flags.value & _FORCE_BOLD)
        or bool(_BOLD_NAME.search(font))
        or mode in _STROKED_TEXT
    )
    degrees = (math.degrees(math.atan2(matrix.b, matrix.a)) - rotation) % 360
    nearest = round(degrees / 90) * 90
    angle = nearest % 360 if abs(degrees - nearest) < _SLANT else None
    red, green, blue, alpha = (ctypes.c_uint(255) for _ in range(4))
    known = mode == 0 and pdfium.FPDFText_GetFillColor(text, at, red, green, blue, alpha)
    faint = bool(known) and alpha.value < _UNSEEN_ALPHA
    return Look(
        round(size, 1),
        bold,
        font,
        angle,
        (red.value, green.value, blue.value) if known else None,
        mode == _INVISIBLE or faint,
        pdfium.FPDFText_HasUnicodeMapError(text, at) == 1,
    )
