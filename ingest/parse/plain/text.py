"""Reads plain text: notes, minutes and logs as people keep them, with numbered headings, lists and pasted tables."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import dropwhile, groupby, islice
from pathlib import Path

from ingest.document import Element, ElementKind, Locator, ParsedDocument, Table, TableRow
from ingest.errors import EmptyDocument
from ingest.parse.context import PLAIN, Context, nobody_watches
from ingest.parse.headings import HeadingPath, numbering
from ingest.parse.markup import pipe_table
from ingest.parse.plain import tab_table
from ingest.parse.plain.encoding import read_text
from ingest.parse.plain.lines import Line, blocks, is_contents_title, opens_item
from ingest.said import Said

_RULE = re.compile(r"[\s=\-*_~#+—─═━.·]{3,}")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|─{3,}|═{3,})\s*")
_MARKED_HEADING = re.compile(r"(?P<marks>#{1,6})\s*(?=[^\s#!\d])(?P<hashed>.{1,60})|【(?P<bracketed>[^】]{1,20})】")
_BOX_EDGE = re.compile(r"\+[-=+]+\+")
_SENTENCE_END = re.compile(r"[。！？；：!?;:.][”’」』）)】》]*$")
_NARROWEST_WRAP, _WIDEST_WRAP = 40, 130
_MEASURED = 10_000
"""Lines that say how wide a text is wrapped."""
_MOST_TOGETHER = _LINES_BETWEEN = 10_000
"""Lines of a log without a blank one that are read at once, and lines between two signs of life."""
_TAB = 4


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read a text file of any usual encoding. Blank lines part paragraphs; so does a line end, unless the text is
    wrapped at a fixed width. Locators are lines of the file.

    Raises `UnreadableFile`, `UnsupportedFormat` (not text) and `EmptyDocument`.
    """
    elements = read_lines(read_text(path).split("\n"), HeadingPath(), titled=True, told=context.progress)
    if not elements:
        raise EmptyDocument(
            Said("{name} has no text in it.", name=path.name), "Leave it out, or save it again with its content."
        )
    return ParsedDocument(elements=tuple(elements))


def read_lines(
    source: Sequence[str],
    path: HeadingPath,
    first_line: int = 1,
    *,
    titled: bool = False,
    told: Callable[[int, int], None] = nobody_watches,
) -> list[Element]:
    """What lines of plain text say. The first one is line `first_line` of the file, `path` the headings above it;
    `titled`: a first line that stands by itself may be a title. `told` is called with (read, all) lines now and then.
    """
    reader = _Reader(_wrap_width(source), path, titled=titled, told=lambda line: told(line, len(source)))
    for group in _groups(source, first_line):
        reader.read(group)
    return reader.elements


def _groups(source: Sequence[str], first_line: int) -> list[list[Line]]:
    """The lines between blank lines and rules; a line above an underline is emphasised."""
    groups: list[list[Line]] = [[]]
    for at, raw in enumerate(source, start=first_line):
        text = raw.strip()
        if groups[-1] and len(groups[-1]) == 1 and _UNDERLINE.fullmatch(raw):
            groups[-1][0] = replace(groups[-1][0], emphasised=True)
            groups.append([])
        elif not text or (_RULE.fullmatch(text) and not _BOX_EDGE.fullmatch(text)):
            groups.append([])
        else:
            indent = _width(raw[: len(raw) - len(raw.lstrip())])
            groups[-1].append(Line(text if "\t" not in text else raw.strip("\n"), at, at, indent=indent))
    return [group for group in groups if group]


