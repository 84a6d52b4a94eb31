"""Workbooks with formulas whose cached values are right.

`write_book(path, fill, …)` calls `fill(book)` twice: LibreOffice calculates the first result, the second carries its
values as the cached ones, as if saved by a spreadsheet program. A formula that ends in an error stops the build.
"""

import datetime
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import office
import openpyxl
import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

Value = str | int | float | datetime.date | None

BASE = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
FORMATS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "font_name": "黑体"},
    "head": {"bold": True, "border": 1, "align": "center", "bg_color": "#D9E2F3", "text_wrap": True},
    "text": {"border": 1, "text_wrap": True},
    "centre": {"border": 1, "align": "center", "text_wrap": True},
    "int": {"border": 1, "num_format": "#,##0"},
    "dec1": {"border": 1, "num_format": "#,##0.0"},
    "dec2": {"border": 1, "num_format": "#,##0.00"},
    "percent": {"border": 1, "num_format": "0.0%"},
    "date": {"border": 1, "num_format": "yyyy-mm-dd", "align": "center"},
    "money": {"border": 1, "num_format": "¥#,##0.00"},
    "input": {"border": 1, "num_format": "#,##0.##", "font_color": "#0000FF", "bg_color": "#FFF2CC"},
    "total": {"border": 1, "bold": True, "num_format": "#,##0", "bg_color": "#E2EFDA"},
    "total_text": {"border": 1, "bold": True, "bg_color": "#E2EFDA", "align": "center"},
    "remark": {"italic": True, "font_color": "#7F7F7F", "text_wrap": True, "valign": "top"},
    "plain": {},
}


class Sheet:
    """One worksheet; cells are named as in Excel (`B3`)."""

    def __init__(self, book: "Book", name: str, raw: Worksheet) -> None:
        self._book, self.name, self.raw = book, name, raw

    def write(self, cell: str, value: Value, fmt: str = "text") -> None:
        """A value, or a formula when it starts with `=`."""
        style = self._book.fmt(fmt)
        if isinstance(value, str) and value.startswith("="):
            cached = self._book.cached.get((self.name, cell), 0)
            self.raw.write_formula(cell, value, style, cached)
        elif isinstance(value, datetime.date):
            self.raw.write_datetime(cell, office.moment(value, 0), style)
        elif value is None:
            self.raw.write_blank(cell, None, style)
        else:
            self.raw.write(cell, value, style)

    def merge(self, area: str, value: Value, fmt: str = "text") -> None:
        """A merged range; a formula keeps its cached value."""
        self.raw.merge_range(area, "" if value is None else value, self._book.fmt(fmt))
        if isinstance(value, str) and value.startswith("="):
            self.write(area.split(":")[0], value, fmt)

    def row(self, first: str, values: Sequence[Value], fmts: str | Sequence[str] = "text") -> None:
        """Values side by side from cell `first`; one format for all, or one each."""
        r, c = xl_cell_to_rowcol(first)
        names = [fmts] * len(values) if isinstance(fmts, str) else fmts
        for step, (value, fmt) in enumerate(zip(values, names, strict=True)):
            self.write(xl_rowcol_to_cell(r, c + step), value, fmt)

    def widths(self, widths: Sequence[float]) -> None:
        for column, width in enumerate(widths):
            self.raw.set_column(column, column, width)


class Book:
    """The workbook being filled. `raw` is XlsxWriter's, for what has no call here (charts: `raw.add_chart`)."""

    def __init__(
        self, raw: xlsxwriter.Workbook, cached: Mapping[tuple[str, str], Value], header: str, footer: str
    ) -> None:
        self.raw, self.cached, self._header, self._footer = raw, cached, header, footer
        self._formats: dict[str, xlsxwriter.format.Format] = {}

    def fmt(self, name: str) -> xlsxwriter.format.Format:
        if name not in self._formats:
            self._formats[name] = self.raw.add_format({**BASE, **FORMATS[name]})
        return self._formats[name]

    def sheet(self, name: str, widths: Sequence[float] = (), *, freeze: tuple[int, int] | None = None) -> Sheet:
        """A new sheet with column widths in characters, printed landscape on A4 with the book's header and footer."""
        raw = self.raw.add_worksheet(name)
        raw.set_landscape()
        raw.set_paper(9)
        raw.fit_to_pages(1, 0)
        raw.set_header(f"&L{self._header}&R&A")
        raw.set_footer(f"&L{self._footer}&R第 &P 页 共 &N 页")
        if freeze:
            raw.freeze_panes(*freeze)
        made = Sheet(self, name, raw)
        made.widths(widths)
        return made


def write_book(
    path: Path,
    fill: Callable[[Book], None],
    *,
    title: str,
    author: str,
    created: datetime.date,
    project: str = "",
    version: str = "",
    secrecy: str = "内部资料 注意保密",
) -> None:
    """Builds the workbook at `path`. Raises RuntimeError for a formula that LibreOffice evaluates to an error."""
    properties = {
        "title": title,
        "author": author,
        "subject": project,
        "comments": version,
        "created": office.moment(created),
    }

    def write(target: Path, cached: Mapping[tuple[str, str], Value]) -> None:
        with xlsxwriter.Workbook(str(target)) as raw:
            raw.set_properties(properties)
            fill(Book(raw, cached, title, secrecy))

    with tempfile.TemporaryDirectory() as folder:
        first, calculated = Path(folder) / "first.xlsx", Path(folder) / "calculated"
        calculated.mkdir()
        write(first, {})
        result = calculated / "first.xlsx"
        office.convert(first, result)
        write(path, _values(first, result))


def _values(formulas: Path, calculated: Path) -> dict[tuple[str, str], Value]:
    values: dict[tuple[str, str], Value] = {}
    written = openpyxl.load_workbook(formulas)
    results = openpyxl.load_workbook(calculated, data_only=True)
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                value = results[sheet.title][cell.coordinate].value
                if value is None or (isinstance(value, str) and value.startswith("#")):
                    raise RuntimeError(f"{sheet.title}!{cell.coordinate} {cell.value} gives {value}")
                values[sheet.title, cell.coordinate] = value
    return values
