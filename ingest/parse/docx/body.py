"""Reads the body of a Word document into items: lines, tables, notes and graphics, each with the block it stands in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from docx.opc.part import Part
from lxml import etree

from ingest.document import Element, Locator
from ingest.parse.docx.notes import read_notes
from ingest.parse.docx.numbering import Label, Numbering
from ingest.parse.docx.styles import Styles
from ingest.parse.docx.tables import Grid, GridCell, is_frame, is_shaded, read_grid
from ingest.parse.docx.text import Content, Piece, TextReader
from ingest.parse.headings import numbering
from ingest.parse.office.graphics import read_graphic
from ingest.parse.office.ooxml import child, elements, q, value
from ingest.parse.plain.typed_lists import TypedList, join_lines, join_wrapped
from ingest.parse.table.shape import Cell, Shape, understand

_SENTENCE_END = re.compile(r"[。；：！？.;:!?]$")
_LABEL = re.compile(r"^.{1,12}[：:]")
_BLOCKS = {q("w:p"), q("w:tbl")}

Role = Literal["title", "caption", "code", "body"]


@dataclass(frozen=True)
class Line:
    """A line of text as the reader sees it, its automatic number or bullet included.

    `level` is the heading level that the file states, if any; `depth` is the depth in an automatic list, 0 outside;
    `counts` says that its label is a number, `empty` that there is nothing but the label. `framed` lines stand in a box
    or a one-cell table.
    """

    paragraph: int
    text: str
    role: Role = "body"
    level: int | None = None
    depth: int = 0
    counts: bool = False
    bold: bool = False
    size: float = 0.0
    centred: bool = False
    framed: bool = False
    empty: bool = False


@dataclass(frozen=True)
class TableItem:
    """A table, understood."""

    paragraph: int
    shape: Shape


@dataclass(frozen=True)
class NoteItem:
    """A footnote, endnote or comment, at the block its anchor is in."""

    paragraph: int
    text: str


@dataclass(frozen=True)
class GraphicItem:
    """What a chart or SmartArt holds; the locators of `elements` are set when the headings are known."""

    paragraph: int
    elements: tuple[Element, ...]


Item = Line | TableItem | NoteItem | GraphicItem


def blocks(body: etree._Element) -> list[etree._Element]:
    """The paragraphs and tables of `w:body` in document order: block n of a Locator is `blocks(body)[n - 1]`.

    Counted are all `w:p` and `w:tbl` that stand in no other paragraph or table, so content controls and tracked moves
    are looked through, and text boxes, cells and nested tables are not counted. Empty ones are.
    """
    found: list[etree._Element] = []
    for one in elements(body):
        if one.tag in _BLOCKS:
            found.append(one)
        else:
            found += blocks(one)
    return found


class BodyReader:
    """Reads one document. Automatic numbers and fields are counted as it goes, so it reads a document once."""

    def __init__(self, document_part: Part, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self._part = document_part
        self._styles = Styles(styles)
        self._numbering = Numbering(numbering, self._styles)
        self._text = TextReader()
        self._notes = read_notes(document_part)

    def items(self, body: etree._Element) -> Iterator[Item]:
        """The items of the body in document order; tables of contents by style, field or gallery are left out."""
        for at, block in enumerate(blocks(body), 1):
            found = list(self._block(block, at))
            controls = (child(one, "w:sdtPr", "w:docPartObj") for one in block.iterancestors(q("w:sdt")))
            if not any(value(one, "w:docPartGallery") == "Table of Contents" for one in controls):
                yield from found

    def _block(self, block: etree._Element, at: int) -> Iterator[Item]:
        yield from self._table(block, at) if block.tag == q("w:tbl") else self._paragraph(block, at)

    def _framed(self, container: etree._Element, at: int) -> Iterator[Item]:
        """What stands in a text box or a cell."""
        for one in elements(container):
            if one.tag in _BLOCKS:
                for item in self._block(one, at):
                    yield replace(item, framed=True) if isinstance(item, Line) else item
            elif one.tag in (q("w:sdt"), q("w:sdtContent"), q("w:customXml"), q("w:ins"), q("w:moveTo")):
                yield from self._framed(one, at)

    def _paragraph(self, paragraph: etree._Element, at: int) -> Iterator[Item]:
        content = self._text.read(paragraph)
        deleted = not content.text and child(paragraph, "w:pPr", "w:rPr", "w:del") is not None
        label, depth = (None if deleted else self._numbering.next(paragraph)) or (None, 0)
        if not content.in_contents and not self._styles.is_contents(paragraph):
            yield from self._lines(paragraph, content, at, label, depth)
        yield from self._hanging(content, at)

    def _lines(
        self, paragraph: etree._Element, content: Content, at: int, label: Label | None, depth: int
    ) -> Iterator[Line]:
        level = self._styles.heading_level(paragraph)
        lines = list(content.lines())
        if level is not None and lines:
            lines = [[Piece(piece.text.replace("\n", " "), piece.properties) for piece in content.pieces]]
        if label is not None and not lines and label.counts:
            lines = [[]]
        read: list[Line] = []
        for pieces in lines:
            line = self._line(paragraph, pieces, at, label if not read else None, depth, level)
            if read and _goes_on(read[-1], line):
                read[-1] = replace(read[-1], text=join_wrapped(read[-1].text, line.text))
            else:
                read.append(line)
        yield from read

    def _line(
        self,
        paragraph: etree._Element,
        pieces: list[Piece],
        at: int,
        label: Label | None,
        depth: int,
        level: int | None,
    ) -> Line:
        seen = [piece for piece in pieces if piece.text.strip()]
        text = "".join(piece.text for piece in pieces).strip()
        code = not depth and self._styles.is_code(paragraph, [piece.properties for piece in seen])
        return Line(
            paragraph=at,
            text=(label.before(text) if label else text),
            role="title" if self._styles.is_title(paragraph)
            else "caption" if self._styles.is_caption(paragraph)
            else "code" if code else "body",
            level=level,
            depth=depth,
            counts=bool(label and label.counts),
            bold=bool(seen) and all(self._styles.is_bold(paragraph, piece.properties) for piece in seen),
            size=min((self._styles.size(paragraph, piece.properties) for piece in seen), default=0.0),
            centred=value(paragraph, "w:pPr", "w:jc") == "center",
            empty=not text,
        )  # fmt: skip

    def _hanging(self, content: Content, at: int) -> Iterator[Item]:
        for box in content.boxes:
            yield from self._framed(box, at)
        for relationship_id in content.graphics:
            relationship = self._part.rels.get(relationship_id)
            if relationship is not None and not relationship.is_external:
                found = read_graphic(relationship.target_part.blob, Locator(kind="section", paragraph=at))
                yield GraphicItem(at, tuple(found))
        for anchor in content.anchors:
            if anchor in self._notes:
                yield NoteItem(at, self._notes[anchor])

    def _table(self, table: etree._Element, at: int) -> Iterator[Item]:
        grid = read_grid(table)
        if is_frame(grid):
            for row in grid.rows:
                for element in dict.fromkeys(cell.element for cell in row if cell.element is not None):
                    yield from self._framed(element, at)
            return
        contents: dict[int, _CellContent] = {}
        for row in grid.rows:
            for cell in row:
                if cell.region not in contents:
                    contents[cell.region] = self._cell(cell, at)
        stated = grid.header_rows or int(self._styles.header_rows_styled(table))
        yield TableItem(at, understand(_cells(grid, contents), stated))
        for one in contents.values():
            yield from one.others

    def _cell(self, cell: GridCell, at: int) -> "_CellContent":
        items = [] if cell.element is None else list(self._framed(cell.element, at))
        texts = [text for item in items if (text := _in_cell(item))]
        lines = [item for item in items if isinstance(item, Line) and item.text]
        strong = is_shaded(cell.element) or (bool(lines) and all(line.bold for line in lines))
        others = tuple(item for item in items if isinstance(item, NoteItem | GraphicItem))
        return _CellContent(join_lines(texts), strong, others)


def _goes_on(line: Line, following: Line) -> bool:
    """Whether the break between two lines of a paragraph only wraps them: same look, and no new item or sentence."""
    if (line.bold, line.size, line.role) != (following.bold, following.size, following.role) or line.role == "code":
        return False
    new = numbering(following.text) or TypedList().level(following.text) or _LABEL.match(following.text)
    return not new and _SENTENCE_END.search(line.text) is None


@dataclass(frozen=True)
class _CellContent:
    text: str
    strong: bool
    others: tuple[NoteItem | GraphicItem, ...]


def _cells(grid: Grid, contents: Mapping[int, _CellContent]) -> list[list[Cell]]:
    return [
        [Cell(contents[cell.region].text, contents[cell.region].strong, cell.region) for cell in row]
        for row in grid.rows
    ]


def _in_cell(item: Item) -> str:
    """An item as part of a cell's text: a nested table reads as `name：value，name：value；…`."""
    if isinstance(item, Line):
        return " ".join(item.text.split())
    if isinstance(item, TableItem):
        names = item.shape.header
        rows = (
            "，".join(
                f"{name}：{cell}" if name else cell
                for name, cell in zip(names or [""] * len(cells), cells, strict=True)
                if cell
            )
            for _, cells in item.shape.rows
        )
        return "；".join((*item.shape.captions, *rows))
    return ""
