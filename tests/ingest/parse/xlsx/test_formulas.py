"""Formulas: their saved result as it is shown, or the formula with a word that no result is stored."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ingest.document import ParsedDocument
from ingest.parse.context import Context
from ingest.parse.xlsx.parser import parse

NUMBER, SHARED = "<v>{}</v>", '<f t="shared" si="0"/>'
WRITTEN = '<f t="shared" ref="B1:B2" si="0">A1*2</f>'


def book(folder: Path, *formulas: str, recalculated: bool = False) -> Path:
    """A sheet with 1, 2, … in column A and cells with this content in column B."""
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet()
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}">{content}</c></row>'
        for row, content in enumerate(formulas, 1)
    )
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace("<sheetData/>", f"<sheetData>{rows}</sheetData>")
    if not recalculated:
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(' fullCalcOnLoad="1"', "")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def column(document: ParsedDocument) -> list[str]:
    return [row.cells[1] for element in document.elements if element.table for row in element.table.rows]


def test_a_formula_without_a_result_says_so(tmp_path: Path) -> None:
    document = parse(book(tmp_path, "<v>74</v>", "<f>SUM(A1:A2)</f>", "<f>A1*3</f><v/>"))
    assert column(document) == ["74", "=SUM(A1:A2)（未存结果）", "=A1*3（未存结果）"]
    (unread,) = document.unread
    assert "B2, B3" in unread.message
    assert "save it" in unread.hint
    assert unread.locator is not None
    assert unread.locator.range == "B2:B3"


@pytest.mark.parametrize("cells", [(WRITTEN, SHARED), (SHARED, WRITTEN.replace("A1*2", "A2*2"))])
def test_shared_formulas_are_moved_to_their_cell_wherever_they_are_written(
    tmp_path: Path, cells: tuple[str, str]
) -> None:
    assert column(parse(book(tmp_path, *cells))) == ["=A1*2（未存结果）", "=A2*2（未存结果）"]


def test_no_formula_is_lost_for_want_of_its_text(tmp_path: Path) -> None:
    document = parse(book(tmp_path, SHARED, '<f t="dataTable" ref="B2" r1="A1"/>', "<f/>"))
    assert column(document) == ["=?（未存结果）", "=TABLE(A1)（未存结果）", "=?（未存结果）"]


def test_the_saved_result_of_a_shared_formula_is_shown(tmp_path: Path) -> None:
    document = parse(book(tmp_path, WRITTEN + "<v>2</v>", SHARED + "<v>4</v>"))
    assert column(document) == ["2", "4"]
    assert not document.unread


@pytest.mark.parametrize(("nought", "recalculated"), [("0", True), ("0.0", False)])
def test_noughts_that_no_program_calculated_are_no_values(tmp_path: Path, nought: str, recalculated: bool) -> None:
    """XlsxWriter saves 0 with each formula and asks for a calculation at opening; Apache POI saves 0.0."""
    formula = f"<f>6*7</f><v>{nought}</v>"
    document = parse(book(tmp_path, formula, formula, recalculated=recalculated))
    assert column(document) == ["=6*7（未存结果）"] * 2
    assert "B1" in document.unread[0].message


def test_noughts_of_a_spreadsheet_program_are_results(tmp_path: Path) -> None:
    document = parse(book(tmp_path, "<f>5-5</f><v>0</v>"))
    assert column(document) == ["0"]
    assert not document.unread


def test_a_nought_beside_results_is_one_or_has_its_formula_beside_it(tmp_path: Path) -> None:
    """One of Apache POI may be a result, or what it saved with a formula that it was not asked to calculate."""
    cells = "<f>5-5</f><v>0</v>", "<f>6-6</f><v>0.0</v>", "<f>5-4</f><v>1</v>"
    document = parse(book(tmp_path, *cells, recalculated=True))
    assert column(document) == ["0", "0（=6-6）", "1"]
    assert not document.unread


def test_formulas_stand_beside_their_value_on_request(tmp_path: Path) -> None:
    path = book(tmp_path, "<f>_xlfn.CONCAT(1,2)</f><v>12</v>")
    assert column(parse(path, Context(formulas=True))) == ["12（=CONCAT(1,2)）"]
    assert column(parse(path)) == ["12"]
