"""The other forms of the formats: with macros, as a show, in the strict dialect. What libraries do not open is opened
in the ordinary form of the same file.
"""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.fidelity.fact import MadeFile, Maker
from evals.fidelity.made import docx_tables, docx_text, sheets, slides
from evals.fidelity.made.ole_file import Storage, container

Change = Callable[[str, bytes], bytes]

_MACROS = b'<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
_STRICT = {
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/presentationml/2006/main": b"http://purl.oclc.org/ooxml/presentationml/main",
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}
"""The namespaces of ISO/IEC 29500-1 (strict) for those of ECMA-376 (transitional)."""


def _strict(_name: str, content: bytes) -> bytes:
    for old, new in _STRICT.items():
        content = content.replace(old, new)
    return content


def _with_macros(name: str, content: bytes) -> bytes:
    if name != "[Content_Types].xml":
        return content
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return content.replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml").replace(
        b"</Types>", _MACROS
    )


def _show(name: str, content: bytes) -> bytes:
    if name != "[Content_Types].xml":
        return content
    return content.replace(b"presentationml.presentation.main+xml", b"presentationml.slideshow.main+xml")


def _variant(maker: Maker, name: str, extension: str, change: Change, more: dict[str, bytes] | None = None) -> Maker:
    """A maker of what `maker` makes, each part changed, with `more` parts, under another extension."""

    def make(folder: Path) -> MadeFile:
        with TemporaryDirectory() as scratch:
            ordinary = maker(Path(scratch))
            twin = ordinary.path.rename(folder / f"ordinary_{name}{ordinary.path.suffix}")
        path = folder / f"{name}.{extension}"
        with zipfile.ZipFile(twin) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for part in source.namelist():
                target.writestr(part, change(part, source.read(part)))
            for part, content in (more or {}).items():
                target.writestr(part, content)
        return replace(ordinary, path=path, made_by=f"{ordinary.made_by}, as {extension} ({name})", twin=twin)

    make.__name__ = name
    make.__module__ = __name__
    return make


MAKERS: tuple[Maker, ...] = (
    _variant(docx_text.automatic_numbers, "word_macros", "docm", _with_macros,
             {"word/vbaProject.bin": container(Storage({"PROJECT": b"Module=Module1\r\n"}))}),
    _variant(slides.texts, "pptx_show", "ppsx", _show),
    _variant(docx_tables.merged, "word_strict", "docx", _strict),
    _variant(sheets.sizing, "xlsx_strict", "xlsx", _strict),
    _variant(slides.tables, "pptx_strict", "pptx", _strict),
)  # fmt: skip
