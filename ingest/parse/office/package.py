"""Looks into an Office file before a library opens it, and translates what the library then trips over.

A wrong extension, a password, an old binary format and a truncated file each get advice of their own.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docx.opc.exceptions import OpcError
from lxml import etree
from pptx.exc import PythonPptxError

from ingest.errors import (
    DamagedDocument,
    DocumentError,
    DocumentTooLarge,
    EmptyDocument,
    EncryptedDocument,
    UnreadableFile,
    UnsupportedFormat,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", "doc"), ("PowerPoint Document", "ppt"), ("Workbook", "xls"))
_FOLDERS = {"word/": "docx", "ppt/": "pptx", "xl/": "xlsx"}
_MAX_UNPACKED = 1 << 30
"""Bytes a package may unpack to. The largest honest decks, full of pictures, stay well below."""
_MAX_XML = 256 << 20
"""Bytes of one XML part; lxml needs about ten times as much memory."""

_TRIPS = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    OpcError,
    PythonPptxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    EOFError,
    RecursionError,
    OverflowError,
)
"""What python-docx, python-pptx, lxml and zipfile raise on malformed files, found by feeding them such files."""


@contextmanager
def reading(path: Path, extension: str) -> Iterator[None]:
    """Check that `path` is a `docx` or `pptx` package, run the block, and turn what it raises into DocumentErrors."""
    try:
        _check(path, extension)
        yield
    except DocumentError:
        raise
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read: {error.strerror or error}.", "Check that it is there and may be read."
        ) from error
    except _TRIPS as error:
        raise DamagedDocument(
            f"{path.name} is damaged: {type(error).__name__} while reading it.",
            f"Open it in Office or WPS, save it again as .{extension}, and retry.",
        ) from error


def _check(path: Path, extension: str) -> None:
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise EmptyDocument(f"{path.name} is empty (0 bytes).", "Ask for the file again; the copy has no content.")
    if head == _OLE:
        _refuse_ole(path, extension)
    if not head.startswith(b"PK"):
        raise DamagedDocument(
            f"{path.name} is not a .{extension} file: it does not start like one.",
            "Open it in Office or WPS to see what it is, and save it in its own format.",
        )
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    found = {kind for part in parts for folder, kind in _FOLDERS.items() if part.filename.startswith(folder)}
    if extension not in found:
        real = f"a .{found.pop()} file" if found else "a zip archive without a document in it"
        raise UnsupportedFormat(f"{path.name} is not a .{extension} file: it is {real}.", "Give it its real extension.")
    if any(part.flag_bits & 1 for part in parts):
        raise EncryptedDocument(f"{path.name} asks for a password.", "Save a copy without the password and retry.")
    too_large = any(part.file_size > _MAX_XML for part in parts if part.filename.endswith((".xml", ".rels")))
    if too_large or sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise DocumentTooLarge(
            f"{path.name} unpacks to more than is safe to read.", "Split it, or shrink its pictures."
        )


def _refuse_ole(path: Path, extension: str) -> None:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise EncryptedDocument(f"{path.name} asks for a password.", "Save a copy without the password and retry.")
    for stream, old in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            raise UnsupportedFormat(
                f"{path.name} is an old .{old} file, not .{extension}.",
                f"Save it as .{old}x in Office or WPS and retry.",
            )
    raise DamagedDocument(
        f"{path.name} is an old Office container without a document in it.", "Ask for the file again or save it anew."
    )
