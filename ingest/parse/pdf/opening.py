"""Opens a PDF file with pdfium, or says why not."""

import threading
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.errors import DamagedDocument, EncryptedDocument, UnreadableFile
from ingest.said import Said

PDFIUM = threading.Lock()
"""pdfium keeps global state: one thread at a time."""
_TAIL_BYTES = 65536


def check_end(path: Path) -> None:
    """A PDF ends with the place of its index (ISO 32000-1, 7.5.5). pdfium would rebuild the index of a truncated file
    from what is left of it, and pages would be missing without a word. Raises `DamagedDocument` or `UnreadableFile`.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL_BYTES))
            tail = file.read()
    except OSError as error:
        raise UnreadableFile(
            Said("{name} cannot be read: {why}.", name=path.name, why=error.strerror or error), "Check its permissions."
        ) from error
    if b"startxref" not in tail and b"%%EOF" not in tail:
        raise damaged(path, "its end is missing")


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """The document, with its form where it has one. Raises `EncryptedDocument` or `DamagedDocument`."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise EncryptedDocument(
                Said("{name} is protected by a password.", name=path.name),
                "Open it, save or print it to a PDF without one, and retry.",
            ) from error
        raise damaged(path, "it cannot be opened") from error
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()
    return document


def damaged(path: Path, what: str) -> DamagedDocument:
    """The error of a malformed file."""
    return DamagedDocument(
        Said("{name} is truncated or damaged: {what}.", name=path.name, what=what),
        "Copy or download it again, or print it to a new PDF.",
    )
