"""What a document is, once read: metadata, elements, and the place in the original each element came from."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, computed_field, model_serializer

from ingest.said import Message

BBox = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points (1/72 inch), origin at the page's top left."""

LocatorKind = Literal["page", "slide", "sheet", "section", "lines"]
LeftOutReason = Literal[
    "header", "footer", "page_number", "contents", "deleted", "repeated", "invisible", "placeholder", "illegible"
]
ElementKind = Literal["heading", "paragraph", "list_item", "table", "code", "caption", "note"]


class Value(BaseModel):
    """Base of the immutable values that cross a stage or become JSON."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Locator(Value):
    """A place in the original file, exact enough to open.

    Fields that the format does not have stay absent (also from the JSON). `page`, `slide`, `paragraph` and lines
    count from 1; `paragraph` is the index of the body's block (paragraph or table) in document order; `range` is an
    A1 reference; `shape` is the shape's id on its slide; `headings` is the path from the top heading downwards.

    `row` counts the rows of the table at `paragraph` or `shape` from 1, header rows included. `part` is the part of a
    mail: a header's name (`Subject`) or a body part's number (`1.2`, RFC 3501 section 6.4.5), or that of a Word file
    whose paragraphs are counted, where it is not the body (`word/header1.xml`). `picture` names the
    picture inside the file that the text was read from; `bbox` is then in that picture's pixels. `within` leads from
    the document's own file to the one that all the other fields speak of: the names of the attachment, archive member
    or embedded file, outermost first.
    """

    kind: LocatorKind
    headings: tuple[str, ...] = ()
    page: int | None = None
    bbox: BBox | None = None
    slide: int | None = None
    shape: int | None = None
    sheet: str | None = None
    range: str | None = None
    paragraph: int | None = None
    row: int | None = None
    part: str | None = None
    picture: str | None = None
    within: tuple[str, ...] = ()
    line_start: int | None = None
    line_end: int | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def label(self) -> str:
        """The place in a reader's words, e.g. `第3页 · 二、数据同步`."""
        match self.kind:
            case "page":
                place = f"第{self.page}页"
            case "slide":
                place = f"幻灯片{self.slide}"
            case "sheet":
                place = f"工作表「{self.sheet}」{self.range or ''}"
            case "lines":
                last = self.line_end or self.line_start
                place = f"第{self.line_start}行" if last == self.line_start else f"第{self.line_start}–{last}行"
            case "section":
                place = f"第{self.page}页" if self.page is not None else ""
                place += "页眉" if "header" in (self.part or "") else "页脚" if "footer" in (self.part or "") else ""
                place += f"第{self.paragraph}段" if self.paragraph is not None else ""
        if self.row is not None:
            place += f"表格第{self.row}行"
        if self.picture is not None:
            place += f"图片「{self.picture.rpartition('/')[2]}」"
        files = " › ".join(f"「{name}」" for name in self.within)
        # What a file inside holds stands below a heading with the file's name, which has been said.
        headings = " › ".join(one for one in self.headings if one not in self.within)
        return " · ".join(part for part in (files, place, headings) if part)

    @model_serializer(mode="wrap")
    def _drop_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = {key: value for key, value in handler(self).items() if value is not None}
        if not self.within:
            del fields["within"]
        return fields


class TableRow(Value):
    """One body row: as many cells as the table has columns (merged cells repeat their value), and where it stands.

    `confidence` is as an element's.
    """

    cells: tuple[str, ...]
    locator: Locator
    confidence: float | None = None


class Table(Value):
    """A table as a reader understands it.

    `header` names each column (the rows of a multi-row header are joined by ` / `); empty when the table has none.
    """

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]


class Element(Value):
    """One block of a document in reading order.

    `level` is the heading's level (1 is the top) or the list item's depth (1 is the outermost), else 0. `text` of a
    list item carries its number or bullet as the reader sees it. A table has `table` set and `text` empty.
    `confidence` (0 to 1) is set where the text was recognised in a picture: how sure the recogniser is of it.
    """

    kind: ElementKind
    locator: Locator
    text: str = ""
    level: int = 0
    table: Table | None = None
    confidence: float | None = None


class Properties(Value):
    """What a file says about itself: front matter, document properties. Absent where it says nothing."""

    title: str | None = None
    project: str | None = None
    customer: str | None = None
    doc_type: str | None = None
    author: str | None = None
    date: str | None = None
    version: str | None = None


class LeftOut(Value):
    """Text of the file that was kept out of the elements on purpose, and why."""

    reason: LeftOutReason
    text: str
    locator: Locator


class Unread(Value):
    """A part of the file that could not be read: what (`message`) and what to do (`hint`), each on one line."""

    message: Message
    hint: Message
    locator: Locator | None = None


class ParsedDocument(Value):
    """What a parser returns: the elements in reading order and what the file says about itself.

    `front_matter` was written by a person at the head of the text and outranks `properties`, which a program wrote.
    `left_out` and `unread` are for the person who checks what was kept and lost.
    """

    elements: tuple[Element, ...]
    properties: Properties = Properties()
    front_matter: Properties = Properties()
    left_out: tuple[LeftOut, ...] = ()
    unread: tuple[Unread, ...] = ()


class DocumentMeta(Value):
    """A document in the library. `id` comes from the file's content; `path` is relative to the folder ingested;
    `date` is ISO 8601 (a year, a month or a day); `format` is the extension the content has, without the dot.
    """

    id: str
    title: str
    path: str
    format: str
    project: str | None = None
    customer: str | None = None
    doc_type: str | None = None
    author: str | None = None
    date: str | None = None
    version: str | None = None


def cover(locators: Sequence[Locator]) -> Locator:
    """The smallest place that covers all `locators`: their common headings, from the first line to the last, the box
    around all boxes of the first page. Raises ValueError when there are none.
    """
    if not locators:
        raise ValueError("cover() needs at least one locator")
    first = locators[0]
    same_place = [one for one in locators if _ground(one) == _ground(first)]
    update: dict[str, Any] = {"headings": _common_prefix([one.headings for one in locators])}
    boxes = [one.bbox for one in same_place if one.bbox]
    if boxes:
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        update["bbox"] = (min(x0), min(y0), max(x1), max(y1))
    if len({(one.shape, one.row) for one in same_place}) > 1:
        update["row"] = None
    if len({one.shape for one in same_place}) > 1:
        update["shape"] = None
    ends = [one.line_end or one.line_start for one in locators if one.line_start is not None]
    if ends:
        update["line_start"] = min(one.line_start for one in locators if one.line_start is not None)
        update["line_end"] = max(end for end in ends if end is not None)
    ranges = [one.range for one in same_place if one.range]
    if ranges:
        update["range"] = _cover_ranges(ranges)
    return first.model_copy(update=update)


def _ground(locator: Locator) -> tuple[object, ...]:
    """What boxes, rows and ranges are counted on."""
    return locator.within, locator.part, locator.picture, locator.page, locator.slide, locator.sheet


def _common_prefix(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    prefix: list[str] = []
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        prefix.append(level[0])
    return tuple(prefix)


def _cover_ranges(ranges: Sequence[str]) -> str:
    corners = [corner for one in ranges for corner in one.split(":")]
    cells = [
        (_column_number(corner.rstrip("0123456789")), int(corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
        for corner in corners
    ]
    columns, rows = [column for column, _ in cells], [row for _, row in cells]
    first, last = f"{_column_letters(min(columns))}{min(rows)}", f"{_column_letters(max(columns))}{max(rows)}"
    return first if first == last else f"{first}:{last}"


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
