"""Tells apart what comes packed in a zip archive or an OLE container, and refuses what must not be unpacked."""

import zipfile
import zlib
from pathlib import Path

import olefile

from ingest.errors import DamagedDocument, DocumentTooLarge, EncryptedDocument, UnsupportedFormat
from ingest.said import Said

OLE_MAGIC = olefile.MAGIC
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")

# The content type of a package's main part (ECMA-376 part 1, 11.3.10, 12.3.23, 13.3.6; part 4 for templates). Macros
# are parts of their own, which no parser opens.
_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"wordprocessingml.template.main+xml": "docx",
    b"ms-word.document.macroEnabled.main+xml": "docx",
    b"ms-word.template.macroEnabledTemplate.main+xml": "docx",
    b"presentationml.presentation.main+xml": "pptx",
    b"presentationml.slideshow.main+xml": "pptx",
    b"presentationml.template.main+xml": "pptx",
    b"ms-powerpoint.presentation.macroEnabled.main+xml": "pptx",
    b"ms-powerpoint.slideshow.macroEnabled.main+xml": "pptx",
    b"ms-powerpoint.template.macroEnabled.main+xml": "pptx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"spreadsheetml.template.main+xml": "xlsx",
    b"ms-excel.sheet.macroEnabled.main+xml": "xlsx",
    b"ms-excel.template.macroEnabled.main+xml": "xlsx",
    b"ms-excel.addin.macroEnabled.main+xml": "xlsx",
    b"ms-excel.sheet.binary.macroEnabled.main": "xlsb",
}
_MIME_TYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/vnd.oasis.opendocument.text-master": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.spreadsheet-template": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.presentation-template": "odp",
    b"application/epub+zip": "epub",
}
_OLE_STREAMS = {
    "__properties_version1.0": "msg",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
    "MatOST": "wps",
}
"""WPS writes its own extensions (.wps, .et, .dps) over the same streams; `MatOST` is Microsoft Works, also .wps."""
_DIRECTORY_BYTES = 4 << 20
_SAFE_BYTES = 256 << 20
"""A package may always unpack to this much; small files of honest text unpack to twenty times their size."""
_MOST_GROWTH = 8
"""Beyond that, a package may unpack to this many times the largest file taken."""
_MOST_RATIO = 200
"""More than this many bytes from one, in all, is a zip bomb; repetitive sheets reach about 50."""


def zip_format(path: Path) -> str:
    """`docx`, `pptx`, `xlsx`, `xlsb`, `odt`, `ods`, `odp` or `epub`, told by what the package says it holds.

    Raises `DamagedDocument` for a truncated archive, `EncryptedDocument` for one with a password, and
    `UnsupportedFormat` for any other archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise encrypted(path)
            types = _head(archive, "[Content_Types].xml")
            mime_type = _head(archive, "mimetype").strip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise DamagedDocument(
            Said("{name} is truncated or damaged: its zip archive cannot be opened.", name=path.name),
            "Copy or download it again; if that does not help, open it in Office or WPS and save it anew.",
        ) from error
    for content_type, form in _MAIN_PARTS.items():
        if content_type in types:
            return form
    if mime_type in _MIME_TYPES:
        return _MIME_TYPES[mime_type]
    is_archive = path.suffix.lower() == ".zip"
    raise UnsupportedFormat(
        Said("{name} is a zip archive and no document that can be read.", name=path.name),
        "Unpack it and take the files that are in it." if is_archive else "Open it and save it as .docx or .pdf.",
    )


def ole_format(path: Path) -> str:
    """`doc`, `xls`, `ppt`, `wps` (Microsoft Works) or `msg`, told by the container's streams.

    Raises `EncryptedDocument`, `DamagedDocument`, or `UnsupportedFormat` for any other container.
    """
    try:
        with olefile.OleFileIO(path) as container:
            # Names of streams compare without case (MS-CFB 2.6.4).
            streams = {"/".join(entry).lower() for entry in container.listdir()}
    except (OSError, ValueError, IndexError, TypeError) as error:  # what olefile raises on malformed containers
        raise DamagedDocument(
            Said("{name} is a truncated or damaged Office 97-2003 file.", name=path.name),
            "Open it in Office or WPS and save it in the current format (.docx, .xlsx, .pptx).",
        ) from error
    if "encryptedpackage" in streams:
        raise encrypted(path)
    for stream, form in _OLE_STREAMS.items():
        if stream.lower() in streams:
            return form
    raise UnsupportedFormat(
        Said("{name} is an OLE container without a known document in it.", name=path.name),
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
            Said("{name} unpacks to {unpacked} MiB, more than is taken.", name=path.name, unpacked=unpacked >> 20),
            "Split it, or raise CASELORE_MAX_FILE_MB.",
        )
    if unpacked > max(_MOST_RATIO * packed, _SAFE_BYTES // 4):
        raise DocumentTooLarge(
            Said(
                "{name} unpacks to {unpacked} times its size, as zip bombs do.",
                name=path.name,
                unpacked=unpacked // packed,
            ),
            "If it is honest, open it in Office or WPS and save it anew.",
        )


def encrypted(path: Path) -> EncryptedDocument:
    """The error for a document that asks for a password."""
    return EncryptedDocument(
        Said("{name} is protected by a password.", name=path.name),
        "Open it, remove the password, save it and ingest it again.",
    )


def _head(archive: zipfile.ZipFile, part: str) -> bytes:
    try:
        with archive.open(part) as file:
            return file.read(_DIRECTORY_BYTES)
    except KeyError:
        return b""
