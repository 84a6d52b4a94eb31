"""Reads one worksheet's cells as a reader sees them, without the empty ones.

It streams over the sheet's XML with openpyxl's own cell reader, since a whole worksheet in openpyxl keeps an object
for every formatted empty cell (a million of them: 400 MB) and for every cell under a merged range.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import IO, Any

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import COL_TAG, FORMULA_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from ingest.errors import DocumentTooLarge
from ingest.parse.xlsx.number_format import CellValue, is_date_code, show

# Excel's Chinese edition has these built in and writes only their number; ECMA-376 part 1, 18.8.30, zh-cn.
_CHINESE_FORMATS = {
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
_MOST_CHARACTERS = 20_000_000
"""In one sheet. A few kilobytes can say ten thousand times to repeat a text of a megabyte."""
_WHITE = {"FFFFFFFF", "00FFFFFF"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell's style says: font weight and size (points), fill colour (empty when none), number format."""

    bold: bool
    size: float
    fill: str
    code: str


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell that holds something, or a merged range of such: its first row and column (from 1), how many it covers."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    numeric: bool
    uncalculated: bool
    look: Look

    @property
    def reference(self) -> str:
        """The place in A1 notation; of a merged range its first cell."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass
class Sheet:
    """`slots` maps row and column (from 1) to the cell there; a merged cell stands in each slot it covers."""

    name: str
    hidden: bool
    slots: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def is_hidden_column(self, column: int) -> bool:
        """Whether the column (from 1) is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def read_sheet(worksheet: Any) -> Sheet:
    """All cells that hold something in `worksheet`, an openpyxl `ReadOnlyWorksheet`. Raises `DocumentTooLarge`."""
    sheet = Sheet(worksheet.title, worksheet.sheet_state != "visible")
    look_of = _look_reader(worksheet)
    epoch = worksheet.parent.epoch
    characters = 0
    with worksheet._get_source() as source:
        reader = _CellReader(
            source,
            worksheet._shared_strings,
            data_only=True,
            epoch=epoch,
            date_formats=worksheet.parent._date_formats,
            timedelta_formats=worksheet.parent._timedelta_formats,
        )
        for row, cells in reader.parse():
            if characters > _MOST_CHARACTERS:
                raise DocumentTooLarge(
                    f"Sheet {worksheet.title} holds more than {_MOST_CHARACTERS:,} characters.",
                    "Split the workbook, or leave out what is not for reading.",
                )
            for cell in cells:
                look = look_of(cell["style_id"])
                made = _cell(cell, look, epoch)
                if made:
                    characters += len(made.text)
                    sheet.slots.setdefault(row, {})[made.column] = made
    sheet.hidden_rows = {int(row) for row, attributes in reader.row_dimensions.items() if _is_set(attributes)}
    sheet.hidden_columns = reader.hidden_columns
    _spread_merged(sheet, reader.merged)
    return sheet


class _CellReader(WorkSheetParser):
    """openpyxl's reader, cut down to cells, merged ranges and what is hidden; keeps formulas that have no value."""

    def __init__(self, source: IO[bytes], shared_strings: list[str], **options: Any) -> None:
        super().__init__(source, shared_strings, **options)
        self.merged: list[str] = []
        self.hidden_columns: list[tuple[int, int]] = []

    def parse(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:  # type: ignore[override]
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == MERGE_TAG:
                self.merged = [child.get("ref", "") for child in element]
            elif element.tag == COL_TAG and _is_set(element.attrib):
                self.hidden_columns.append((int(element.get("min", 0)), int(element.get("max", 0))))

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        formula = element.find(FORMULA_TAG)
        if formula is None:
            return cell
        if cell["value"] is None:
            read = self.parse_formula(element)  # type: ignore[no-untyped-call]
            cell["value"] = getattr(read, "text", read)
            cell["data_type"] = "f"
        elif formula.get("t") == "shared" and formula.text:
            # Later cells refer to this one's text.
            self.parse_formula(element)  # type: ignore[no-untyped-call]
        return cell


def _is_set(attributes: Any) -> bool:
    return str(attributes.get("hidden", "")).lower() in {"1", "true"}


def _look_reader(worksheet: Any) -> Callable[[int], Look]:
    @cache
    def look_of(style: int) -> Look:
        cell = ReadOnlyCell(worksheet, 1, 1, None, style_id=style)
        font, colour = cell.font, ""
        if isinstance(cell.fill, PatternFill) and cell.fill.patternType == "solid":
            shade = cell.fill.fgColor
            colour = "" if shade.value in _WHITE else f"{shade.type}:{shade.value}:{shade.tint}"
        code = _CHINESE_FORMATS.get(cell.style_array.numFmtId) or cell.number_format or "General"
        return Look(bool(font.b), float(font.sz or 11), colour, code)

    return look_of


def _cell(cell: dict[str, Any], look: Look, epoch: Any) -> SheetCell | None:
    value, uncalculated = cell["value"], cell["data_type"] == "f"
    if value is None:
        return None
    numeric = not isinstance(value, str) and not isinstance(value, bool)
    text = str(value) if uncalculated else _shown(value, look.code, epoch)
    if not text:
        return None
    return SheetCell(cell["row"], cell["column"], 1, 1, text, numeric or uncalculated, uncalculated, look)


def _shown(value: CellValue, code: str, epoch: Any) -> str:
    if isinstance(value, str):
        text = unescape(value) if "_x" in value else value
        return " ".join((text if code in {"General", "@"} else show(text, code)).split())
    if type(value) is int and code == "General":
        return str(value)
    if not isinstance(value, bool) and isinstance(value, int | float) and is_date_code(code):
        try:
            value = from_excel(value, epoch)
        except (OverflowError, ValueError):
            return str(value)
    return " ".join(show(value, code).split())


def _spread_merged(sheet: Sheet, ranges: list[str]) -> None:
    """Put each merged range's cell into all its slots, as far as the sheet is used (a range may span whole columns)."""
    if not sheet.slots:
        return
    last_row, last_column = max(sheet.slots), max(max(row) for row in sheet.slots.values())
    for reference in ranges:
        left, top, right, bottom = range_boundaries(reference)
        if left is None or top is None or right is None or bottom is None:
            continue
        cell = sheet.slots.get(top, {}).get(left)
        if cell is None:
            continue
        right, bottom = min(right, last_column), min(bottom, last_row)
        merged = SheetCell(
            top, left, bottom - top + 1, right - left + 1, cell.text, cell.numeric, cell.uncalculated, cell.look
        )
        for row in range(top, bottom + 1):
            sheet.slots.setdefault(row, {}).update(dict.fromkeys(range(left, right + 1), merged))
