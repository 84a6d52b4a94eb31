"""Tells apart what comes packed in a zip archive or an OLE container, and refuses what must not be unpacked."""

import zipfile
import zlib
from pathlib import Path

import olefile

from ingest.errors import DamagedDocument, DocumentError, DocumentTooLarge, EncryptedDocument, UnsupportedFormat

OLE_MAGIC = olefile.MAGIC
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")

# The content type of a package's main part (ECMA-376 part 1, 11.3.10, 12.3.23, 13.3.6; part 4 for templates).
_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"wordprocessingml.template.main+xml": "docx",
    b"presentationml.presentation.main+xml": "pptx",
    b"presentationml.slideshow.main+xml": "pptx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"spreadsheetml.template.main+xml": "xlsx",
    b"ms-excel.sheet.macroEnabled.main+xml": "xlsx",
}
_OTHER_PARTS = {
    b"ms-word.document.macroEnabled.main+xml": ("a Word document with macros (.docm)", "docx"),
    b"ms-powerpoint.presentation.macroEnabled.main+xml": ("a presentation with macros (.pptm)", "pptx"),
    b"ms-excel.sheet.binary.macroEnabled.main": ("a binary workbook (.xlsb)", "xlsx"),
}
_MIME_TYPES = {
    b"application/vnd.oasis.opendocument.text": ("an OpenDocument text (.odt)", "docx"),
    b"application/vnd.oasis.opendocument.spreadsheet": ("an OpenDocument spreadsheet (.ods)", "xlsx"),
    b"application/vnd.oasis.opendocument.presentation": ("an OpenDocument presentation (.odp)", "pptx"),
    b"application/epub+zip": ("an e-book (.epub)", "docx"),
}
_OLE_STREAMS = {
    "WordDocument": ("a Word 97-2003 document (.doc)", "docx"),
    "Workbook": ("an Excel 97-2003 workbook (.xls)", "xlsx"),
    "Book": ("an Excel 5.0 workbook (.xls)", "xlsx"),
    "PowerPoint Document": ("a PowerPoint 97-2003 presentation (.ppt)", "pptx"),
    "__properties_version1.0": ("an Outlook message (.msg)", "docx"),
}
_DIRECTORY_BYTES = 4 << 20
_SAFE_BYTES = 256 << 20
"""A package may always unpack to this much; small files of honest text unpack to twenty times their size."""
_MOST_GROWTH = 8
"""Beyond that, a package may unpack to this many times the largest file taken."""
_MOST_RATIO = 200
"""More than this many bytes from one, in all, is a zip bomb; repetitive sheets reach about 50."""


def zip_format(path: Path) -> str:
    """`docx`, `pptx` or `xlsx`, told by the package's content types.

    Raises `DamagedDocument` for a truncated archive, `EncryptedDocument` for one with a password, and
    `UnsupportedFormat` for any other archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise encrypted(path)
            types = _head(archive, "[Content_Types].xml")
            mime_type = _head(archive, "mimetype").strip()
            strict = b"purl.oclc.org" in _head(archive, "_rels/.rels")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise DamagedDocument(
            f"{path.name} is truncated or damaged: its zip archive cannot be opened.",
            "Copy or download it again; if that does not help, open it in Office or WPS and save it anew.",
        ) from error
    for content_type, form in _MAIN_PARTS.items():
        if content_type in types and not strict:
            return form
        if content_type in types:
            raise _unsupported(path, f"saved as Strict Open XML (.{form})", form)
    for content_type, (what, save_as) in _OTHER_PARTS.items():
        if content_type in types:
            raise _unsupported(path, what, save_as)
    what, save_as = _MIME_TYPES.get(mime_type, ("", ""))
    if what:
        raise _unsupported(path, what, save_as)
    raise UnsupportedFormat(
        f"{path.name} is a zip archive and no office document.", "Unpack it and ingest the files that are in it."
    )


def refuse_ole(path: Path) -> DocumentError:
    """The error for an OLE container: it holds an encrypted document, an old format, or nothing known."""
    try:
        with olefile.OleFileIO(path) as container:
            streams = {"/".join(entry) for entry in container.listdir()}
    except (OSError, ValueError, IndexError, TypeError):  # what olefile raises on malformed containers
        return DamagedDocument(
            f"{path.name} is a truncated or damaged Office 97-2003 file.",
            "Open it in Office or WPS and save it in the current format (.docx, .xlsx, .pptx).",
        )
    if "EncryptedPackage" in streams:
        return encrypted(path)
    for stream, (what, save_as) in _OLE_STREAMS.items():
        if stream in streams:
            return _unsupported(path, what, save_as)
    return UnsupportedFormat(
        f"{path.name} is an OLE container without a known document in it.",
        "Open it in the program that made it and save it as .docx or .pdf.",
    )


def check_expansion(path: Path, max_bytes: int) -> None:
    """Refuse an archive that unpacks to more than is safe; `max_bytes` is the largest file taken.

    The sizes are those the archive declares. That is enough: zipfile never unpacks more than is declared.
    Raises `DocumentTooLarge`.
    """
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    packed = path.stat().st_size
    if unpacked > max(_MOST_GROWTH * max_bytes, _SAFE_BYTES):
        raise DocumentTooLarge(
            f"{path.name} unpacks to {unpacked >> 20} MiB, more than is taken.",
            "Split it, or raise CASELORE_MAX_FILE_MB.",
        )
    if unpacked > max(_MOST_RATIO * packed, _SAFE_BYTES // 4):
        raise DocumentTooLarge(
            f"{path.name} unpacks to {unpacked // packed} times its size, as zip bombs do.",
            "If it is honest, open it in Office or WPS and save it anew.",
        )


def encrypted(path: Path) -> EncryptedDocument:
    """The error for a document that asks for a password."""
    return EncryptedDocument(
        f"{path.name} is protected by a password.", "Open it, remove the password, save it and ingest it again."
    )


def _unsupported(path: Path, what: str, save_as: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"{path.name} is {what}, which is not read.", f"Open it in Office or WPS and save it as .{save_as}."
    )


def _head(archive: zipfile.ZipFile, part: str) -> bytes:
    try:
        with archive.open(part) as file:
            return file.read(_DIRECTORY_BYTES)
    except KeyError:
        return b""
