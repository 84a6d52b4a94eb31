"""Has the right parser read a file: it finds out what the file is, and turns whatever goes wrong into advice."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import cast

from ingest.document import Element, ParsedDocument
from ingest.errors import DamagedDocument, DocumentError, DocumentTooLarge, EmptyDocument
from ingest.parse.containers import check_expansion
from ingest.parse.context import PLAIN, Context
from ingest.parse.convert import CONVERTED
from ingest.parse.detect import PICTURE_EXTENSIONS, TEXT_FORMATS, detect, unreadable
from ingest.said import Said

_PARSERS = {
    "docx": "ingest.parse.docx.parser",
    "pptx": "ingest.parse.pptx.parser",
    "xlsx": "ingest.parse.xlsx.parser",
    "pdf": "ingest.parse.pdf.parser",
    "md": "ingest.parse.markup.markdown",
    "txt": "ingest.parse.plain.text",
    "csv": "ingest.parse.plain.csv_table",
    "html": "ingest.parse.markup.html",
    "eml": "ingest.parse.mail.parser",
    "msg": "ingest.parse.mail.outlook",
    "mbox": "ingest.parse.mail.mailbox",
    "mht": "ingest.parse.mail.web_archive",
    "rtf": "ingest.parse.rtf.parser",
    "odt": "ingest.parse.odt.parser",
    "epub": "ingest.parse.epub.parser",
    "json": "ingest.parse.elements_file",
    **dict.fromkeys(CONVERTED, "ingest.parse.converted"),
    **dict.fromkeys(("png", "jpg", "bmp", "tiff", "webp"), "ingest.parse.ocr.parser"),
}

KNOWN_EXTENSIONS = frozenset({
    *_PARSERS, *TEXT_FORMATS, *PICTURE_EXTENSIONS,
    "docm", "dotx", "dotm", "xlsm", "xltx", "xltm", "pptm", "ppsx", "ppsm", "potx", "dot", "xlt", "pps", "pot",
    "et", "ett", "dps", "dpt", "wpt", "ndjson", "ott", "ots", "otp", "log", "text",
})  # fmt: skip
"""Extensions (lower case, without the dot) of the files taken from a folder."""

PACKED = frozenset({"docx", "pptx", "xlsx", "xlsb", "odt", "ods", "odp", "epub"})
"""The formats that are zip archives."""


def check_size(path: Path, max_bytes: int) -> None:
    """Raises `DocumentTooLarge` for a file of more than `max_bytes`, `UnreadableFile` when it cannot be looked at."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise unreadable(path, error) from error
    if size > max_bytes:
        raise DocumentTooLarge(
            Said(
                "{name} has {size} MiB, more than the {max_bytes} MiB taken.",
                name=path.name,
                size=f"{size / 2**20:.1f}",
                max_bytes=f"{max_bytes / 2**20:g}",
            ),
            "Split it, or raise CASELORE_MAX_FILE_MB.",
        )


def parse_file(path: Path, context: Context = PLAIN) -> tuple[str, ParsedDocument]:
    """The format of the file and what its parser read from it; the document has at least one element with text.

    Raises `DocumentError`s only, whatever the file does to its parser.
    """
    check_size(path, context.max_bytes)
    form = detect(path)
    if form in PACKED:
        check_expansion(path, context.max_bytes)
    parse = cast("Callable[[Path, Context], ParsedDocument]", importlib.import_module(_PARSERS[form]).parse)
    try:
        document = parse(path, context)
    except DocumentError:
        raise
    except MemoryError as error:
        raise DocumentTooLarge(
            Said("{name} needs more memory than there is.", name=path.name), "Split it and ingest the parts."
        ) from error
    # Broad on purpose: files from anywhere reach a dozen libraries here, nobody knows all they raise on malformed
    # input, and one bad file must not stop the others. The exception's class goes into the message and its cause.
    except Exception as error:
        raise DamagedDocument(
            Said(
                "{name} could not be read: {kind} in the {form} parser.",
                name=path.name,
                kind=type(error).__name__,
                form=form,
            ),
            "Open it in its program and save it anew; if that does not help, please report it with the file.",
        ) from error
    if not any(_has_text(element) for element in document.elements):
        hint = "Leave it out, or save it again with its content."
        if form == "pdf" and context.recogniser is None:
            hint = "It may be a scan: set CASELORE_OCR=true to have scanned pages read."
        raise EmptyDocument(Said("{name} has no text in it.", name=path.name), hint)
    return form, document


def _has_text(element: Element) -> bool:
    if element.table is None:
        return bool(element.text.strip())
    return any(cell.strip() for row in element.table.rows for cell in row.cells) or any(element.table.header)
