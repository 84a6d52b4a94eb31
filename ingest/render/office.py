"""Prints office documents to PDF with LibreOffice, so that their pages can be looked at."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.parse.context import Context
from ingest.parse.convert import saved

_SLIDES, _SHEETS = frozenset({"pptx", "ppt", "odp"}), frozenset({"xlsx", "xls", "ods", "xlsb"})
PRINTED = frozenset({"docx", "doc", "wps", "odt", "rtf"}) | _SLIDES | _SHEETS
"""The formats that LibreOffice prints."""

_HIDDEN_TOO = {"ExportHiddenSlides": {"type": "boolean", "value": "true"}}
"""A hidden slide is read, so it must be seen, too; and the numbers of pages and slides agree."""


@contextmanager
def printed(path: Path, form: str, context: Context) -> Iterator[Path]:
    """The document, whose content is of format `form`, as a PDF that is there inside the block only.

    Raises `UnsupportedFormat` without LibreOffice, `ParseTimeout`, and `DamagedDocument` when it writes nothing.
    """
    program = "impress" if form in _SLIDES else "calc" if form in _SHEETS else "writer"
    with saved(path, form, "pdf", f"pdf:{program}_pdf_Export:{json.dumps(_HIDDEN_TOO)}", context) as pdf:
        yield pdf
