"""The comments of a worksheet: notes, and the threads of comments that newer versions write beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parse.office.ooxml import integer
from ingest.parse.office.parts import Parts
from ingest.parse.xlsx.ranges import Rect, rects
from ingest.parse.xlsx.strings import item_text
from ingest.parse.xlsx.workbook import X

_T = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
# Excel keeps a threaded comment for older versions behind some lines that say so.
_THREADED = re.compile(r"^\[(?:Threaded comment|线程批注|线程注释)\].*?(?:Comment|注释|批注)[:：]\s*", re.DOTALL)


@dataclass(frozen=True)
class Comment:
    """What somebody remarked on a cell."""

    place: Rect
    text: str
    author: str


def read_comments(parts: Parts, sheet: str, workbook: str) -> Iterator[Comment]:
    """The comments of the worksheet at the part `sheet` as they are stored, threads with their replies."""
    threaded = list(_threads(parts, sheet, workbook))
    places = {comment.place for comment in threaded}
    for target in parts.by_kind(sheet, "comments"):
        yield from (one for one in _notes(parts, target) if one.place not in places)
    yield from threaded


def _notes(parts: Parts, target: str) -> Iterator[Comment]:
    root = parts.xml(target)
    if root is None:
        return
    authors = [(author.text or "").strip() for author in root.iter(f"{X}author")]
    for comment in root.iter(f"{X}comment"):
        places, said = rects(comment.get("ref") or ""), comment.find(f"{X}text")
        index = integer(comment.get("authorId")) or 0
        author = authors[index] if 0 <= index < len(authors) else ""
        text = _THREADED.sub("", (item_text(said) if said is not None else "").strip())
        text = " ".join(text.removeprefix(f"{author}:").removeprefix(f"{author}：").split())
        if places and text:
            # `tc={…}` is a threaded comment's key
            yield Comment(places[0], text, "" if author.startswith("tc=") else author)


def _threads(parts: Parts, sheet: str, workbook: str) -> Iterator[Comment]:
    targets = parts.by_kind(sheet, "threadedComment")
    people: dict[str | None, str] = {}
    for target in parts.by_kind(workbook, "person") if targets else ():
        root = parts.xml(target)
        for person in root.iter(f"{_T}person") if root is not None else ():
            people[person.get("id")] = (person.get("displayName") or "").strip()
    for target in targets:
        root = parts.xml(target)
        for comment in root.iter(f"{_T}threadedComment") if root is not None else ():
            text = " ".join((comment.findtext(f"{_T}text") or "").split())
            places = rects(comment.get("ref") or "")
            if places and text:
                yield Comment(places[0], text, people.get(comment.get("personId"), ""))
