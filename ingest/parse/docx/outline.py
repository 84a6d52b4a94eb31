"""Turns the items of a Word document into elements: which line is a heading, which a list item, and under what path."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.document import Element, LeftOut, Locator, Table, TableRow
from ingest.parse.docx.contents import without_contents
from ingest.parse.docx.items import HangingItem, Item, LeftItem, Line, NoteItem, TableItem
from ingest.parse.gathered import Gathered
from ingest.parse.headings import HeadingPath, looks_like_heading, numbering
from ingest.parse.plain.typed_lists import TypedList

_CAPTION = re.compile(r"^(?:附?[图表]|Figure|Table)\s*\d+(?:[-.–—]\d+)*(?:[\s：:、.]|$|[一-鿿])", re.IGNORECASE)
_RECORD = re.compile(r"(?:修订|变更|修改|版本)(?:记录|历史|说明)|文[档件](?:控制|信息)|审批记录")
"""What stands on a cover above a table about the document itself."""
_FRAME_SCHEMES = {"part", "chapter", "section", "han"}
"""Emphasised lines with these numbers are headings even when several follow each other without text between."""
_CONTINUED = re.compile(
    r"^续\s*(?:上\s*)?表|[（(]\s*续\s*[)）]|(?:表|Table)\s*[\d.-]+\s*续|\(cont(?:inued|'d)?\.?\)", re.IGNORECASE
)
"""What stands above a table that goes on from the page before."""
_MAX_HEADING_CHARS = 80
_LARGER = 1.0
"""Points by which a line must be larger than the body text to stand out."""


class Outline:
    """Decides over one document's items and hands out its elements.

    `title` is the document's title where the text shows one: a line in the title style, or the largest line of the
    cover (unnumbered, set apart, centred or first of all, before any heading).
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = without_contents(items)
        self._body_size, self._body_bold = _body_look(self._items)
        self._path = HeadingPath()
        self._list = TypedList()
        self._covers: list[tuple[bool, float, str]] = []
        self._in_cover = True
        self._previous_listed: Line | None = None
        self._header: tuple[str, ...] = ()
        self._continued = False

    @property
    def title(self) -> str | None:
        """The title that the text shows, once `gather()` has read it through."""
        return max(self._covers, key=lambda one: one[:2])[2] if self._covers else None

    def gather(self) -> Gathered:
        """The elements in reading order, what was left out, what could not be read."""
        found = Gathered()
        following = _following(self._items)
        first = next((at for at, item in enumerate(self._items) if not isinstance(item, LeftItem)), 0)
        for at, item in enumerate(self._items):
            match item:
                case Line():
                    found.elements.append(self._line(item, following[at], first=at == first))
                    self._continued = _CONTINUED.search(item.text) is not None
                case TableItem():
                    found.elements += self._table(item, found.left_out)
                case NoteItem():
                    found.elements.append(Element(kind="note", text=item.text, locator=self._locator(item)))
                case HangingItem():
                    found.take(item.read(self._locator(item)))
                case LeftItem():
                    found.left_out.append(LeftOut(reason=item.reason, text=item.text, locator=self._locator(item)))
        return found

    def _locator(self, item: Item) -> Locator:
        return item.at.locator(self._path.path)

    def _line(self, line: Line, following: Item | None, *, first: bool) -> Element:
        text = " ".join(line.text.split()) if line.role != "code" else line.text
        if line.role == "body" and self._is_cover(line, first=first):
            is_record = _RECORD.search(text) is not None
            if not is_record:
                self._covers.append((False, line.size, text))
            if isinstance(following, TableItem) and is_record:
                return Element(kind="caption", text=text, locator=self._locator(line))
        elif line.role == "title":
            self._covers.append((True, line.size, text))
        elif self._is_heading(line, following if isinstance(following, Line) else None):
            self._in_cover = False
            self._list = TypedList()
            level = self._path.enter(text, line.level, line.size)
            return Element(kind="heading", text=text, level=level, locator=self._locator(line))
        elif line.role == "code":
            return Element(kind="code", text=text, locator=self._locator(line))
        elif line.role == "caption" or (_CAPTION.match(text) and looks_like_heading(text, emphasised=True)):
            return Element(kind="caption", text=text, locator=self._locator(line))
        else:
            return self._list_item(line, text) or Element(kind="paragraph", text=text, locator=self._locator(line))
        return Element(kind="paragraph", text=text, locator=self._locator(line))

    def _emphasised(self, line: Line) -> bool:
        return (line.bold and not self._body_bold) or line.size >= self._body_size + _LARGER

    def _is_cover(self, line: Line, *, first: bool) -> bool:
        if not self._in_cover or line.level is not None or line.depth or numbering(line.text):
            return False
        return self._emphasised(line) and (line.centred or first)

    def _is_heading(self, line: Line, following: Line | None) -> bool:
        if line.role != "body":
            return False
        if line.level is not None:
            return len(line.text) <= _MAX_HEADING_CHARS or not line.text.endswith(("。", "；", "："))
        if line.framed or (line.depth and not line.counts) or _CAPTION.match(line.text):
            return False
        emphasised = self._emphasised(line)
        if not looks_like_heading(line.text, emphasised=emphasised):
            return False
        number = numbering(line.text)
        if number is None or (emphasised and number.scheme in _FRAME_SCHEMES):
            return True
        listed = _same_scheme(line, following) or _same_scheme(line, self._previous_listed)
        self._previous_listed = line if listed else None
        return not listed

    def _list_item(self, line: Line, text: str) -> Element | None:
        level = line.depth or self._list.level(text)
        if not level:
            return None
        return Element(kind="list_item", text=text, level=level, locator=self._locator(line))

    def _table(self, item: TableItem, left_out: list[LeftOut]) -> Iterator[Element]:
        locator, shape = self._locator(item), item.shape
        for at, caption in shape.captions:
            self._continued = self._continued or _CONTINUED.search(caption) is not None
            yield Element(kind="caption", text=caption, locator=item.places[at].locator(self._path.path))
        header = shape.header
        if not header and self._continued and shape.rows and len(shape.rows[0].cells) == len(self._header):
            header = self._header
        self._header, self._continued = header, False
        rows = []
        for row in shape.rows:
            cells, place = row.cells, item.places[row.row].locator(self._path.path)
            if cells == header:  # typed anew at the top of a page
                left_out.append(LeftOut(reason="repeated", text=" ".join(cells), locator=place))
            else:
                rows.append(TableRow(cells=cells, locator=place))
        if rows or any(header):
            yield Element(kind="table", table=Table(header=header, rows=tuple(rows)), locator=locator)


def _following(items: Sequence[Item]) -> list[Item | None]:
    """For each item the next one that is part of the text itself."""
    following: list[Item | None] = []
    last: Item | None = None
    for item in reversed(items):
        following.append(last)
        if not isinstance(item, NoteItem | LeftItem):
            last = item
    return following[::-1]


def _same_scheme(line: Line, other: Line | None) -> bool:
    mine, theirs = numbering(line.text), numbering(other.text) if other else None
    return mine is not None and theirs is not None and (mine.scheme, mine.depth) == (theirs.scheme, theirs.depth)


def _body_look(items: Sequence[Item]) -> tuple[float, bool]:
    """The size that most characters of the body have, and whether most of them are bold."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for item in items:
        if isinstance(item, Line) and item.level is None and item.role == "body":
            sizes[item.size] += len(item.text)
            bold[item.bold] += len(item.text)
    return (sizes.most_common(1)[0][0] if sizes else 0.0), bold[True] > bold[False]
