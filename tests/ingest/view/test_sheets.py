from pathlib import Path
from zipfile import ZipFile

import xlsxwriter

from ingest.document import Locator
from tests.ingest.view.opened import Opened


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("台账")
    percent = book.add_format({"num_format": "0.0%", "bold": True})
    sheet.merge_range("A1:B2", "标题")
    for row in range(2, 900):
        sheet.write(row, 0, f"N{row + 1}")
    sheet.write(2, 1, 0.125, percent)
    book.add_worksheet("空")
    book.close()
    return path


def test_cells_stand_as_they_are_shown_with_merged_ones_once(tmp_path: Path) -> None:
    rows = Opened(workbook(tmp_path / "a.xlsx")).piece()
    assert rows[0] == {"row": 1, "cells": [[1, "标题", 0, 2, 2]]}
    assert rows[1] == {"row": 2, "cells": []}
    bold_number = 1 + 2
    assert rows[2] == {"row": 3, "cells": [[1, "N3", 0, 1, 1], [2, "12.5%", bold_number, 1, 1]]}


def test_a_range_far_down_is_in_its_piece(tmp_path: Path) -> None:
    opened = Opened(workbook(tmp_path / "a.xlsx"))
    found = opened.place(Locator(kind="sheet", sheet="台账", range="A700:B701"))
    assert found
    assert (found.part, found.cells) == (1, (700, 1, 701, 2))
    assert 700 in [row["row"] for row in opened.piece(1, found.piece)]
    assert opened.place(Locator(kind="sheet", sheet="没有", range="A1")) is None
    assert [part.name for part in opened.description.parts] == ["台账", "空"]
    assert opened.description.parts[1].pieces == ()


def test_a_formula_written_out_in_another_piece_is_shown(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    for row, formula in ((10, b'<f t="shared" ref="B10:B800" si="3">C10*2</f>'), (800, b'<f t="shared" si="3"/>')):
        end = b'<c r="A%d"' % row
        at = parts[sheet].index(b"</row>", parts[sheet].index(end))
        parts[sheet] = parts[sheet][:at] + b'<c r="B%d">' % row + formula + b"</c>" + parts[sheet][at:]
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    rows = Opened(path).piece(1, 4)
    assert rows[0]["row"] > 10
    assert [cell[1] for row in rows if row["row"] == 800 for cell in row["cells"]] == ["N800", "=C800*2（未存结果）"]
