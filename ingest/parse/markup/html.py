"""Reads HTML with lxml: what a reader sees, in order, with the source lines it came from.

unstructured's partition_html was measured first: it loses list numbers, merged cells (the columns after one shift),
line numbers and headings that only look like headings, and it keeps hidden text. So nothing of it is used here.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.document import ParsedDocument, Properties
from ingest.errors import EmptyDocument
from ingest.labels import properties
from ingest.parse.context import PLAIN, Context
from ingest.parse.headings import HeadingPath
from ingest.parse.markup.html_mend import forget_furniture, mend
from ingest.parse.markup.html_pictures import FindPicture, carries_none
from ingest.parse.markup.html_reader import PageReader
from ingest.parse.markup.html_text import Cursor, Node, flatten
from ingest.parse.plain.encoding import read_markup
from ingest.said import Said

_META = {
    "author": "author",
    "dc.creator": "author",
    "date": "date",
    "dcterms.date": "date",
    "article:published_time": "date",
}


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read an HTML file of any usual encoding. Locators are lines of the file, with the number of the block among all
    blocks for pages that are one long line; navigation, scripts and whatever is hidden stay out.

    Raises `UnreadableFile`, `UnsupportedFormat` (not text) and `EmptyDocument`.
    """
    source = read_markup(path)
    root = _tree(source)
    reader = PageReader(HeadingPath(), source, context)
    if root is not None:
        reader.read_part(_main_part(root))
        if not reader.found.elements:
            reader = PageReader(HeadingPath(), source, context)
            forget_furniture(root)
            reader.read(root)
    if root is None or not reader.found.elements:
        raise EmptyDocument(
            Said("{name} has no text that a reader would see.", name=path.name),
            "Save the page with its content, or leave it out.",
        )
    return reader.found.document(_properties(root))


def read_fragment(
    source: str, path: HeadingPath, first_line: int = 1, context: Context = PLAIN, find: FindPicture = carries_none
) -> ParsedDocument:
    """What a piece of HTML in another file says: `first_line` is its first line there, `path` the headings above it,
    `find` gives the pictures that the file carries beside it.
    """
    root = _tree(source)
    reader = PageReader(path, source, context, first_line - 1, find)
    if root is not None:
        reader.read(root)
    return reader.found.document()


def _tree(source: str) -> Node | None:
    # huge_tree: without it libxml2 drops whatever nests deeper than 255 or is longer than 10 MB, without a word.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(source.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it but comments
        return None
    if root is not None:
        mend(root, source)
    return root


def _main_part(root: Node) -> Node:
    """The page without what stands around its text: its one `main`, where it has one."""
    mains = list(root.iter("main"))
    return mains[0] if len(mains) == 1 and flatten(mains[0], Cursor()).lines() else root


def _properties(root: Node) -> Properties:
    def pairs() -> Iterator[tuple[str, str]]:
        for title in root.iter("title"):
            yield "title", " ".join((title.text or "").split())
        for meta in root.iter("meta"):
            name = (meta.get("name") or meta.get("property") or "").lower()
            yield _META.get(name, ""), meta.get("content", "")

    return properties(pairs())
