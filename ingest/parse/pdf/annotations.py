"""Reads what was pinned to a PDF page: remarks with their author, and where links lead that do not say so."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document import BBox
from ingest.parse.pdf.frame import Frame
from ingest.parse.pdf.strings import read_string

_REMARKS = {
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_CARET,
    pdfium.FPDF_ANNOT_SQUARE,
    pdfium.FPDF_ANNOT_CIRCLE,
    pdfium.FPDF_ANNOT_INK,
    pdfium.FPDF_ANNOT_LINE,
    pdfium.FPDF_ANNOT_POLYGON,
    pdfium.FPDF_ANNOT_POLYLINE,
}
_HIDDEN = 1 << 1  # annotation flag, ISO 32000-1 table 165
_MOST = 5000
"""A page with more annotations is a test or an attack."""
_WEB = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)


@dataclass(frozen=True)
class Remark:
    """What a reader wrote on a page; `author` is empty where the file does not say. `drawn`: it stands on the page for
    all to see, as a text of its own.
    """

    text: str
    author: str
    box: BBox
    drawn: bool


@dataclass(frozen=True)
class Link:
    """The address that an area of the page leads to."""

    address: str
    box: BBox


def read_annotations(document: Any, raw: pypdfium2.PdfPage, frame: Frame) -> Iterator[Remark | Link]:
    """The page's remarks and its links to the web, in the file's order."""
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(raw), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(raw, at)
        if not annotation:
            continue
        try:
            made = _read(document, annotation, frame)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
        if made:
            yield made


def _read(document: Any, annotation: Any, frame: Frame) -> Remark | Link | None:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    rectangle = pdfium.FS_RECTF()
    if pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN or not pdfium.FPDFAnnot_GetRect(annotation, rectangle):
        return None
    box = frame.rectangle(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    if kind == pdfium.FPDF_ANNOT_LINK:
        address = _address(document, annotation)
        return Link(address, box) if _WEB.match(address) else None
    if kind not in _REMARKS:
        return None
    text = " ".join(_string(annotation, b"Contents").split())
    return Remark(text, _string(annotation, b"T").strip(), box, kind == pdfium.FPDF_ANNOT_FREETEXT) if text else None


def _string(annotation: Any, key: bytes) -> str:
    return read_string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _address(document: Any, annotation: Any) -> str:
    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not size:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.raw.rstrip(b"\x00").decode("utf-8", errors="replace")
