"""A manuscript as a workbook: `# name` opens a sheet, its first line of text is the title, tables follow one another.

In a cell: `1,360`, `12.5` and `70%` are numbers; `=…` is a formula in which `{r}` is this row, `{a}` the table's first
body row and `{z}` the row above; `=…;dec1` names its format. `[name]` before a value names its cell, and `{name}` in a
formula of any sheet refers to it. `+4` in front of digits stays text.
"""

import datetime
import re
import tempfile
from pathlib import Path

import blocks
import grid
import office
import row_heights
from kit_xlsx import FORMATS, Book, Sheet, Value, write_book
from manuscript import Manuscript
from xlsxwriter.utility import xl_rowcol_to_cell

_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?%?|-?\d+(?:\.\d+)?%?")
_NAME = re.compile(r"\[(\w+)\](.*)")


def write(one: Manuscript, path: Path) -> None:
    target = path
    with tempfile.TemporaryDirectory() as folder:
        if path.suffix == ".xls":
            target = Path(folder) / f"{path.stem}.xlsx"
        created = datetime.date.fromisoformat(one.meta["date"])
        write_book(
            target,
            lambda book: _fill(book, list(one.blocks)),
            title=one.meta["title"],
            author=one.meta["author"],
            created=created,
            project=one.facts["project"],
            version=one.meta.get("version", ""),
        )
        if target != path:
            office.convert(target, path, created=created)


def _fill(book: Book, all_blocks: list[blocks.Block]) -> None:
    names = _names(all_blocks)
    sheet, row = None, 0
    for block in all_blocks:
        match block:
            case blocks.Heading():
                tables = _tables_after(all_blocks, block)
                columns = max((len(table.rows[0]) for table in tables), default=4)
                shown = (
                    [
                        max(
                            9,
                            min(
                                36,
                                2
                                + max(
                                    row_heights.width(r[c])
                                    for t in tables
                                    for r in t.rows
                                    if len(r) > c and r[c][:1] != "="
                                ),
                            ),
                        )
                        for c in range(columns)
                    ]
                    if tables
                    else [60]
                )
                sheet, row = book.sheet(block.text, shown), 0
            case blocks.Text():
                if row == 0 and columns > 1:
                    sheet.merge(f"A1:{xl_rowcol_to_cell(0, columns - 1)}", block.text, "title")
                    row = 1
                else:
                    sheet.merge(f"A{row + 1}:{xl_rowcol_to_cell(row, max(columns - 1, 1))}", block.text, "remark")
                    sheet.raw.set_row(row, row_heights.LINE * (1 + row_heights.width(block.text) // max(sum(shown), 1)))
                    row += 1
            case blocks.Grid():
                if block.caption:
                    sheet.write(f"A{row + 1}", block.caption, "plain")
                    row += 1
                _table(sheet, block, row, names, shown)
                row += len(block.rows) + 1
            case _:
                raise ValueError(f"a workbook has no {block}")


def _table(sheet: Sheet, table: blocks.Grid, top: int, names: dict[str, str], shown: list[int]) -> None:
    for at, cells in enumerate(table.rows):
        lines = 1
        for column, cell in enumerate(cells):
            if cell in (grid.LEFT, grid.UP):
                continue
            value, fmt = _value(cell, top + at + 1, top + table.head + 1, names)
            if at < table.head:
                fmt = "head"
            elif cells[0] in ("合计", "总计", "小计"):
                fmt = "total" if not isinstance(value, str) or value.startswith("=") else "total_text"
            sheet.write(xl_rowcol_to_cell(top + at, column), value, fmt)
            if isinstance(value, str) and value[:1] != "=":
                lines = max(lines, *(-(-row_heights.width(part) // shown[column]) for part in value.split("\n")), 1)
        sheet.raw.set_row(top + at, row_heights.LINE * lines + 3)
    for up, left, down, right in grid.merges(table.rows):
        area = f"{xl_rowcol_to_cell(top + up, left)}:{xl_rowcol_to_cell(top + down, right)}"
        value, fmt = _value(table.rows[up][left], top + up + 1, top + table.head + 1, names)
        sheet.merge(area, value, "head" if up < table.head else fmt)


def _value(cell: str, row: int, first: int, names: dict[str, str]) -> tuple[Value, str]:
    if found := _NAME.fullmatch(cell):
        cell = found[2]
    if cell.startswith("="):
        formula, _, fmt = cell.partition(";")
        return formula.format(r=row, a=first, z=row - 1, **names), fmt or "int"
    if not cell:
        return None, "text"
    if not _NUMBER.fullmatch(cell) or (cell[0] == "0" and len(cell) > 1 and cell[1] != "."):
        return cell, "text"
    if cell.endswith("%"):
        return float(cell[:-1].replace(",", "")) / 100, "percent"
    number = float(cell.replace(",", ""))
    if number.is_integer() and "." not in cell:
        return int(number), "int"
    digits = f"dec{len(cell.split('.')[1])}"
    FORMATS.setdefault(digits, {"border": 1, "num_format": f"#,##0.{'0' * int(digits[3:])}"})
    return number, digits


def _names(all_blocks: list[blocks.Block]) -> dict[str, str]:
    names: dict[str, str] = {}
    sheet, row = "", 0
    for block in all_blocks:
        if isinstance(block, blocks.Heading):
            sheet, row = block.text, 0
        elif isinstance(block, blocks.Text):
            row += 1
        elif isinstance(block, blocks.Grid):
            row += bool(block.caption)
            for at, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    if found := _NAME.fullmatch(cell):
                        names[found[1]] = f"'{sheet}'!{xl_rowcol_to_cell(row + at, column, True, True)}"
            row += len(block.rows) + 1
    return names


def _tables_after(all_blocks: list[blocks.Block], heading: blocks.Heading) -> list[blocks.Grid]:
    tables = []
    for block in all_blocks[all_blocks.index(heading) + 1 :]:
        if isinstance(block, blocks.Heading):
            break
        if isinstance(block, blocks.Grid):
            tables.append(block)
    return tables
