"""Opens an OpenDocument package (OASIS ODF 1.3, part 2): its XML parts, its pictures, what it says about itself."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from ingest.document import Properties
from ingest.errors import DamagedDocument, EncryptedDocument, UnreadableFile
from ingest.labels import properties
from ingest.parse.xml_file import read_xml
from ingest.said import Said

Node = etree._Element
_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
}
_TRIPS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, RuntimeError, ValueError)
_META = {"dc:title": "title", "meta:initial-creator": "author", "dc:creator": "author", "dc:date": "date"}


def q(name: str) -> str:
    """`text:p` as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{_SPACES[prefix]}}}{local}"


class Package:
    """The parts of the package."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = frozenset(archive.namelist())

    def xml(self, name: str) -> Node | None:
        """The root of an XML part; None where it is missing or nothing of it can be understood."""
        data = self.blob(name)
        return read_xml(data) if data else None

    def blob(self, name: str) -> bytes | None:
        """A part's bytes; None where it is missing or damaged."""
        name = name.removeprefix("./")
        try:
            return self._archive.read(name) if name in self._names else None
        except _TRIPS:
            return None

    def properties(self) -> Properties:
        """What the document says about itself."""
        root = self.xml("meta.xml")
        if root is None:
            return Properties()
        return properties((label, root.findtext(f".//{q(name)}") or "") for name, label in _META.items())


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package at `path`. Raises `UnreadableFile`, `DamagedDocument` and `EncryptedDocument`."""
    try:
        with zipfile.ZipFile(path) as archive:
            package = Package(archive)
            if b"encryption-data" in (package.blob("META-INF/manifest.xml") or b""):
                raise EncryptedDocument(
                    Said("{name} is protected by a password.", name=path.name),
                    "Open it, remove the password, save it and ingest it again.",
                )
            yield package
    except OSError as error:
        raise UnreadableFile(
            Said("{name} cannot be read: {why}.", name=path.name, why=error.strerror or error),
            "Check the file's rights, then ingest again.",
        ) from error
    except zipfile.BadZipFile as error:
        raise DamagedDocument(
            Said("{name} is truncated or damaged: its zip archive cannot be opened.", name=path.name),
            "Copy or download it again.",
        ) from error
