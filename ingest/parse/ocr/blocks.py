"""Turns what was recognised in a picture into texts and tables, in reading order.

A picture is laid out in boxes, like a slide: each box of a diagram is a text of its own, and so is each paragraph of a
page. Ruled tables come out as rows.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from ingest.document import BBox, Element, LeftOut, Locator, Table, TableRow
from ingest.parse.ocr.page_reading import PageReading
from ingest.parse.ocr.sheet import Sheet
from ingest.parse.ocr.typeset import typeset
from ingest.parse.pdf.boxes import read_boxes
from ingest.parse.pdf.lines import Line, bounds, is_airy
from ingest.parse.pdf.page import Char, Page
from ingest.parse.pdf.reader import turned_lines
from ingest.parse.pdf.tables import PageTable, cell_text, take_tables

_EM = 10.5
"""Points that the text is taken to have: a picture has pixels only, and the layout goes by points."""
_LABEL_WIDTH = 16
"""Ems: in a narrower box, all lines are one label."""
_FULL = 2.2
"""Ems that a line stays short of its box at most when its text goes on in the next."""
_LEADING = 0.5  # ems between the lines of one label
_JOINED = 2.0  # points between rows that touch

_Placed = Callable[[BBox], tuple[Locator, float]]


def illegible_in(reading: PageReading, place: Locator, zoom: float) -> Iterator[LeftOut]:
    """What was seen in a picture at `place` and is too uncertain to be text."""
    sheet = Sheet(reading, 1.0, 1 / zoom)
    for text, box in sheet.illegible:
        yield LeftOut(reason="illegible", text=text, locator=place.model_copy(update={"bbox": sheet.original(box)}))


def elements_of(reading: PageReading, place: Locator, zoom: float) -> Iterator[Element]:
    """The texts and tables of a picture at `place`, each with its box in the picture's pixels and its confidence.

    `zoom` is how many times larger than it is the picture was read.
    """
    if not reading.em:
        return
    scale = _EM / reading.em
    sheet = Sheet(reading, scale, 1 / zoom)

    def placed(box: BBox) -> tuple[Locator, float]:
        there = sheet.original(box)
        x0, y0, x1, y1 = (round(edge, 1) for edge in there)
        return place.model_copy(update={"bbox": (x0, y0, x1, y1)}), sheet.confidence(there)

    page = typeset([reading], [scale])[0]
    tables, rest, turned = _take_tables(page)
    lines = [*read_boxes(rest, airy=is_airy(page.chars)), *turned_lines(turned)]
    blocks: list[list[Line] | PageTable] = [*_blocks(lines), *tables]
    for block in sorted(blocks, key=_top) if tables else blocks:
        if isinstance(block, PageTable):
            yield from _table(block, placed)
        else:
            yield _paragraph(block, placed)


def _take_tables(page: Page) -> tuple[list[PageTable], list[Char], list[Char]]:
    """As `take_tables`, but the boxes of a diagram, which stand apart and are joined by lines, are no cells."""
    tables, rest, turned = take_tables(page)
    drawings = [table.box for table in tables if not _is_table(table)]
    if not drawings:
        return tables, rest, turned
    page.horizontal = [one for one in page.horizontal if not _meets(drawings, (one.start, one.at, one.end, one.at))]
    page.vertical = [one for one in page.vertical if not _meets(drawings, (one.at, one.start, one.at, one.end))]
    return take_tables(page)


def _is_table(table: PageTable) -> bool:
    """Whether there are several rows, one right below the other."""
    boxes = [row.box for row in table.rows]
    return len(boxes) > 1 and all(below[1] - above[3] < _JOINED for above, below in pairwise(boxes))


def _meets(boxes: Sequence[BBox], rule: BBox) -> bool:
    return any(
        min(rule[2], x1) - max(rule[0], x0) >= -_JOINED and min(rule[3], y1) - max(rule[1], y0) >= -_JOINED
        for x0, y0, x1, y1 in boxes
    )


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each label, and of each paragraph in a wide box."""
    for (left, right, size), members in groupby(lines, key=lambda line: (line.left, line.right, line.size)):
        is_label = right - left <= _LABEL_WIDTH * size
        run: list[Line] = []
        for line in members:
            if run and (_is_apart(run[-1], line) if is_label else not _is_full(run[-1], right)):
                yield run
                run = []
            run.append(line)
        yield run


def _is_apart(above: Line, below: Line) -> bool:
    return below.box[1] - above.box[3] > _LEADING * below.size


def _is_full(line: Line, right: float) -> bool:
    return line.box[2] + _FULL * line.size >= right


def _top(block: list[Line] | PageTable) -> float:
    return block.box[1] if isinstance(block, PageTable) else block[0].box[1]


def _paragraph(block: list[Line], placed: _Placed) -> Element:
    box = bounds([line.box for line in block])
    place, sure = placed(box)
    return Element(kind="paragraph", text=cell_text(block, box), locator=place, confidence=sure)


def _table(table: PageTable, placed: _Placed) -> Iterator[Element]:
    shape = table.shape
    for at, text in shape.captions:
        place, sure = placed(table.rows[at].box)
        yield Element(kind="caption", text=text, locator=place, confidence=sure)
    rows = []
    for row in shape.rows:
        place, sure = placed(table.rows[row.row].box)
        rows.append(TableRow(cells=row.cells, locator=place, confidence=sure))
    place, sure = placed(table.box)
    yield Element(kind="table", table=Table(header=shape.header, rows=tuple(rows)), locator=place, confidence=sure)