class _Reader:
    def __init__(self, wrap: int | None, path: HeadingPath, *, titled: bool, told: Callable[[int], None]) -> None:
        self.elements: list[Element] = []
        self._told = told
        self._next_told = _LINES_BETWEEN
        self._path = path
        self._titled = titled
        self._wrap = wrap
        self._items: list[tuple[int, str]] = []

    def read(self, lines: list[Line]) -> None:
        """Write the elements of adjoining lines."""
        if self._titled and not self.elements and len(lines) == 1:  # the title
            lines = [replace(lines[0], emphasised=True)]
        for tabular, run in groupby(lines, key=_tabular):
            group = list(run)
            if tabular and self._table(group):
                continue
            for start in range(0, len(group), _MOST_TOGETHER):
                self._tell(group[start].first)
                self._marked(group[start : start + _MOST_TOGETHER])

    def _tell(self, line: int) -> None:
        if line >= self._next_told:
            self._told(line)
            self._next_told = line + _LINES_BETWEEN

    def _marked(self, lines: Sequence[Line]) -> None:
        start = 0
        for at, line in enumerate(lines):
            marked = _MARKED_HEADING.fullmatch(line.text.strip())
            # In a text, a single # opens a comment in a command more often than a heading.
            if marked and marked["marks"] != "#":
                self._blocks(lines[start:at])
                self._heading(marked["hashed"] or marked["bracketed"], line, len(marked["marks"] or "") or None)
                start = at + 1
        self._blocks(lines[start:])

    def _blocks(self, lines: Sequence[Line]) -> None:
        for block in blocks(lines, self._continues):
            place = Line(block.text, block.first, block.last, indent=block.indent)
            if block.kind == "heading":
                self._heading(block.text, place, None)
            elif block.kind == "list_item":
                self._add("list_item", place, self._depth(place))
            else:
                if self._items and block.indent <= self._items[0][0]:
                    self._items = []
                self._add(block.kind, place)

    def _continues(self, last: Line, line: Line) -> bool:
        """Whether `line` goes on with the paragraph or list item that `last` is part of."""
        if line.indent > last.indent and opens_item(last.text):
            return True
        if self._wrap is None or _SENTENCE_END.search(last.text):
            return False
        return last.indent + _width(last.text) >= self._wrap * 0.8 and line.indent <= last.indent

    def _depth(self, item: Line) -> int:
        """The item's depth, from its indent; among items of one indent, from the kind of marker first met."""
        number = numbering(item.text)
        kind = number.scheme if number else item.text[0]
        while self._items and self._items[-1][0] > item.indent:
            self._items.pop()
        known = [at for at, one in enumerate(self._items) if one == (item.indent, kind)]
        self._items = self._items[: known[0] + 1] if known else [*self._items, (item.indent, kind)]
        return len(self._items)

    def _heading(self, text: str, line: Line, level: int | None) -> None:
        self._items = []
        if not is_contents_title(text):
            self._add("heading", replace(line, text=text), self._path.enter(text, level))

    def _table(self, lines: Sequence[Line]) -> bool:
        """Take the lines for a table if they are one: in bars, or with tabs between the columns."""
        inner = list(dropwhile(lambda line: _BOX_EDGE.fullmatch(line.text), lines))
        texts = ["|--|" if _BOX_EDGE.fullmatch(line.text) else line.text for line in inner]
        found = pipe_table.read(texts) or tab_table.read(texts)
        if not found or not found.rows:
            return False
        rows = tuple(TableRow(cells=cells, locator=self._place(inner[at], inner[at])) for at, cells in found.rows)
        header = found.header if any(found.header) else ()
        place = self._place(lines[0], lines[-1])
        self.elements.append(Element(kind="table", locator=place, table=Table(header=header, rows=rows)))
        return True

    def _add(self, kind: ElementKind, line: Line, level: int = 0) -> None:
        self.elements.append(Element(kind=kind, text=line.text.strip(), level=level, locator=self._place(line, line)))

    def _place(self, first: Line, last: Line) -> Locator:
        return Locator(kind="lines", headings=self._path.path, line_start=first.first, line_end=last.last)


def _tabular(line: Line) -> str:
    """What draws the columns of the line, if anything does."""
    if _BOX_EDGE.fullmatch(line.text) or line.text.startswith("|"):
        return "|"
    return "\t" if "\t" in line.text.strip() else ""


def _wrap_width(source: Sequence[str]) -> int | None:
    """The column at which the text is wrapped, or None when its lines are whole paragraphs."""
    widths = [_width(line) for line in islice(filter(str.strip, source), _MEASURED)]
    widest = max(widths, default=0)
    full = sum(width > widest * 0.85 for width in widths)
    wrapped = _NARROWEST_WRAP <= widest <= _WIDEST_WRAP and full >= max(3, len(widths) * 0.3)
    return widest if wrapped else None


def _width(text: str) -> int:
    """Columns the text takes on a screen: two for a Chinese character."""
    if text.isascii() and "\t" not in text:
        return len(text)
    return sum(_TAB if one == "\t" else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
