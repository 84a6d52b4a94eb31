"""Opens an Office Open XML package part by part (ECMA-376 part 2): what is broken costs one part, not the document."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from zipfile import ZipFile

from lxml import etree

from ingest.document import Unread
from ingest.parse.office.ooxml import parse_xml
from ingest.said import Said

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)(?:/(\w+))?")
_TRIPS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, OSError, RuntimeError, ValueError)
"""What zipfile raises on a damaged member (a password is a RuntimeError)."""
_MOST_XML = 128 << 20
"""Bytes of one part that is read as a whole; lxml needs about ten times as much memory."""


@dataclass(frozen=True)
class Related:
    """A relationship: its id, the last word of its type (`chart`), and the part it leads to, or a URL when outside."""

    id: str
    kind: str
    target: str
    outside: bool


class Parts:
    """The parts of a package. `unread` fills with those that were asked for and cannot be read."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        # Names compare without case, and a part of the same name later in the archive is the newer one.
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
        self._related: dict[str, tuple[Related, ...]] = {}
        self._missed: set[str] = set()
        self.unread: list[Unread] = []

    def has(self, part: str) -> bool:
        """Whether the package holds the part."""
        return part.lower() in self._names

    def open(self, part: str) -> IO[bytes]:
        """The part as a stream. Raises KeyError where there is none."""
        return self._archive.open(self._names[part.lower()])

    def size(self, part: str) -> int:
        """Bytes of the part when unpacked, as the archive says; 0 where there is none."""
        name = self._names.get(part.lower())
        return self._archive.getinfo(name).file_size if name else 0

    def blob(self, part: str) -> bytes | None:
        """The part's bytes, or None (with a word in `unread` where it should be there)."""
        try:
            with self.open(part) as stream:
                return stream.read()
        except _TRIPS as error:
            self._miss(part, error)
            return None

    def xml(self, part: str) -> etree._Element | None:
        """The part's root element in the names of Transitional Open XML, or None, as `blob`."""
        if self.size(part) > _MOST_XML:
            self._miss(part, OverflowError())
            return None
        blob = self.blob(part)
        if blob is None:
            return None
        try:
            return parse_xml(_STRICT.sub(_transitional, blob) if b"purl.oclc.org" in blob else blob)
        except (etree.LxmlError, ValueError) as error:
            self._miss(part, error)
            return None

    def related(self, part: str) -> tuple[Related, ...]:
        """What the part at this path (`""`: the package itself) refers to; nothing where that is not said."""
        if part not in self._related:
            self._related[part] = tuple(self._read_related(part))
        return self._related[part]

    def by_kind(self, part: str, kind: str) -> list[str]:
        """The parts inside the package that `part` refers to with this kind of relationship."""
        return [one.target for one in self.related(part) if one.kind == kind and not one.outside]

    def by_id(self, part: str, relation: str | None) -> Related | None:
        """The relationship of `part` with this id, or None."""
        return next((one for one in self.related(part) if one.id == relation), None)

    def _read_related(self, part: str) -> Iterator[Related]:
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        root = self.xml(rels) if self.has(rels) else None
        for relation in root if root is not None else ():
            if not isinstance(relation.tag, str):
                continue
            target, outside = relation.get("Target") or "", relation.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join(f"/{folder}", target.replace("\\", "/"))).lstrip("/")
            yield Related(relation.get("Id") or "", posixpath.basename(relation.get("Type") or ""), target, outside)

    def _miss(self, part: str, error: Exception) -> None:
        if part in self._missed:
            return
        self._missed.add(part)
        if part.lower() in self._names:
            message = Said(
                "The part {part} is damaged ({kind}); what it holds is missing.", part=part, kind=type(error).__name__
            )
        else:
            message = Said("The part {part} is named in the file but is not in it.", part=part)
        self.unread.append(Unread(message=message, hint="Open the file in Office or WPS, save it anew, and compare."))


def _transitional(match: re.Match[bytes]) -> bytes:
    family, name = match.groups()
    return b"http://schemas.openxmlformats.org/" + family + b"/2006" + (b"/" + name if name else b"")
