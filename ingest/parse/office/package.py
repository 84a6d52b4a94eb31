"""Turns what lxml and zipfile raise over a damaged Office package into advice."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from ingest.errors import DamagedDocument, DocumentError, UnreadableFile
from ingest.said import Said

_TRIPS = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    EOFError,
    RecursionError,
    OverflowError,
)
"""What lxml, zipfile and the readers of parts raise on malformed files, found by feeding them such files."""


@contextmanager
def reading(path: Path, extension: str) -> Iterator[None]:
    """Run the block that reads the `docx` or `pptx` package at `path`, and turn what it raises into DocumentErrors.

    That the file is such a package, without a password and of a safe size, was found out before (dispatch.py).
    """
    try:
        yield
    except DocumentError:
        raise
    except OSError as error:
        raise UnreadableFile(
            Said("{name} cannot be read: {why}.", name=path.name, why=error.strerror or error),
            "Check that it is there and may be read.",
        ) from error
    except _TRIPS as error:
        raise DamagedDocument(
            Said("{name} is damaged: {kind} while reading it.", name=path.name, kind=type(error).__name__),
            Said("Open it in Office or WPS, save it again as .{extension}, and retry.", extension=extension),
        ) from error
