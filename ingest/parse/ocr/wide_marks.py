"""Tells full-width marks from half-width ones: the models know one sign for both (`（` is read as `(`)."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.parse.ocr.page_reading import is_han
from ingest.parse.ocr.recogniser import Glyph

_WIDE = dict(zip("(),:;?!", "（），：；？！", strict=True))
_NARROW_WIDTH = 0.35  # ems
_LATIN_WIDTH = 0.55


def widened(glyphs: Sequence[Glyph], ems: float) -> list[Glyph]:
    """The line's characters, with marks that take a whole em as the full-width ones. `ems` is the line's length.

    Where a mark's neighbours do not tell its width (at the end of a line), it goes by whether they are Chinese.
    """
    found: list[Glyph] = []
    for at, glyph in enumerate(glyphs):
        before = glyphs[at - 1] if at else None
        after = glyphs[at + 1] if at + 1 < len(glyphs) else None
        wide = _WIDE.get(glyph.text)
        found.append(replace(glyph, text=wide) if wide and _is_wide(before, after, ems) else glyph)
    return found


def _is_wide(before: Glyph | None, after: Glyph | None, ems: float) -> bool:
    chinese = any(one is not None and is_han(one.text) for one in (before, after))
    if not chinese:
        return False
    if before is None or after is None or after.spaced:
        return True
    free = (after.at - before.at) * ems - (_width(before) + _width(after)) / 2
    return free > (1 + _NARROW_WIDTH) / 2


def _width(glyph: Glyph) -> float:
    if is_han(glyph.text):
        return 1.0
    return _LATIN_WIDTH if glyph.text.isalnum() else _NARROW_WIDTH
