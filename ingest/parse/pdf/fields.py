"""Reads what was filled into a PDF's form: its fields are drawn over the page and are no part of the page's text."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document import BBox
from ingest.parse.pdf.frame import Frame
from ingest.parse.pdf.page import Char, Page
from ingest.parse.pdf.strings import read_string

_LINE = 1.25  # ems from line to line of a field
_SMALLEST, _LARGEST = 6.0, 12.0
_HIDDEN = 1 << 1 | 1 << 5  # annotation flags, ISO 32000-1 table 165: hidden, no view
_PASSWORD = 1 << 13  # text field flag, table 228
_TEXTS = {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}
_TICKS = {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}


def read_fields(raw: pypdfium2.PdfPage, form: Any, frame: Frame, page: Page) -> None:
    """Put the values of the page's fields among its characters, each where its field lies: then a value is read with
    the label beside it, and in its cell where the form is a table. A box to tick reads ☑ or ☐.
    """
    for at in range(pdfium.FPDFPage_GetAnnotCount(raw)):
        annotation = pdfium.FPDFPage_GetAnnot(raw, at)
        if not annotation:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET:
                page.chars += _shown(form, annotation, frame)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _shown(form: Any, annotation: Any, frame: Frame) -> Iterator[Char]:
    if pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
        return
    rectangle = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, rectangle):
        return
    box = frame.rectangle(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _TICKS:
        yield _line("☑" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐", box)
    elif kind in _TEXTS and not pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD:
        text = read_string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        size = (box[3] - box[1]) / max(len(lines), 1)
        for at, line in enumerate(lines):
            yield _line(line, (box[0], box[1] + at * size, box[2], box[1] + (at + 1) * size))


def _line(text: str, box: BBox) -> Char:
    size = min(max((box[3] - box[1]) / _LINE, _SMALLEST), _LARGEST)
    return Char(text, box, round(size, 1), False, "", "real")
