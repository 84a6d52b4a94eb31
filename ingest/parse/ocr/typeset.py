"""Sets what was recognised on pages as a PDF would: characters with box and size, lines, shades, in points.

From there on a scan is read as any other PDF page is: tables, columns, running headers, headings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.parse.ocr.page_reading import PageReading, Written
from ingest.parse.ocr.wide_marks import widened
from ingest.parse.pdf.page import Char, Page, Rule

_SAME_SIZE = 0.14
"""Sizes no farther apart (as a share) are the same: measuring a line is no more exact than that."""
_BOLDER = 1.25
"""Strokes this many times as thick as the body's are bold."""
_HALF = 0.6  # ems from a character's middle to the end of its box, at most
_TALL = 0.6  # ems from its middle to the top of its box


def typeset(readings: Sequence[PageReading], scales: Sequence[float]) -> list[Page]:
    """A `Page` for each reading, in order, numbered from 1. `scales` are points a pixel."""
    lines = [
        (one, one.em * scale)
        for reading, scale in zip(readings, scales, strict=True)
        for one in reading.written
        if not one.standing
    ]
    body = median([size for one, size in lines for _ in one.line.glyphs]) if lines else 0.0
    thickness = median([one.bold for one, size in lines for _ in one.line.glyphs if _alike(size, body)] or [0.0])
    pages = []
    for number, (reading, scale) in enumerate(zip(readings, scales, strict=True), start=1):
        page = Page(number, reading.width * scale, reading.height * scale)
        for one in reading.written:
            size = one.em * scale
            size = round(body if _alike(size, body) else size, 1)
            bold = bool(thickness) and one.bold >= _BOLDER * thickness
            chars = list(_chars(one, size, scale, bold=bold))
            if one.bullet and chars:
                chars = _after_bullet(chars)
            (page.turned if one.standing else page.chars).extend(chars)
            page.angles[0] += 0 if one.standing else len(chars)
        drawn = reading.drawn
        page.horizontal = [Rule(one.at * scale, one.start * scale, one.end * scale) for one in drawn.horizontal]
        page.vertical = [Rule(one.at * scale, one.start * scale, one.end * scale) for one in drawn.vertical]
        page.shades = [
            ((x0 * scale, y0 * scale, x1 * scale, y1 * scale), f"{grey:02x}" * 3)
            for (x0, y0, x1, y1), grey in drawn.shades
        ]
        pages.append(page)
    return pages


def _alike(size: float, other: float) -> bool:
    return abs(size - other) <= _SAME_SIZE * other


def _chars(one: Written, size: float, scale: float, *, bold: bool) -> Iterator[Char]:
    """The line's characters in points. The recogniser gives their middles; each reaches half way to its neighbours."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = one.line.corners
    glyphs = widened(one.line.glyphs, _length(one) / one.em if one.em else 0.0)
    reach = _HALF * one.em / max(_length(one), 1.0)
    edges = [(left.at + right.at) / 2 for left, right in pairwise(glyphs)]
    for at, glyph in enumerate(glyphs):
        start = max(edges[at - 1] if at else 0.0, glyph.at - reach)
        end = min(edges[at] if at < len(edges) else 1.0, glyph.at + reach)
        points = [
            ((x0 + share * (x1 - x0)) * scale, (y0 + share * (y1 - y0)) * scale)
            for share in (start, end)
            for x0, y0, x1, y1 in ((ax, ay, bx, by), (dx, dy, cx, cy))
        ]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        top, bottom = min(ys), max(ys)
        if not one.standing:
            middle = (top + bottom) / 2
            top, bottom = middle - _TALL * size, middle + _TALL * size
        yield Char(glyph.text, (min(xs), top, max(xs), bottom), size, bold, "", "real" if glyph.spaced else "")


def _after_bullet(chars: Sequence[Char]) -> list[Char]:
    """The dot is set close to its text: from where it stands it would look like a column of its own."""
    first = chars[0]
    x0, y0, _, y1 = first.box
    dot = replace(first, text="•", box=(x0 - first.size, y0, x0 - first.size / 2, y1))
    return [dot, replace(first, spaced="real"), *chars[1:]]


def _length(one: Written) -> float:
    (x0, y0), (x1, y1) = one.line.corners[:2]
    return float(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
