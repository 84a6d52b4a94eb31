"""Reads one worksheet's cells as a reader sees them, without the empty ones.

It streams over the sheet's XML: openpyxl's worksheet keeps an object for every formatted empty cell (a million of them:
400 MB), gives up on a workbook for one odd style, and knows neither what is filtered out nor the Strict namespaces.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from lxml import etree
from openpyxl.utils import get_column_letter

from ingest.errors import DocumentTooLarge
from ingest.parse.office.ooxml import integer
from ingest.parse.xlsx.cell_pictures import rich_value
from ingest.parse.xlsx.formulas import Formulas
from ingest.parse.xlsx.ranges import LAST_COLUMN, LAST_ROW, Rect, column_number, rects
from ingest.parse.xlsx.strings import drop, item_text, unescape
from ingest.parse.xlsx.styles import PLAIN, Look
from ingest.parse.xlsx.values import Values
from ingest.said import Said

_STREAMED = ("row", "mergeCell", "col", "hyperlink", "headerFooter", "dataValidation", "autoFilter", "oleObject")
_ROWS_BETWEEN = 5000
"""Rows read between two signs of life."""
_MOST_MERGED = 1_000_000
"""Slots that merged cells are put into; from there on a merged cell stands in its first slot only."""
_NO_VALUE = "#VALUE!"
"""What Excel writes into a cell that holds a picture, for programs that know of none."""
_DISPIMG = re.compile(r'DISPIMG\("([^"]+)"')


@dataclass(slots=True)  # not frozen: a million of them are made
class SheetCell:
    """A cell that holds something, or a merged range of such: its first row and column (from 1), how many it covers."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    numeric: bool
    look: Look

    @property
    def reference(self) -> str:
        """The place in A1 notation; of a merged range its first cell."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass
class Sheet:
    """`slots` maps row and column (from 1) to the cell there; a merged cell stands in each slot it covers.

    `uncalculated` are the cells whose formula has no saved value, `pictures` the ids of pictures set in cells,
    `links` the ranges with a relationship's id or an address, `prompts` what validated cells tell who fills them in,
    `fringe` the codes of printed headers and footers, `objects` the relationship ids of embedded files and their cells.
    """

    name: str
    slots: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    filters: list[Rect] = field(default_factory=list)
    lists: list["ListObject"] = field(default_factory=list)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    pictures: dict[tuple[int, int], str] = field(default_factory=dict)
    links: list[tuple[Rect, str, bool]] = field(default_factory=list)
    prompts: list[tuple[Rect, str]] = field(default_factory=list)
    fringe: list[tuple[str, str]] = field(default_factory=list)
    objects: list[tuple[str, Rect | None]] = field(default_factory=list)
    merged: list[Rect] = field(default_factory=list)

    def is_hidden_column(self, column: int) -> bool:
        """Whether the column (from 1) is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def is_filtered_out(self, row: int) -> bool:
        """Whether the row (from 1) is hidden by a filter."""
        return row in self.hidden_rows and any(one.top < row <= one.bottom for one in self.filters)


@dataclass(frozen=True)
class ListObject:
    """A range that its author made a table (`Ctrl+T`): its name, its place, how many of its rows are the header."""

    name: str
    place: Rect
    header: int


@dataclass
class Budget:
    """What may still be read of a workbook. A few kilobytes can say ten thousand times to repeat a long text."""

    cells: int = 2_000_000
    characters: int = 20_000_000

    def take(self, sheet: str, cells: int, characters: int) -> None:
        """Raises DocumentTooLarge when there is no more."""
        self.cells -= cells
        self.characters -= characters
        if self.cells < 0 or self.characters < 0:
            what = "2,000,000 filled cells" if self.cells < 0 else "20,000,000 characters"
            raise DocumentTooLarge(
                Said("The workbook holds more than {what} (reached in sheet {sheet}).", what=what, sheet=sheet),
                "Split it, or leave out the sheets that are raw data.",
            )


