"""The same facts in the files that LibreOffice writes: old Office formats, OpenDocument, RTF, and its own OOXML and PDF.

Block numbers change in conversion, so what remains of a fact's place is what a reader sees: headings, sheet, slide.
"""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.fidelity.fact import Fact, MadeFile, Maker
from evals.fidelity.made import docx_changes, docx_tables, docx_text, sheets, slides
from ingest.errors import UnavailableError

_KEPT_FIELDS = {"sheet", "slide", "headings", "range"}
_SECONDS = 180
_TRIES = 2  # on a busy machine it sometimes ends without a word at the first
_FILTERS = {
    "doc": "doc:MS Word 97",
    "xls": "xls:MS Excel 97",
    "ppt": "ppt:MS PowerPoint 97",
    "rtf": "rtf:Rich Text Format",
}


@cache
def soffice() -> str | None:
    """LibreOffice's program, None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(file: Path, extension: str, folder: Path) -> Path:
    """`file` saved by LibreOffice as `extension` in `folder`. Raises `UnavailableError` when it cannot be."""
    program = soffice()
    if program is None:
        raise UnavailableError("LibreOffice is not installed.", "Install libreoffice, or leave these files out.")
    result = folder / f"{file.stem}.{extension}"
    for _ in range(_TRIES):
        with TemporaryDirectory() as profile:
            command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to",
                       _FILTERS.get(extension, extension), "--outdir", str(folder), str(file)]  # fmt: skip
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        if result.is_file():
            return result
    raise UnavailableError(f"LibreOffice did not write {result.name}.", "Run it by hand to see why.")


def _without(*topics: str) -> Callable[[Fact], bool]:
    return lambda fact: not any(topic in fact.topic for topic in topics)


def _plan(maker: Maker, extension: str, wanted: Callable[[Fact], bool] = lambda _fact: True) -> Maker:
    """A maker of what `maker` made, converted; only the `wanted` facts outlive the conversion."""

    def make(folder: Path) -> MadeFile:
        with TemporaryDirectory() as scratch:
            made = maker(Path(scratch))
            target = folder / f"libreoffice_{made.path.stem}.{extension}"
            source = made.path.rename(Path(scratch, f"{target.stem}{made.path.suffix}"))
            convert(source, extension, folder)
        result = MadeFile(target, extension, "LibreOffice", stand_in="" if extension == "pdf" else made.format)
        for fact in filter(wanted, made.facts):
            result.facts.append(replace(fact, place=_what_remains(fact.place), reason=None))
        return result

    make.__name__ = f"{maker.__name__}_{extension}"
    make.__module__ = __name__
    return make


def _what_remains(place: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in place.items() if name in _KEPT_FIELDS}


def _again(maker: Maker, wanted: Callable[[Fact], bool] = lambda _fact: True) -> Maker:
    """An OOXML file read and written anew by LibreOffice."""

    def make(folder: Path) -> MadeFile:
        with TemporaryDirectory() as scratch:
            made = maker(Path(scratch))
            source = made.path.rename(Path(scratch, f"libreoffice_{made.path.name}"))
            path = convert(source, made.format, folder)
        result = MadeFile(path, made.format, "LibreOffice")
        for fact in filter(wanted, made.facts):
            result.facts.append(replace(fact, place=_what_remains(fact.place), reason=None))
        return result

    make.__name__ = f"{maker.__name__}_again"
    make.__module__ = __name__
    return make


MAKERS: tuple[Maker, ...] = (
    _again(docx_tables.merged),
    _again(docx_text.automatic_numbers),
    _again(slides.tables),
    _again(sheets.formats),
    _plan(docx_text.decimal_numbers, "doc"),
    # LibreOffice dissolves the nested table when it writes a .doc, and marks no header rows when it writes RTF.
    _plan(docx_tables.merged, "doc", _without("nested")),
    _plan(slides.texts, "ppt", _without("address")),
    _plan(sheets.sizing, "xls"),
    _plan(sheets.hidden, "xls", lambda fact: "深度" not in fact.text),
    _plan(sheets.sizing, "ods"),
    _plan(slides.texts, "odp", _without("address")),
    _plan(docx_text.automatic_numbers, "odt"),
    _plan(docx_changes.notes, "odt"),
    _plan(docx_tables.merged, "rtf", _without("row after a nested")),
    _plan(docx_text.typed_numbers, "rtf"),
    _plan(docx_text.decimal_numbers, "pdf"),
    _plan(docx_tables.merged, "pdf", _without("nested")),
    _plan(docx_tables.long_table, "pdf"),
)
"""Each takes some seconds."""
