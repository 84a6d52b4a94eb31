"""Reads what is drawn on a PDF page beside text: straight ruling lines, filled areas, and where pictures lie."""

import ctypes
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document import BBox
from ingest.parse.pdf.frame import Frame
from ingest.parse.pdf.page import Colour, Page, Rule

_THICKEST_RULE = 3.0
_SHORTEST_RULE = 4.0
_MOST_DRAWN = 20_000
"""A page with more is a map or a drawing."""
_PAPER = 250  # red, green and blue of at least this are white
_CLEAR = (-1, -1, -1)
_DEEPEST_FORM = 8
_Matrix = tuple[float, float, float, float, float, float]


def read_paths(raw: pypdfium2.PdfPage, frame: Frame, page: Page) -> None:
    """Put the rules, shades, grounds and pictures of `raw` into `page`, those inside form objects too."""
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    drawn = _drawn(raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, identity, 0)
    seen = 0
    for item, kind, matrix in islice(drawn, _MOST_DRAWN):
        seen += 1
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(item, matrix, frame, page)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _box([(0, 0), (0, 1), (1, 0), (1, 1)], matrix, frame)
            page.pictures.append(box)
            page.grounds.append((box, None))
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
                page.grounds.append((frame.rectangle(left.value, bottom.value, right.value, top.value), None))
    if seen == _MOST_DRAWN:  # what lies where is not known
        page.grounds.append(((0.0, 0.0, page.width, page.height), None))


def _drawn(parent: Any, count: Any, get: Any, outer: _Matrix, depth: int) -> Iterator[tuple[Any, int, _Matrix]]:
    """The page's objects but text, with what leads from their own space to the page's."""
    for at in range(count(parent)):
        item = get(parent, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(item, own)
        matrix = _multiply((own.a, own.b, own.c, own.d, own.e, own.f), outer)
        yield item, kind, matrix
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            yield from _drawn(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, matrix, depth + 1)


def _box(corners: Sequence[tuple[float, float]], matrix: _Matrix, frame: Frame) -> BBox:
    a, b, c, d, e, f = matrix
    points = [frame.point(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _multiply(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _read_path(path: Any, matrix: _Matrix, frame: Frame, page: Page) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    colour = _fill_colour(path) if fill.value else None
    for points, curved in _outlines(path, matrix, frame):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        straight = not curved and all(abs(ax - bx) < 1 or abs(ay - by) < 1 for (ax, ay), (bx, by) in pairwise(points))
        thin = min(x1 - x0, y1 - y0) <= _THICKEST_RULE
        if fill.value and not thin and colour != _CLEAR:
            page.grounds.append(((x0, y0, x1, y1), colour if straight else None))
        if not straight or max(x1 - x0, y1 - y0) < _SHORTEST_RULE:
            continue
        if thin:  # a line, or a bar as thin as one
            _add_rule(page, x0, y0, x1, y1)
            continue
        if stroke.value:
            for (ax, ay), (bx, by) in pairwise(points):
                _add_rule(page, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        if fill.value and len(points) >= 4:
            page.shades.append(((x0, y0, x1, y1), _shade(colour)))


def _shade(colour: Colour | None) -> str:
    light = colour is None or colour == _CLEAR or min(colour) >= _PAPER
    return "" if light else "{:02x}{:02x}{:02x}".format(*(colour or ()))


def _outlines(path: Any, matrix: _Matrix, frame: Frame) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The path's subpaths as displayed points (of curves their ends only), and whether they have curves."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for at in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, curved
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        if kind in {pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO, pdfium.FPDF_SEGMENT_BEZIERTO}:
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(frame.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if points:
        yield points, curved


def _add_rule(page: Page, x0: float, y0: float, x1: float, y1: float) -> None:
    if x1 - x0 >= max(y1 - y0, _SHORTEST_RULE):
        page.horizontal.append(Rule((y0 + y1) / 2, x0, x1))
    elif y1 - y0 >= _SHORTEST_RULE:
        page.vertical.append(Rule((x0 + x1) / 2, y0, y1))


def _fill_colour(path: Any) -> Colour | None:
    """The colour of the area as it looks on paper, `_CLEAR` where it cannot be seen, None for a pattern."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return None
    if alpha.value == 0:
        return _CLEAR
    shown = (255 - (255 - part.value) * alpha.value // 255 for part in (red, green, blue))
    return next(shown), next(shown), next(shown)