class SheetStream:
    """Reads worksheets' XML with what the workbook's cells share: texts, looks, the first day of the calendar."""

    def __init__(self, strings: Sequence[str], looks: Sequence[Look], values: Values, *, formulas: bool) -> None:
        self._strings = strings
        self._looks = looks
        self._values = values
        self._formulas = formulas
        self._written = Formulas()

    def read(self, source: IO[bytes], name: str, budget: Budget, alive: Callable[[], None]) -> Sheet:
        """All cells that hold something; `alive` is called now and then. Raises DocumentTooLarge and
        etree.XMLSyntaxError.
        """
        sheet = Sheet(name)
        self._written = Formulas()
        number = 0
        tags = [f"{{*}}{tag}" for tag in _STREAMED]
        for _, element in etree.iterparse(source, tag=tags, resolve_entities=False, no_network=True, huge_tree=True):
            tag = etree.QName(element).localname
            if tag == "row":
                number = integer(element.get("r")) or number + 1
                if number % _ROWS_BETWEEN == 0:
                    alive()
                if number <= LAST_ROW:
                    self._row(element, number, sheet, budget)
            else:
                _note(sheet, tag, element)
            drop(element)
        for row, column, text in self._written.awaited():
            sheet.slots[row][column].text = text
        _spread_merged(sheet)
        return sheet

    def _row(self, row: etree._Element, number: int, sheet: Sheet, budget: Budget) -> None:
        if _is_set(row.get("hidden")) or row.get("ht") == "0":
            sheet.hidden_rows.add(number)
        if not len(row):
            return
        cells = {cell.column: cell for cell in self._cells(row, number, sheet)}
        if cells:
            budget.take(sheet.name, len(cells), sum(len(cell.text) for cell in cells.values()))
            sheet.slots.setdefault(number, {}).update(cells)

    def _cells(self, row: etree._Element, number: int, sheet: Sheet) -> Iterator[SheetCell]:
        column = 0
        for element in row:
            place = element.get("r")
            column = (column_number(place) if place else 0) or column + 1
            if len(element) and column <= LAST_COLUMN:
                cell = self._cell(element, number, column, sheet)
                if cell:
                    yield cell

    def _cell(self, element: etree._Element, row: int, column: int, sheet: Sheet) -> SheetCell | None:
        stored: str | None = None
        formula: etree._Element | None = None
        inline = ""
        kind = element.get("t")
        for one in element:
            tag = one.tag
            if not isinstance(tag, str):
                continue
            if tag.endswith("}v"):
                stored = one.text or ("" if kind == "str" else None)  # a formula may result in an empty text
            elif tag.endswith("}f"):
                formula = one
            elif tag.endswith("}is"):
                inline = item_text(one)
        style = element.get("s")
        look = self._looks[int(style)] if style and style.isdigit() and int(style) < len(self._looks) else PLAIN
        if inline:
            kind, stored = "inlineStr", inline
        elif kind == "s":
            index = integer(stored)
            stored = self._strings[index] if index is not None and 0 <= index < len(self._strings) else None
        elif kind == "str" and stored:
            stored = unescape(stored)
        numeric = (kind is None or kind in {"n", "d"}) and stored is not None
        said = "" if formula is None else self._written.read(formula, row, column)
        if formula is not None and (stored is None or self._values.is_no_result(stored, kind)):
            stored, numeric, kind = self._written.without_result(formula, said, row, column), True, "f"
            sheet.uncalculated.append((row, column))
        picture = _DISPIMG.search(said or stored or "")
        if picture:
            sheet.pictures[row, column] = picture[1]
            return None
        if kind == "e" and element.get("vm") and stored == _NO_VALUE:
            sheet.pictures[row, column] = rich_value(element.get("vm", ""))
            return None
        text = self._values.shown(stored, kind, look.code) if stored else ""
        if not text:
            return None
        beside = self._formulas or (formula is not None and self._values.is_doubtful(stored or "", kind))
        if beside and said and kind != "f":
            text = f"{text}（{said}）"
        return SheetCell(row, column, 1, 1, text, numeric, look)


def _note(sheet: Sheet, tag: str, element: etree._Element) -> None:
    places = rects(element.get("ref") or element.get("sqref") or "")
    match tag:
        case "mergeCell":
            sheet.merged += places
        case "col" if _is_set(element.get("hidden")) or element.get("width") == "0":
            sheet.hidden_columns.append((integer(element.get("min")) or 0, integer(element.get("max")) or 0))
        case "hyperlink":
            relation = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), None)
            if relation:
                sheet.links += [(place, str(relation), True) for place in places]
        case "autoFilter" if len(element):
            sheet.filters += places
        case "dataValidation":
            prompt = "：".join(text for key in ("promptTitle", "prompt") if (text := (element.get(key) or "").strip()))
            if prompt and places:
                sheet.prompts.append((places[0], unescape(prompt)))
        case "headerFooter":
            sheet.fringe += [(etree.QName(one).localname, one.text or "") for one in element.iter("{*}*") if one.text]
        case "oleObject":
            relation = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), None)
            if relation:
                sheet.objects.append((str(relation), _anchor(element)))


def _anchor(element: etree._Element) -> Rect | None:
    """Where an embedded object stands: the cells that its anchor's corners name."""
    numbers = [integer(one.text) for tag in ("row", "col") for one in element.iter(f"{{*}}{tag}")]
    if len(numbers) != 4 or None in numbers:
        return None
    top, bottom, left, right = (number + 1 for number in numbers if number is not None)
    return Rect(top, left, max(top, bottom), max(left, right))


def _is_set(value: str | None) -> bool:
    return value is not None and value.lower() in {"1", "true"}


def _spread_merged(sheet: Sheet) -> None:
    """Put each merged range's cell into all its slots, as far as the sheet is used (a range may span whole columns)."""
    if not sheet.slots:
        return
    last_row, last_column = max(sheet.slots), max(max(row) for row in sheet.slots.values())
    left = _MOST_MERGED
    for place in sheet.merged:
        cell = sheet.slots.get(place.top, {}).get(place.left)
        if cell is None:
            continue
        right, bottom = min(place.right, last_column), min(place.bottom, last_row)
        left -= (right - place.left + 1) * (bottom - place.top + 1)
        if left < 0:
            return
        merged = SheetCell(
            place.top, place.left, bottom - place.top + 1, right - place.left + 1, cell.text, cell.numeric, cell.look
        )
        for row in range(place.top, bottom + 1):
            sheet.slots.setdefault(row, {}).update(dict.fromkeys(range(place.left, right + 1), merged))
