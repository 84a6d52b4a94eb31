"""Reads workbooks: each sheet's tables, forms and remarks, with numbers as shown and a cell range for everything."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from xml.etree.ElementTree import ParseError

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from ingest.document import Element, ElementKind, Locator, ParsedDocument, Table, TableRow, cover
from ingest.errors import DamagedDocument, UnreadableFile
from ingest.parse.context import PLAIN, Context
from ingest.parse.headings import HeadingPath, looks_like_heading
from ingest.parse.table.forms import FormRow, form_rows
from ingest.parse.table.grid import column_names, distinct, grouped, real_columns, texts
from ingest.parse.xlsx.package import Remark, missing_sheets, read_remarks, read_workbook_properties
from ingest.parse.xlsx.regions import Block, Scope, Text, find_regions, is_continuation
from ingest.parse.xlsx.sheet import Sheet, SheetCell, read_sheet

_HIDDEN = "（隐藏）"
_BODY_SIZE = 11.0
_UNIT = re.compile(r"[（(][^（(]*[）)]$")
"""What may follow a title: `（单位：人天）`."""
_MOST_FORMULAS_NAMED = 20
_TRIPS = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    ParseError,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
)
"""What openpyxl and zipfile raise on malformed workbooks."""


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:  # noqa: ARG001
    """Every sheet of the workbook, hidden ones too (marked `（隐藏）`).

    Formulas give the value that was saved with them; one without a saved value gives its text, and a note says so.
    Raises `UnreadableFile` when the system refuses, `DamagedDocument` when the workbook is truncated or malformed, and
    `DocumentTooLarge` when a sheet holds too much text.
    """
    try:
        # A file object: openpyxl judges a path by its extension, which may be wrong.
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            missing = missing_sheets(archive)
            if missing:
                raise KeyError(missing[0])
            with warnings.catch_warnings(action="ignore"):  # openpyxl remarks on what it does not support
                workbook = load_workbook(file, read_only=True, data_only=True)
            elements: list[Element] = []
            for worksheet in workbook.worksheets:
                sheet = read_sheet(worksheet)
                remarks = list(read_remarks(archive, worksheet._worksheet_path))  # type: ignore[attr-defined]
                elements += _SheetReader(sheet).elements(remarks)
            return ParsedDocument(elements=tuple(elements), properties=read_workbook_properties(archive))
    except _TRIPS as error:
        raise DamagedDocument(
            f"{path.name} is damaged: {type(error).__name__} while reading it.",
            "Open it in Excel or WPS, save it again as .xlsx, and retry.",
        ) from error
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read: {error.strerror or error}.", "Check its permissions."
        ) from error


class _SheetReader:
    """Turns one sheet's regions into elements, keeping the heading path on the way."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._top = sheet.name + (_HIDDEN if sheet.hidden else "")
        self._titles = HeadingPath()
        self._titles_of: dict[Scope, HeadingPath] = {(): self._titles}
        self._path_of_row: dict[int, tuple[str, ...]] = {}
        self._above: Block | None = None

    def elements(self, remarks: Sequence[Remark]) -> list[Element]:
        """The sheet's elements in reading order, its comments and text boxes last."""
        regions = list(find_regions(self._sheet))
        if not regions and not remarks:
            return []
        found = [Element(kind="heading", text=self._top, level=1, locator=self._locator())]
        for at, region in enumerate(regions):
            self._enter(region.scope)
            if isinstance(region, Text):
                following = regions[at + 1] if at + 1 < len(regions) else None
                found.append(self._text(region.cell, following))
            else:
                found += self._block(region)
        found += [self._remark(remark) for remark in remarks]
        return found + list(self._uncalculated())

    def _enter(self, scope: Scope) -> None:
        """Go on under the titles of `scope`; a new one starts with those of the scope around it."""
        if scope not in self._titles_of:
            around = next(scope[:end] for end in range(len(scope) - 1, -1, -1) if scope[:end] in self._titles_of)
            self._titles_of[scope] = deepcopy(self._titles_of[around])
        self._titles = self._titles_of[scope]

    @property
    def _path(self) -> tuple[str, ...]:
        return (self._top, *self._titles.path)

    def _locator(self, reference: str | None = None, path: tuple[str, ...] | None = None) -> Locator:
        return Locator(kind="sheet", sheet=self._sheet.name, range=reference, headings=path or self._path)

    def _text(self, cell: SheetCell, following: Text | Block | None) -> Element:
        stands_out = cell.look.bold or cell.look.size > _BODY_SIZE * 1.1
        above_a_table = isinstance(following, Block) and 0 < following.rows[0] - cell.row - cell.rows + 1 <= 2
        kind: ElementKind = "paragraph"
        level = 0
        name = _UNIT.sub("", cell.text)
        if not cell.numeric and looks_like_heading(name, emphasised=stands_out or above_a_table):
            kind, level = "heading", self._titles.enter(cell.text, size=cell.look.size) + 1
        path = self._path + ((_HIDDEN,) if cell.row in self._sheet.hidden_rows else ())
        self._path_of_row.setdefault(cell.row, path)
        return Element(kind=kind, level=level, text=cell.text, locator=self._locator(cell.reference, path))

    def _block(self, block: Block) -> Iterator[Element]:
        header = self._header(block)
        columns = real_columns(block.grid)
        if block.header:
            self._above = block
        elif self._above and is_continuation(block, self._above):
            columns = [at for at in real_columns(self._above.grid) if at < block.width]
            header = self._header(self._above)
        for at in range(block.header):
            self._path_of_row.setdefault(block.rows[at], self._path)
        grid = [[row[at] for at in columns] for row in block.grid]
        if not header:
            yield from self._table((), [self._row(block, columns, row) for row in form_rows(grid)], self._path)
            return
        for title, members in grouped(block.grid, block.header):
            path = self._path
            if title is not None:
                text = distinct(block.grid[title])[0].text
                path = (*path, text)
                place = self._locator(self._range(block, block.rows[title]), path)
                yield Element(kind="heading", text=text, level=len(path), locator=place)
                self._path_of_row.setdefault(block.rows[title], path)
            whole = range(len(columns))
            rows = [self._row(block, columns, FormRow(at, whole, texts(grid[at])), path) for at in members]
            yield from self._table(tuple(header[at] for at in columns), rows, path)

    def _header(self, block: Block) -> tuple[str, ...]:
        """The name of each column of the block, whether or not it is real."""
        if not block.header:
            return ()
        names = column_names(block.grid, block.header)
        hidden = (self._sheet.is_hidden_column(block.left + at) for at in range(block.width))
        return tuple(name + (_HIDDEN if one else "") for name, one in zip(names, hidden, strict=True))

    def _row(self, block: Block, columns: Sequence[int], row: FormRow, path: tuple[str, ...] | None = None) -> TableRow:
        path = path or self._path
        number = block.rows[row.row]
        self._path_of_row.setdefault(number, path)
        if number in self._sheet.hidden_rows:
            path = (*path, _HIDDEN)
        ends = [*columns[1:], block.width]
        place = self._range(block, number, columns[row.columns[0]], ends[row.columns[-1]])
        return TableRow(cells=row.texts, locator=self._locator(place, path))

    def _range(self, block: Block, row: int, start: int = 0, end: int | None = None) -> str:
        """A row of the block, or its columns from `start` to before `end`, in A1 notation."""
        last = block.left + (block.width if end is None else end) - 1
        first = f"{get_column_letter(block.left + start)}{row}"
        return first if last == block.left + start else f"{first}:{get_column_letter(last)}{row}"

    def _table(self, header: tuple[str, ...], rows: list[TableRow], path: tuple[str, ...]) -> Iterator[Element]:
        if rows:
            place = cover([row.locator for row in rows]).model_copy(update={"headings": path})
            yield Element(kind="table", table=Table(header=header, rows=tuple(rows)), locator=place)

    def _remark(self, remark: Remark) -> Element:
        path = self._path_of_row.get(remark.row, (self._top,))
        what = "文本框" if remark.author is None else "批注"
        return Element(
            kind="note",
            text=remark.text,
            locator=self._locator(remark.reference, (*path, f"{what} {remark.reference}")),
        )

    def _uncalculated(self) -> Iterator[Element]:
        """One note that names the formulas whose value was never saved."""
        slots = (cell for row in self._sheet.slots.values() for cell in row.values() if cell.uncalculated)
        cells = sorted({cell.reference: cell for cell in slots}.values(), key=lambda one: (one.row, one.column))
        if cells:
            named = "、".join(cell.reference for cell in cells[:_MOST_FORMULAS_NAMED])
            more = f"等{len(cells)}处" if len(cells) > _MOST_FORMULAS_NAMED else ""
            place = cover([self._locator(cell.reference, (self._top,)) for cell in cells])
            text = f"以下单元格的公式没有保存计算结果，所列为公式本身：{named}{more}。"
            yield Element(kind="note", text=text, locator=place)
