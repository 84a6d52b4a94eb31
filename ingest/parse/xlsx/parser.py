"""Reads workbooks: each sheet's tables, forms and remarks, with numbers as shown and a cell range for everything."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from lxml import etree

from ingest.document import Element, LeftOut, Locator, ParsedDocument, Unread, cover
from ingest.errors import DamagedDocument, UnreadableFile
from ingest.parse.context import PLAIN, Context
from ingest.parse.office.parts import Parts
from ingest.parse.office.properties import package_properties
from ingest.parse.xlsx.cell_pictures import cell_pictures
from ingest.parse.xlsx.layers import Layers
from ingest.parse.xlsx.ranges import Rect, rects
from ingest.parse.xlsx.reader import SheetReader
from ingest.parse.xlsx.sheet import Budget, Sheet, SheetStream
from ingest.parse.xlsx.strings import read_strings
from ingest.parse.xlsx.styles import read_looks
from ingest.parse.xlsx.values import Values
from ingest.parse.xlsx.workbook import (
    Name,
    SheetPart,
    Workbook,
    read_lists,
    read_workbook,
)
from ingest.said import Said

_MOST_FORMULAS_NAMED = 20
_CONSTANT = re.compile(r'"(?:[^"]|"")*"|-?\d+(?:\.\d+)?%?')
_CELL = re.compile(r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!\[\]]+))!(?P<cell>\$?[A-Z]{1,3}\$?\d+)")
_TRIPS = (zipfile.BadZipFile, zlib.error, etree.LxmlError, LookupError, ValueError, EOFError, RuntimeError,
          NotImplementedError)  # fmt: skip
"""What zipfile and lxml raise on malformed workbooks (RuntimeError: a password, or too deep a nesting)."""


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Every sheet of the workbook, hidden ones too (marked `（隐藏）` or `（深度隐藏）`).

    Formulas give the value that was saved with them, and themselves beside it when `context.formulas`; one without a
    saved value gives its text, and `unread` says so. Sheets and parts that cannot be read are named in `unread`.
    Raises `UnreadableFile` when the system refuses, `DamagedDocument` when no sheet can be read, and
    `DocumentTooLarge` when the workbook holds too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Reader(Parts(archive), context).read()
    except _TRIPS as error:
        raise DamagedDocument(
            Said("{name} is damaged: {kind} while reading it.", name=path.name, kind=type(error).__name__),
            "Open it in Excel or WPS, save it again as .xlsx, and retry.",
        ) from error
    except OSError as error:
        raise UnreadableFile(
            Said("{name} cannot be read: {why}.", name=path.name, why=error.strerror or error), "Check its permissions."
        ) from error


class _Reader:
    """Reads the sheets of one workbook one after the other."""

    def __init__(self, parts: Parts, context: Context) -> None:
        self._parts = parts
        self._context = context
        self._workbook: Workbook = read_workbook(parts)
        self._cell_pictures = cell_pictures(parts, self._workbook.part)
        self._left_out: list[LeftOut] = []
        self._unread: list[Unread] = []
        self._cells: dict[str, Sheet] = {}

    def read(self) -> ParsedDocument:
        """The whole workbook. Raises what `parse` translates."""
        elements: list[Element] = []
        budget = Budget()
        stream = self._stream()
        names = _Names(self._workbook.names)
        read = 0
        for at, part in enumerate(self._workbook.sheets, 1):
            try:
                elements += self._sheet(part, stream, budget, names, at - 1)
                read += 1
            except (etree.LxmlError, KeyError, EOFError, zlib.error, zipfile.BadZipFile) as error:
                self._miss(part, error)
                if at == len(self._workbook.sheets) and not read:
                    raise
            self._context.progress(at, len(self._workbook.sheets))
        first = self._workbook.sheets[0].name
        elements += names.constants(first)
        unread = (*self._unread, *self._parts.unread)
        properties = package_properties(self._parts)
        return ParsedDocument(
            elements=tuple(elements), properties=properties, left_out=tuple(self._left_out), unread=unread
        )

    def _stream(self) -> SheetStream:
        part = self._workbook.part
        styles = next(iter(self._parts.by_kind(part, "styles")), None)
        strings = next(iter(self._parts.by_kind(part, "sharedStrings")), None)
        texts: list[str] = []
        if strings and self._parts.has(strings):
            with self._parts.open(strings) as source:
                texts = read_strings(source)
        looks = read_looks(self._parts.xml(styles)) if styles else []
        book = self._workbook
        values = Values(epoch_1904=book.epoch_1904, recalculated=book.recalculated, only_noughts=book.only_noughts)
        return SheetStream(texts, looks, values, formulas=self._context.formulas)

    def _sheet(self, part: SheetPart, stream: SheetStream, budget: Budget, names: "_Names", done: int) -> list[Element]:
        alive = partial(self._context.progress, done, len(self._workbook.sheets))
        sheet = Sheet(part.name)
        if part.has_cells:
            with self._parts.open(part.part) as source:
                sheet = stream.read(source, part.name, budget, alive)
            sheet.lists = read_lists(self._parts, part.part)
        reader = SheetReader(sheet, part.state, alive)
        layers = Layers(self._parts, self._workbook, part, self._context, reader, self._cell_pictures)
        found = list(reader.elements())
        found += layers.elements(sheet if part.has_cells else None)
        found += names.of(sheet, reader)
        self._left_out += layers.left_out
        self._unread += layers.unread
        self._unread += _uncalculated(sheet, reader)
        return [reader.heading(), *found] if found else []

    def _miss(self, part: SheetPart, error: Exception) -> None:
        self._unread.append(
            Unread(
                message=Said(
                    "Sheet {name} is damaged ({kind}) and was not read.", name=part.name, kind=type(error).__name__
                ),
                hint="Open the workbook in Excel or WPS, save it anew, and ingest it again.",
                locator=Locator(kind="sheet", sheet=part.name),
            )
        )


class _Names:
    """Defined names that tell something: a cell's name, and constants that stand in no cell."""

    def __init__(self, names: tuple[Name, ...]) -> None:
        self._names = [one for one in names if one.name and not one.name.startswith(("_xlnm", "_"))]

    def of(self, sheet: Sheet, reader: SheetReader) -> Iterator[Element]:
        """The names of single cells of this sheet, with what the cells hold."""
        for one in self._names:
            match = _CELL.fullmatch(one.refers_to)
            place = rects(match["cell"])[0] if match else None
            if not match or not place or (match["quoted"] or match["plain"]).replace("''", "'") != sheet.name:
                continue
            cell = sheet.slots.get(place.top, {}).get(place.left)
            if cell:
                yield Element(kind="note", text=f"{one.name}：{cell.text}", locator=reader.place(place, "名称"))

    def constants(self, sheet: str) -> Iterator[Element]:
        """The names that stand for a value; they are the workbook's, and shown with its first sheet."""
        for one in self._names:
            if _CONSTANT.fullmatch(one.refers_to):
                place = Locator(kind="sheet", sheet=sheet, headings=("名称管理器",))
                yield Element(kind="note", text=f"{one.name}：{one.refers_to.strip(chr(34))}", locator=place)


def _uncalculated(sheet: Sheet, reader: SheetReader) -> Iterator[Unread]:
    """One word that names the formulas whose value was never saved."""
    cells = [Rect(row, column, row, column) for row, column in sheet.uncalculated]
    if cells:
        named = ", ".join(cell.reference for cell in cells[:_MOST_FORMULAS_NAMED])
        if more := len(cells[_MOST_FORMULAS_NAMED:]):
            named = Said("{named} and {more} more", named=named, more=more)
        yield Unread(
            message=Said(
                "No results are saved with the formulas in {named} of sheet {name}; "
                "the text has the formulas themselves.",
                named=named,
                name=sheet.name,
            ),
            hint="Open the workbook in Excel or WPS, which calculates them, save it, and ingest it again.",
            locator=cover([reader.place(cell, "公式") for cell in (cells[0], cells[-1])]),
        )
