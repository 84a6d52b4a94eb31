"""Reads the texts of a mail: HTML through the reader of HTML pages, plain text through that of text files."""

import re
from collections.abc import Sequence
from itertools import groupby

from ingest.document import Element, ParsedDocument
from ingest.parse.context import Context
from ingest.parse.headings import HeadingPath
from ingest.parse.mail.letter import Part
from ingest.parse.markup import html
from ingest.parse.places import move_document
from ingest.parse.plain import text
from ingest.parse.plain.encoding import decode

_QUOTED = re.compile(r"(?:>\s?)+")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_QUOTE = "引用的邮件"


def read(part: Part, headings: HeadingPath, pictures: Sequence[Part], context: Context) -> ParsedDocument:
    """What the text says, each place with the part's number; lines count from the top of the decoded part."""
    if part.media == "text/html":
        stated = _META_CHARSET.search(part.content[:4096])
        charset = part.charset or (stated[1].decode("ascii") if stated else "")
        source = _lines(part, charset)
        named = {name: picture for picture in pictures for name in picture.names}

        def find(address: str) -> tuple[str, bytes] | None:
            picture = named.get(re.sub(r"^cid:", "", address.strip(), flags=re.IGNORECASE))
            return (picture.name or picture.names[0], picture.content) if picture else None

        found = html.read_fragment("\n".join(source), headings, context=context, find=find)
    else:
        found = ParsedDocument(elements=tuple(_plain(_lines(part, part.charset), headings)))
    return _numbered(found, part.number)


def shown_in(source: Part, pictures: Sequence[Part]) -> set[str]:
    """The numbers of the pictures that an HTML text refers to."""
    return {one.number for one in pictures if any(name.encode() in source.content for name in one.names)}


def _lines(part: Part, charset: str) -> list[str]:
    source = decode(part.content, charset) or part.content.decode("utf-8", "replace")
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _plain(source: Sequence[str], headings: HeadingPath) -> list[Element]:
    """Plain text, with the lines that `>` marks as quoted below a heading that says so."""
    elements: list[Element] = []
    numbered = list(enumerate(source, start=1))
    for quoted, run in groupby(numbered, key=lambda one: bool(_QUOTED.match(one[1]))):
        lines = list(run)
        first = lines[0][0]
        inner = [_QUOTED.sub("", line, count=1) if quoted else line for _, line in lines]
        read = text.read_lines(inner, _copy(headings) if quoted else headings, first)
        elements += [_below(element, len(headings.path)) for element in read] if quoted else read
    return elements


def _copy(headings: HeadingPath) -> HeadingPath:
    copied = HeadingPath()
    for level, title in enumerate(headings.path, start=1):
        copied.enter(title, level)
    return copied


def _below(element: Element, depth: int) -> Element:
    path = element.locator.headings
    place = element.locator.model_copy(update={"headings": (*path[:depth], _QUOTE, *path[depth:])})
    return element.model_copy(update={"locator": place})


def _numbered(document: ParsedDocument, number: str) -> ParsedDocument:
    """The document with the part's number in each place of the mail itself."""
    return move_document(document, lambda place: place if place.within else place.model_copy(update={"part": number}))
