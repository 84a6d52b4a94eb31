"""What belongs to a slide without standing on it: speaker notes and comments, old and threaded."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.parse.office.drawing import paragraphs
from ingest.parse.office.ooxml import NS, integer, q
from ingest.parse.office.parts import Parts
from ingest.parse.pptx.layout import FRINGE, placeholder
from ingest.parse.pptx.text import paragraph_text, read_lines

_SAYS = {"cm", "reply"}


@dataclass(frozen=True)
class Comment:
    """What somebody remarked on a slide, or on the shape of that id."""

    text: str
    author: str
    shape: int | None


def speaker_notes(parts: Parts, slide: str) -> Iterator[tuple[str, str]]:
    """The lines of the slide's notes page, each after the role of its placeholder: `body`, `ftr`, `sldNum`…"""
    for part in parts.by_kind(slide, "notesSlide"):
        root = parts.xml(part)
        for shape in root.iter(q("p:sp")) if root is not None else ():
            stated = placeholder(shape)
            role = "" if stated is None else stated.get("type", "obj")
            if role in FRINGE:
                yield from ((role, text) for text in paragraphs(shape))
            else:
                yield from ((role, line.text) for line in read_lines(shape.find("p:txBody", NS)))


def read_comments(parts: Parts, slide: str, people: dict[str, str]) -> Iterator[Comment]:
    """Comments in the old form (`p:cm` with `p:text`) and in the threaded one (a text body in each, replies too)."""
    for part in parts.by_kind(slide, "comments"):
        root = parts.xml(part)
        for one in root.iter() if root is not None else ():
            if isinstance(one.tag, str) and etree.QName(one).localname in _SAYS:
                text = _said(one)
                if text:
                    yield Comment(text, people.get(one.get("authorId") or "", ""), _target(one))


def _said(comment: etree._Element) -> str:
    old = comment.findtext("p:text", namespaces=NS)
    body = comment.find("{*}txBody")
    paragraphs = body.iterfind("a:p", NS) if body is not None else ()
    return " ".join(" ".join((old or "", *(paragraph_text(one) for one in paragraphs))).split())


def _target(comment: etree._Element) -> int | None:
    """The shape that a threaded comment is pinned to."""
    above = [comment, *comment.iterancestors("{*}cm")]
    pinned = (one.get("id") for top in above for one in top.iterfind("*/{*}spMk"))
    return integer(next(pinned, None))
