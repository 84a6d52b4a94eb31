"""Reads the body of a Word document into items: lines, tables, notes, what hangs on a block, what is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from ingest.document import LeftOutReason
from ingest.parse.context import Context
from ingest.parse.docx.hanging import Hanging
from ingest.parse.docx.items import Item, LeftItem, Line, NoteItem, Place, TableItem
from ingest.parse.docx.lines import read_lines
from ingest.parse.docx.notes import read_notes
from ingest.parse.docx.numbering import Numbering
from ingest.parse.docx.pages import Pages
from ingest.parse.docx.styles import Styles
from ingest.parse.docx.tables import Grid, is_frame, read_grid, shade
from ingest.parse.docx.text import Content, TextReader
from ingest.parse.office.ooxml import child, elements, q, value
from ingest.parse.office.parts import Parts
from ingest.parse.plain.typed_lists import join_lines
from ingest.parse.table.grid import GridCell, Row
from ingest.parse.table.shape import Shape, understand

_PARAGRAPH, _TABLE, _CHUNK = q("w:p"), q("w:tbl"), q("w:altChunk")
_WRAPPERS = {q(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_LONGEST_KEY = 40
_REPORTED = 200


def blocks(body: etree._Element) -> list[etree._Element]:
    """The paragraphs and tables of `w:body` in document order: block n of a Locator is `blocks(body)[n - 1]`.

    Counted are all `w:p` and `w:tbl` that stand in no other paragraph or table, so content controls and tracked moves
    are looked through, and text boxes, cells and nested tables are not counted. Empty ones are.
    """
    return [one for one in _walk(body) if one.tag != _CHUNK]


def _walk(parent: etree._Element) -> Iterator[etree._Element]:
    for one in elements(parent):
        if one.tag in (_PARAGRAPH, _TABLE, _CHUNK):
            yield one
        else:
            yield from _walk(one)


class BodyReader:
    """Reads one document. Automatic numbers and fields are counted as it goes, so it reads a document once."""

    def __init__(self, parts: Parts, part: str, styles: Styles, numbering: Numbering, context: Context) -> None:
        self._parts = parts
        self._styles = styles
        self._numbering = numbering
        self._text = TextReader(styles)
        self._notes = read_notes(parts, part, styles)
        self._hanging = Hanging(parts, part, context)
        self._context = context
        self._anchored: set[tuple[str, str]] = set()

    def items(self, body: etree._Element) -> Iterator[Item]:
        """The items of the body in document order."""
        found = list(_walk(body))
        counted = [one for one in found if one.tag != _CHUNK]
        self._pages = Pages(counted, self._parts)
        at = 0
        for block in found:
            if block.tag == _CHUNK:
                yield from self._hanging.chunk(block.get(q("r:id"), ""), self._place(max(at, 1)))
                continue
            at += 1
            if at % _REPORTED == 0:
                self._context.progress(at, len(counted))
            items = self._block(block, self._place(at))
            if _is_fallback(block):
                continue
            yield from _as_contents(items) if _in_gallery(block) else items
        for anchor, note in self._notes.items():
            if anchor not in self._anchored:  # Word does not show it
                yield LeftItem(Place(None), "invisible", note)

    def _place(self, block: int | None, row: int | None = None) -> Place:
        return Place(block, row, self._pages(block, row))

    def _block(self, block: etree._Element, at: Place) -> Iterator[Item]:
        yield from self._table(block, at) if block.tag == _TABLE else self._paragraph(block, at)

    def _framed(self, container: etree._Element, at: Place) -> Iterator[Item]:
        """What stands in a text box or a cell."""
        for one in elements(container):
            if one.tag in (_PARAGRAPH, _TABLE):
                for item in self._block(one, at):
                    yield replace(item, framed=True) if isinstance(item, Line) else item
            elif one.tag == _CHUNK:
                yield from self._hanging.chunk(one.get(q("r:id"), ""), at)
            elif one.tag in _WRAPPERS:
                yield from self._framed(one, at)

    def _paragraph(self, paragraph: etree._Element, at: Place) -> Iterator[Item]:
        content = self._text.read(paragraph)
        deleted = not content.text and child(paragraph, "w:pPr", "w:rPr", "w:del") is not None
        label = None if deleted else self._numbering.next(paragraph)
        if self._styles.is_contents(paragraph):
            content.leave("contents", content.text)
        else:
            yield from read_lines(paragraph, content, at, label, self._styles)
        yield from _left(content, at)
        yield from self._beside(content, at)

    def _beside(self, content: Content, at: Place) -> Iterator[Item]:
        for box in content.drawn.boxes:
            yield from self._framed(box, at)
        for text in content.drawn.lines:
            yield Line(at, text, framed=True)
        yield from self._hanging.items(content, at)
        for anchor in content.anchors:
            if anchor in self._notes:
                self._anchored.add(anchor)
                yield NoteItem(at, self._notes[anchor])

    def _table(self, table: etree._Element, at: Place) -> Iterator[Item]:
        grid = read_grid(table)
        # The rows of a table inside a cell stand in that cell's row.
        places = tuple(at if at.row else self._place(at.paragraph, number) for number in grid.numbers)
        for number, reason, row in grid.gone:
            yield from self._gone(row, reason, at if at.row else self._place(at.paragraph, number))
        if is_frame(grid):
            for row_cells, place in zip(grid.rows, places, strict=True):
                for element in dict.fromkeys(cell.element for cell in row_cells if cell.element is not None):
                    yield from self._framed(element, place)
            return
        contents: dict[int, _CellContent] = {}
        for row_cells, place in zip(grid.rows, places, strict=True):
            for cell in row_cells:
                if cell.region not in contents:
                    contents[cell.region] = self._cell(cell.element, place)
        stated = grid.header_rows or int(self._styles.header_rows_styled(table))
        shape = understand(_spread(grid, contents), stated or None)
        yield TableItem(at, shape, places)
        yield from _beside_the_table(grid, contents, shape)

    def _gone(self, row: etree._Element, reason: LeftOutReason, at: Place) -> Iterator[Item]:
        for paragraph in row.iter(_PARAGRAPH):
            yield from _left(self._text.read(paragraph, reason), at)

    def _cell(self, element: etree._Element | None, at: Place) -> "_CellContent":
        items = [] if element is None else list(self._framed(element, at))
        lines = [item for item in items if isinstance(item, Line) and item.text]
        text = join_lines(" ".join(line.text.split()) for line in lines)
        others = tuple(item for item in items if not isinstance(item, Line))
        return _CellContent(text, bool(lines) and all(line.bold for line in lines), shade(element), others)


def _left(content: Content, at: Place) -> Iterator[LeftItem]:
    for reason, text in content.left:
        if text.strip():
            yield LeftItem(at, reason, text.strip().replace("\n", " "))


def _is_fallback(block: etree._Element) -> bool:
    """Whether the block is the older form of blocks that stand there in a newer form, too."""
    fallback = next(block.iterancestors(q("mc:Fallback")), None)
    alternate = None if fallback is None else fallback.getparent()
    choices = [] if alternate is None else alternate.findall(q("mc:Choice"))
    return any(next(choice.iter(_PARAGRAPH, _TABLE), None) is not None for choice in choices)


def _in_gallery(block: etree._Element) -> bool:
    """Whether the block is part of a table of contents that Word inserted as a building block."""
    controls = (child(one, "w:sdtPr", "w:docPartObj") for one in block.iterancestors(q("w:sdt")))
    return any(value(one, "w:docPartGallery") == "Table of Contents" for one in controls)


def _as_contents(items: Iterator[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Line):
            yield LeftItem(item.at, "contents", item.text)
        elif isinstance(item, TableItem):
            for row in item.shape.rows:
                yield LeftItem(item.places[row.row], "contents", "\t".join(row.cells))
        else:
            yield item


@dataclass(frozen=True)
class _CellContent:
    text: str
    bold: bool
    fill: str
    others: tuple[Item, ...]


def _spread(grid: Grid, contents: Mapping[int, _CellContent]) -> list[Row]:
    """The grid with texts and looks in the place of XML."""
    places: dict[int, list[tuple[int, int]]] = {}
    for at, row in enumerate(grid.rows):
        for column, slot in enumerate(row):
            places.setdefault(slot.region, []).append((at, column))
    made: dict[int, GridCell] = {}
    for region, taken in places.items():
        (top, left), (bottom, right) = taken[0], taken[-1]
        found = contents[region]
        made[region] = GridCell(
            found.text, top, left, bottom - top + 1, right - left + 1, bold=found.bold, fill=found.fill
        )
    return [[made[slot.region] if slot.element is not None else None for slot in row] for row in grid.rows]


def _beside_the_table(grid: Grid, contents: Mapping[int, _CellContent], shape: Shape) -> Iterator[Item]:
    """What stands in the cells besides their text, row by row: tables of their own, pictures, notes."""
    keys = {row.row: row.cells[0] for row in reversed(shape.rows)}
    seen: set[int] = set()
    for at, row in enumerate(grid.rows):
        for cell in row:
            if cell.region in seen:
                continue
            seen.add(cell.region)
            own_key = row[0].region == cell.region
            for item in contents[cell.region].others:
                if isinstance(item, TableItem) and not own_key:
                    yield _led(item, shape.header[0] if shape.header else "", keys.get(at, ""))
                else:
                    yield item


def _led(inner: TableItem, name: str, key: str) -> TableItem:
    """A table inside a cell, each row led by what the row around it is about, which nothing in it says."""
    if not key or len(key) > _LONGEST_KEY or not inner.shape.rows:
        return inner
    header = (name, *inner.shape.header) if inner.shape.header else ()
    rows = tuple(replace(row, cells=(key, *row.cells)) for row in inner.shape.rows)
    return replace(inner, shape=replace(inner.shape, header=header, rows=rows))
