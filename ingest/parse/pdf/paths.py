"""Reads a PDF page's drawings as far as they make tables: straight ruling lines and shaded rectangles."""

import ctypes
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.parse.pdf.page import Frame, Page, Rule

_THICKEST_RULE = 3.0
_SHORTEST_RULE = 4.0
_MOST_PATHS = 20_000
"""A page with more is a map or a drawing."""
_DEEPEST_FORM = 8
_Matrix = tuple[float, float, float, float, float, float]


def read_paths(raw: pypdfium2.PdfPage, frame: Frame, page: Page) -> None:
    """Put the rules and shades of `raw` into `page`, those inside form objects too."""
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    paths = _paths(raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, identity, 0)
    for path, matrix in islice(paths, _MOST_PATHS):
        _read_path(path, matrix, frame, page)


def _paths(parent: Any, count: Any, get: Any, outer: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
    for at in range(count(parent)):
        item = get(parent, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM}:
            continue
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(item, own)
        matrix = _multiply((own.a, own.b, own.c, own.d, own.e, own.f), outer)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item, matrix
        elif depth < _DEEPEST_FORM:
            yield from _paths(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, matrix, depth + 1)


def _multiply(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _read_path(path: Any, matrix: _Matrix, frame: Frame, page: Page) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    for points in _outlines(path, matrix, frame):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        straight = all(abs(ax - bx) < 1 or abs(ay - by) < 1 for (ax, ay), (bx, by) in pairwise(points))
        if not straight or max(x1 - x0, y1 - y0) < _SHORTEST_RULE:
            continue
        if min(x1 - x0, y1 - y0) <= _THICKEST_RULE:  # a line, or a bar as thin as one
            _add_rule(page, x0, y0, x1, y1)
            continue
        if stroke.value:
            for (ax, ay), (bx, by) in pairwise(points):
                _add_rule(page, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        if fill.value and len(points) >= 4:
            page.shades.append(((x0, y0, x1, y1), _fill_colour(path)))


def _outlines(path: Any, matrix: _Matrix, frame: Frame) -> Iterator[list[tuple[float, float]]]:
    """The path's subpaths as displayed points; curves give none of theirs."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for at in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        if kind in {pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO}:
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(frame.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if points:
        yield points


def _add_rule(page: Page, x0: float, y0: float, x1: float, y1: float) -> None:
    if x1 - x0 >= max(y1 - y0, _SHORTEST_RULE):
        page.horizontal.append(Rule((y0 + y1) / 2, x0, x1))
    elif y1 - y0 >= _SHORTEST_RULE:
        page.vertical.append(Rule((x0 + x1) / 2, y0, y1))


def _fill_colour(path: Any) -> str:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
    white = min(red.value, green.value, blue.value) >= 250
    return "" if white or alpha.value == 0 else f"{red.value:02x}{green.value:02x}{blue.value:02x}"
