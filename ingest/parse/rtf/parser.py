"""Reads Rich Text documents: headings by outline level and style name, lists with their marks, tables, notes."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import LeftOutReason, ParsedDocument, Properties, Unread
from ingest.errors import EmptyDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.file_bytes import read_bytes
from ingest.parse.flow import CellText, Flow
from ingest.parse.rtf.reader import Event, Look, Reader
from ingest.parse.rtf.text import whole
from ingest.said import Said

_HEADING = re.compile(r"(?:heading|标题)\s*(?P<level>\d)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_FARTHEST_EDGE = 20
"""Twips by which the edges of cells of one column may differ."""


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read a Rich Text document. `paragraph` counts the body's paragraphs and tables, empty ones too.

    Raises `UnreadableFile` and `EmptyDocument`.
    """
    source = read_bytes(path)
    reader = Reader()
    writer = _Writer(Flow(context), reader)
    for event in reader.read(source):
        writer.take(event)
    writer.end()
    if not writer.flow.found.elements:
        raise EmptyDocument(
            Said("{name} has no text in it.", name=path.name), "Leave it out, or save it again with its content."
        )
    title, author = ("".join(writer.stated.get(name, ())).strip() or None for name in ("title", "author"))
    return writer.flow.found.document(Properties(title=title, author=author))


@dataclass
class _Row:
    """A table row: the right edges of its cells and their merging, and their texts."""

    edges: list[tuple[int, str]] = field(default_factory=list)
    cells: list[tuple[str, bool]] = field(default_factory=list)


@dataclass
class _Writer:
    """Puts the events together into blocks."""

    flow: Flow
    reader: Reader
    stated: dict[str, list[str]] = field(default_factory=dict)
    _pieces: list[str] = field(default_factory=list)
    _bold: list[bool] = field(default_factory=list)
    _mark: list[str] = field(default_factory=list)
    _aside: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _hex: list[str] = field(default_factory=list)
    _pictures: list[bytes] = field(default_factory=list)
    _objects: int = 0
    _row: _Row = field(default_factory=_Row)
    _rows: list[_Row] = field(default_factory=list)

    def take(self, event: Event) -> None:
        look = event.look
        if event.kind == "text":
            self._text(event.text, look)
        elif event.kind == "picture":
            if look.destination == "picture":
                self._pictures.append(event.data)
        elif event.kind == "object":
            self._objects += 1
        elif event.kind == "end":
            self._leave(look.destination)
        elif look.destination != "body":
            self._aside.append("\n")
        elif event.kind == "table":
            self._row.edges = []
        elif event.kind == "edge":
            self._row.edges.append((event.number, event.text))
        elif event.kind == "cell":
            text, bold = self._content()
            self._row.cells.append((text, bold))
        elif event.kind == "row":
            self._rows.append(_Row(list(self._row.edges), self._row.cells))
            self._row = _Row(self._row.edges)
        elif event.kind.startswith("nested"):
            self._pieces.append(" | " if event.kind == "nested cell" else "\n")
        elif look.in_table:
            self._pieces.append("\n")
        else:
            self._paragraph(look)

    def end(self) -> None:
        """The file is over: write what is still open."""
        if self._row.cells:
            self._rows.append(self._row)
        self._paragraph(Look())
        self._end_table()

    def _text(self, text: str, look: Look) -> None:
        if look.destination == "picture":
            self._hex.append(text)
        elif look.destination in ("title", "author"):
            self.stated.setdefault(look.destination, []).append(text)
        elif look.destination == "mark":
            self._mark.append(text)
        elif look.deleted or look.hidden:
            self.flow.leave_out("deleted" if look.deleted else "invisible", text)
        elif look.destination == "body":
            self._pieces.append(text)
            if text.strip():
                self._bold.append(look.bold)
        elif look.destination in ("note", "header", "footer"):
            self._aside.append(text)

    def _leave(self, destination: str) -> None:
        if destination == "picture":
            digits = re.sub(r"[^0-9a-fA-F]", "", "".join(self._hex))
            if len(digits) > 1:
                self._pictures.append(bytes.fromhex(digits[: len(digits) // 2 * 2]))
            self._hex = []
            return
        text = " ".join(whole("".join(self._aside)).split())
        self._aside = []
        reasons: dict[str, LeftOutReason] = {"header": "header", "footer": "footer"}
        if destination in reasons:
            self.flow.leave_out(reasons[destination], text)
        elif destination == "note" and text:
            self._notes.append(text)

    def _content(self) -> tuple[str, bool]:
        """The text that has come together, on one line, and whether it is all bold."""
        text = " ".join(whole("".join([*self._mark, " ", *self._pieces])).split())
        bold = bool(self._bold) and all(self._bold)
        self._pieces, self._bold, self._mark = [], [], []
        return text, bold

    def _paragraph(self, look: Look) -> None:
        self._end_table()
        marked = bool("".join(self._mark).strip())
        text, bold = self._content()
        self.flow.next_block()
        style = self.reader.styles.get(look.style, "")
        named = _HEADING.match(style)
        level = (
            look.outline + 1 if look.outline is not None and look.outline < 9 else int(named["level"]) if named else 0
        )
        if _CONTENTS.match(style):
            self.flow.leave_out("contents", text)
        elif level:
            self.flow.heading(text, level)
        elif marked:
            self.flow.item(text, 1)
        else:
            self.flow.paragraph(text, bold=bold)
        self._hang()

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            self.flow.next_block()
            self.flow.table(_cells(rows))
            self._hang()

    def _hang(self) -> None:
        """Write the notes and pictures of the block that has ended, and tell of its objects."""
        for note in self._notes:
            self.flow.paragraph(note, kind="note")
        for picture in self._pictures:
            self.flow.picture(picture)
        for _ in range(self._objects):
            self.flow.found.unread.append(
                Unread(
                    message="An object that is embedded here was not read, only what it shows.",
                    hint="Open the file in Word, save the object as a file of its own, or the file as .docx.",
                    locator=self.flow.place(),
                )
            )
        self._notes, self._pictures, self._objects = [], [], 0


def _cells(rows: list[_Row]) -> list[list[CellText]]:
    """The rows with cells that span columns and rows; columns are told by the edges of all rows."""
    columns: list[int] = []
    for edge in sorted({edge for row in rows for edge, _ in row.edges}):
        if not columns or edge - columns[-1] > _FARTHEST_EDGE:
            columns.append(edge)
    found: list[list[CellText]] = []
    above: dict[int, tuple[int, int]] = {}
    for row in rows:
        edges = row.edges if len(row.edges) >= len(row.cells) else [(at, "") for at in range(len(row.cells))]
        cells: list[CellText] = []
        start = 0
        for (text, bold), (edge, merging) in zip(row.cells, edges, strict=False):
            end = bisect_left(columns, edge - _FARTHEST_EDGE) + 1 if row.edges else start + 1
            width = max(end - start, 1)
            if "clmrg" in merging.split() and cells:
                cells[-1] = CellText(cells[-1].text, 1, cells[-1].columns + width, cells[-1].bold)
            elif "clvmrg" in merging.split() and start in above:
                at, index = above[start]
                upper = found[at][index]
                found[at][index] = CellText(upper.text, len(found) - at + 1, upper.columns, upper.bold)
            else:
                above[start] = len(found), len(cells)
                cells.append(CellText(text, 1, width, bold))
            start += width
        found.append(cells)
    return found
