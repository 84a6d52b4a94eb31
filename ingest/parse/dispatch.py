"""Finds out what a file is, by content before extension, and has the right parser read it."""

import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

from ingest.document import Element, ParsedDocument
from ingest.errors import (
    DamagedDocument,
    DocumentError,
    DocumentTooLarge,
    EmptyDocument,
    UnreadableFile,
    UnsupportedFormat,
)
from ingest.parse.containers import OLE_MAGIC, ZIP_MAGICS, check_expansion, refuse_ole, zip_format
from ingest.parse.context import PLAIN, Context

_PARSERS = {
    "docx": "ingest.parse.docx.parser",
    "pptx": "ingest.parse.pptx.parser",
    "xlsx": "ingest.parse.xlsx.parser",
    "pdf": "ingest.parse.pdf.parser",
    "md": "ingest.parse.markup.markdown",
    "txt": "ingest.parse.plain.text",
    "html": "ingest.parse.markup.html",
    "eml": "ingest.parse.mail.parser",
}
_TEXT_FORMATS = {"md": "md", "markdown": "md", "html": "html", "htm": "html", "xhtml": "html"}

KNOWN_EXTENSIONS = frozenset({*_PARSERS, *_TEXT_FORMATS, "docm", "xlsm", "pptm"})
"""Extensions (lower case, without the dot) of the files taken from a folder."""

_HEAD_BYTES = 8192
_PACKED = frozenset({"docx", "pptx", "xlsx"})
_PDF_START = 1024  # how far into the file `%PDF-` may stand, as viewers have it
_MAGICS = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a picture, sound or film (RIFF)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a Rich Text document (.rtf)"),
)
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_LIKELY_UTF16 = re.compile(r"[\t\n\r -~　-〿一-鿿！-･]")


def detect(path: Path) -> str:
    """The format of the file's content: `docx`, `pptx`, `xlsx`, `pdf`, `md`, `txt`, `html` or `eml`.

    The extension only tells kinds of text apart. Raises `UnsupportedFormat` (pictures, programs, old Office formats),
    `EncryptedDocument`, `DamagedDocument` (a truncated archive), `EmptyDocument` or `UnreadableFile`.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not head:
        raise EmptyDocument(f"{path.name} is empty (0 bytes).", "Copy or download it again.")
    if head.startswith(ZIP_MAGICS):
        return zip_format(path)
    if head.startswith(OLE_MAGIC):
        raise refuse_ole(path)
    if b"%PDF-" in head[:_PDF_START]:
        return "pdf"
    extension = path.suffix.lower().removeprefix(".")
    what = next((what for magic, what in _MAGICS if head.startswith(magic)), "")
    # `BM` and `MZ` may also open a text.
    if what and not (what in {"a BMP picture", "a Windows program"} and _is_text(head)):
        raise _not_a_document(path, what)
    if not _is_text(head):
        raise _not_a_document(path, "binary data of an unknown kind")
    if _HTML.match(head.removeprefix(_BOMS[-1])):
        return "html"
    if extension == "eml":
        return "eml"
    if _MAIL.search(head) and extension not in {"md", "txt"}:
        raise _not_a_document(path, "a mail or a web archive (MIME)")
    return _TEXT_FORMATS.get(extension, "txt")


def check_size(path: Path, max_bytes: int) -> None:
    """Raises `DocumentTooLarge` for a file of more than `max_bytes`, `UnreadableFile` when it cannot be looked at."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error
    if size > max_bytes:
        raise DocumentTooLarge(
            f"{path.name} has {size / 2**20:.1f} MiB, more than the {max_bytes / 2**20:g} MiB taken.",
            "Split it, or raise CASELORE_MAX_FILE_MB.",
        )


def parse_file(path: Path, context: Context = PLAIN) -> tuple[str, ParsedDocument]:
    """The format of the file and what its parser read from it; the document has at least one element with text.

    Raises `DocumentError`s only, whatever the file does to its parser.
    """
    check_size(path, context.max_bytes)
    form = detect(path)
    if form in _PACKED:
        check_expansion(path, context.max_bytes)
    parse = cast("Callable[[Path, Context], ParsedDocument]", importlib.import_module(_PARSERS[form]).parse)
    try:
        document = parse(path, context)
    except DocumentError:
        raise
    except MemoryError as error:
        raise DocumentTooLarge(
            f"{path.name} needs more memory than there is.", "Split it and ingest the parts."
        ) from error
    # Broad on purpose: files from anywhere reach a dozen libraries here, nobody knows all they raise on malformed
    # input, and one bad file must not stop the others. The exception's class goes into the message and its cause.
    except Exception as error:
        raise DamagedDocument(
            f"{path.name} could not be read: {type(error).__name__} in the {form} parser.",
            "Open it in its program and save it anew; if that does not help, please report it with the file.",
        ) from error
    if not any(_has_text(element) for element in document.elements):
        hint = "Leave it out, or save it again with its content."
        if form == "pdf":
            hint = "It may be a scan: run it through OCR first, scanned pages are not read yet."
        raise EmptyDocument(f"{path.name} has no text in it.", hint)
    return form, document


def _has_text(element: Element) -> bool:
    if element.table is None:
        return bool(element.text.strip())
    return any(cell.strip() for row in element.table.rows for cell in row.cells) or any(element.table.header)


def _is_text(head: bytes) -> bool:
    if head.startswith(_BOMS):
        return True
    if b"\x00" not in head:
        return len(_CONTROLS.findall(head)) <= len(head) // 100
    # UTF-16 without a byte order mark: of random bytes less than half would be Chinese, ASCII or punctuation.
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
        if len(_LIKELY_UTF16.findall(text)) > 0.95 * len(text):
            return True
    return False


def _not_a_document(path: Path, what: str) -> UnsupportedFormat:
    if path.suffix:
        what += f", not a {path.suffix.lower()} document that can be read"
    return UnsupportedFormat(
        f"{path.name} is {what}.", "Give it its right extension and leave it out, or save it as .docx."
    )


def _unreadable(path: Path, error: OSError) -> UnreadableFile:
    if path.is_dir():
        return UnreadableFile(f"{path.name} is a folder.", "Name a file.")
    return UnreadableFile(f"{path.name} cannot be read: {error.strerror}.", "Check that it exists and its permissions.")
