"""Reads e-books (.epub; EPUB 3.3 and 2.0.1): the chapters in the order of the book's spine, each as a page of HTML."""

import posixpath
import zipfile
import zlib
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from ingest.document import Locator, ParsedDocument, Unread
from ingest.errors import DamagedDocument, EmptyDocument, EncryptedDocument, UnreadableFile
from ingest.labels import properties
from ingest.parse.context import PLAIN, Context
from ingest.parse.gathered import Gathered
from ingest.parse.headings import HeadingPath
from ingest.parse.markup import html
from ingest.parse.places import move_document
from ingest.parse.plain.encoding import decode
from ingest.parse.xml_file import read_xml
from ingest.said import Said

_TRIPS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, RuntimeError, ValueError)
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
_FONTS = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read an e-book. `within` of a locator is the chapter's file, whose lines it counts.

    Raises `UnreadableFile`, `DamagedDocument`, `EncryptedDocument` (copy protection) and `EmptyDocument`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(path, archive, context)
    except OSError as error:
        raise UnreadableFile(
            Said("{name} cannot be read: {why}.", name=path.name, why=error.strerror or error),
            "Check the file's rights, then ingest again.",
        ) from error
    except _TRIPS as error:
        raise DamagedDocument(
            Said("{name} is damaged: its chapters cannot be found.", name=path.name), "Copy or download it again."
        ) from error


def _read(path: Path, archive: zipfile.ZipFile, context: Context) -> ParsedDocument:
    protection = _part(archive, "META-INF/encryption.xml") or b""
    # Fonts may be scrambled in a book that is open.
    if protection.count(b"<") and b"EncryptedData" in protection and not any(one in protection for one in _FONTS):
        raise EncryptedDocument(Said("{name} is copy-protected.", name=path.name), "Ask for a copy without protection.")
    container = _tree(archive, "META-INF/container.xml")
    root_file = container.find(f".//{_CONTAINER}rootfile")
    name = root_file.get("full-path", "") if root_file is not None else ""
    book = _tree(archive, name)
    folder = posixpath.dirname(name)
    found = Gathered()
    headings = HeadingPath()
    chapters = _chapters(book, folder)
    for number, chapter in enumerate(chapters, start=1):
        content = _part(archive, chapter)
        if content is None:
            found.unread.append(
                Unread(
                    message=Said("The chapter {chapter} is missing or damaged.", chapter=chapter),
                    hint="Copy or download the book again.",
                    locator=Locator(kind="section", within=(chapter,)),
                )
            )
            continue
        found.take(_chapter(archive, chapter, content, headings, context))
        context.progress(number, len(chapters))
    if not found.elements:
        raise EmptyDocument(
            Said("{name} has no text in it.", name=path.name), "Leave it out, or save it again with its content."
        )
    stated = {"title": f"{_DC}title", "author": f"{_DC}creator", "date": f"{_DC}date"}
    return found.document(properties((label, book.findtext(f".//{tag}") or "") for label, tag in stated.items()))


def _chapters(book: etree._Element, folder: str) -> list[str]:
    """The files of the chapters in reading order, by their names in the archive; the table of contents left out."""
    manifest = {
        item.get("id", ""): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in book.iter(f"{_OPF}item")
        if item.get("media-type", "") in _PAGES and "nav" not in item.get("properties", "").split()
    }
    spine = (item.get("idref", "") for item in book.iter(f"{_OPF}itemref") if item.get("linear") != "no")
    return list(dict.fromkeys(manifest[name] for name in spine if name in manifest))


def _chapter(
    archive: zipfile.ZipFile, name: str, content: bytes, headings: HeadingPath, context: Context
) -> ParsedDocument:
    def find(address: str) -> tuple[str, bytes] | None:
        if ":" in address.split("/")[0]:
            return None
        picture = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address)))
        data = _part(archive, picture)
        return (picture, data) if data else None

    source = (decode(content) or "").replace("\r\n", "\n").replace("\r", "\n")
    said = html.read_fragment(source, headings, context=context, find=find)
    return move_document(said, lambda place: place.model_copy(update={"within": (name, *place.within)}))


def _tree(archive: zipfile.ZipFile, name: str) -> etree._Element:
    root = read_xml(archive.read(name))
    if root is None:
        raise ValueError(name)
    return root


def _part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    try:
        return archive.read(name)
    except _TRIPS:
        return None
