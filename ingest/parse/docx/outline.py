"""Turns the items of a Word document into elements: which line is a heading, which a list item, and under what path."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.document import Element, Locator, Table, TableRow
from ingest.parse.docx.body import GraphicItem, Item, Line, NoteItem, TableItem
from ingest.parse.headings import HeadingPath, looks_like_heading, numbering
from ingest.parse.plain.typed_lists import TypedList

_CONTENTS_TITLE = {"目录", "目次", "contents", "tableofcontents"}
_CONTENTS_LINE = re.compile(r"[\s.…·．]\d{1,4}$")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|．{4,})\s*\d{1,4}$")
_CAPTION = re.compile(r"^(?:附?[图表]|Figure|Table)\s*\d+(?:[-.–—]\d+)*(?:[\s：:、.]|$|[一-鿿])", re.IGNORECASE)
_RECORD = re.compile(r"(?:修订|变更|修改|版本)(?:记录|历史|说明)|文[档件](?:控制|信息)|审批记录")
"""What stands on a cover above a table about the document itself."""
_FRAME_SCHEMES = {"part", "chapter", "section", "han"}
"""Emphasised lines with these numbers are headings even when several follow each other without text between."""
_MAX_HEADING_CHARS = 80
_LARGER = 1.0
"""Points by which a line must be larger than the body text to stand out."""


class Outline:
    """Decides over one document's items and hands out its elements.

    `title` is the document's title where the text shows one: a line in the title style, or the largest line of the
    cover (unnumbered, set apart, centred or first of all, before any heading).
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = _without_contents(items)
        self._body_size, self._body_bold = _body_look(self._items)
        self._path = HeadingPath()
        self._list = TypedList()
        self._covers: list[tuple[bool, float, str]] = []
        self._in_cover = True
        self._previous_listed: Line | None = None

    @property
    def title(self) -> str | None:
        """The title that the text shows, once `elements()` has been read through."""
        return max(self._covers, key=lambda one: one[:2])[2] if self._covers else None

    def elements(self) -> Iterator[Element]:
        """The elements in reading order."""
        for at, item in enumerate(self._items):
            following = next((one for one in self._items[at + 1 :] if not isinstance(one, NoteItem)), None)
            match item:
                case Line():
                    yield self._line(item, following, first=at == 0)
                case TableItem():
                    yield from self._table(item)
                case NoteItem():
                    yield Element(kind="note", text=item.text, locator=self._locator(item))
                case GraphicItem():
                    yield from (_moved(one, self._locator(item)) for one in item.elements)

    def _locator(self, item: Item) -> Locator:
        return Locator(kind="section", headings=self._path.path, paragraph=item.paragraph)

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

    def _table(self, item: TableItem) -> Iterator[Element]:
        locator = self._locator(item)
        for caption in item.shape.captions:
            yield Element(kind="caption", text=caption, locator=locator)
        rows = tuple(TableRow(cells=cells, locator=locator) for _, cells in item.shape.rows)
        if rows:
            yield Element(kind="table", table=Table(header=item.shape.header, rows=rows), locator=locator)


def _same_scheme(line: Line, other: Line | None) -> bool:
    mine, theirs = numbering(line.text), numbering(other.text) if other else None
    return mine is not None and theirs is not None and (mine.scheme, mine.depth) == (theirs.scheme, theirs.depth)


def _moved(element: Element, locator: Locator) -> Element:
    table = element.table
    if table is not None:
        rows = tuple(row.model_copy(update={"locator": locator}) for row in table.rows)
        table = table.model_copy(update={"rows": rows})
    return element.model_copy(update={"locator": locator, "table": table})


def _body_look(items: Sequence[Item]) -> tuple[float, bool]:
    """The size that most characters of the body have, and whether most of them are bold."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for item in items:
        if isinstance(item, Line) and item.level is None and item.role == "body":
            sizes[item.size] += len(item.text)
            bold[item.bold] += len(item.text)
    return (sizes.most_common(1)[0][0] if sizes else 0.0), bold[True] > bold[False]


def _without_contents(items: Sequence[Item]) -> list[Item]:
    """The items without empty lines and without a table of contents typed by hand: the line 目录 and the lines below
    it that end in a page number, and any line with dot leaders.
    """
    kept: list[Item] = []
    in_contents = False
    for item in items:
        if isinstance(item, Line):
            if item.empty or _LEADERS.search(item.text):
                continue
            if "".join(item.text.split()).lower() in _CONTENTS_TITLE:
                in_contents = True
                continue
            in_contents = in_contents and _CONTENTS_LINE.search(item.text) is not None
            if in_contents:
                continue
        kept.append(item)
    return kept
