from io import BytesIO

from ingest.parse.xlsx.sheet import Budget, Sheet, SheetStream
from ingest.parse.xlsx.values import Values
from ingest.view.sheet_strings import strings_of
from ingest.view.sheet_text import look_over

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
USUAL = f"""<worksheet xmlns="{SPACE}"><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="D1" s="1"/></row>
<row r="2" ht="15"/>
<row r="3"><c r="B3"><v>3</v></c></row>
<row r="9"><c r="C9" t="inlineStr"><is><t>完</t></is></c></row>
</sheetData><mergeCells><mergeCell ref="A1:B4"/></mergeCells></worksheet>""".encode()
STRINGS = f'<sst xmlns="{SPACE}"><si><t>甲 &amp; 乙</t></si><si><r><t>一</t></r><r><t>二</t></r></si></sst>'.encode()


def read(xml: bytes, first: int, last: int) -> Sheet:
    stream = SheetStream(
        strings_of(STRINGS), [], Values(epoch_1904=False, recalculated=False, only_noughts=False), formulas=False
    )
    return stream.read(look_over(BytesIO(xml)).between(first, last), "台账", Budget(), lambda: None)


def texts(sheet: Sheet, row: int) -> dict[int, str]:
    return {column: cell.text for column, cell in sheet.slots.get(row, {}).items()}


def test_rows_and_columns_that_hold_something_are_found_merged_ones_included() -> None:
    found = look_over(BytesIO(USUAL))
    assert (list(found.rows), list(found.columns)) == ([1, 2, 3, 4, 9], [1, 2, 3])


def test_a_few_rows_are_read_with_the_merged_cell_from_above() -> None:
    sheet = read(USUAL, 3, 3)
    assert texts(sheet, 3) == {1: "甲 & 乙", 2: "甲 & 乙"}
    assert 9 not in sheet.slots


def test_a_sheet_spelled_otherwise_is_found_all_the_same() -> None:
    plain = f'<worksheet xmlns="{SPACE}"><sheetData><row><c><v>1</v></c><c><v>2</v></c></row>'
    plain += '<!-- <row r="7"><c r="Z7"><v>9</v></c></row> --><row><c s="0" r="C2"><v>3</v></c></row>'
    plain += "</sheetData></worksheet>"
    prefixed = USUAL.decode().replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    prefixed = prefixed.replace("xmlns=", "xmlns:x=")
    for xml in (plain.encode(), plain.encode("utf-16")):
        found = look_over(BytesIO(xml))
        assert (list(found.rows), list(found.columns)) == ([1, 2], [1, 2, 3])
        assert texts(read(xml, 2, 2), 2) == {3: "3"}
    assert list(look_over(BytesIO(prefixed.encode())).rows) == [1, 2, 3, 4, 9]
    assert texts(read(prefixed.encode(), 9, 9), 9) == {3: "完"}


def test_an_empty_sheet_holds_nothing() -> None:
    assert not look_over(BytesIO(f'<worksheet xmlns="{SPACE}"><sheetData/></worksheet>'.encode())).rows


def test_strings_are_read_one_by_one() -> None:
    assert list(strings_of(STRINGS)) == ["甲 & 乙", "一二"]
    spelled = STRINGS.replace(b"<t>", b"<t><![CDATA[").replace(b"</t>", b"]]></t>")
    assert list(strings_of(spelled))[1] == "一二"
    prefixed = STRINGS.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:")
    assert list(strings_of(prefixed.replace(b"xmlns=", b"xmlns:x="))) == ["甲 & 乙", "一二"]
