"""What lies over and around a workbook's cells is found, each at its cells; what is left out or unread is told."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ingest.document import Element, Locator, ParsedDocument
from ingest.parse.context import Context
from ingest.parse.xlsx.parser import parse

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


@dataclass
class Seen:
    """Stands for the readers of pictures and of files inside: notes what it is given, and answers with one line."""

    places: list[Locator] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def read(self, *given: Any) -> ParsedDocument:
        *names, _, place = given
        self.names += names
        self.places.append(place)
        return ParsedDocument(elements=(Element(kind="paragraph", text="读出的字", locator=place),))


def made(folder: Path, fill: Callable[[Any], None], **options: Any) -> Path:
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(path, options) as book:
        fill(book)
    return path


def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def related(parts: dict[str, bytes], of: str, kind: str, target: str) -> None:
    """Add a relationship `rId99` of this kind to the part `of`."""
    folder, _, name = of.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    one = f'<Relationship Id="rId99" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>'.encode()
    parts[rels] = parts.get(rels, empty).replace(b"</Relationships>", one)


def found(document: ParsedDocument, text: str) -> Element:
    return next(element for element in document.elements if element.text == text)


def rows(document: ParsedDocument) -> list[tuple[str, ...]]:
    return [row.cells for element in document.elements if element.table for row in element.table.rows]


def test_charts_of_cells_are_told_once_and_what_is_written_on_them(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("压测")
        sheet.write_column("A1", ["并发", 100, 200])
        sheet.write_column("B1", ["延迟", 35, 48])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": "=压测!$B$1", "categories": "=压测!$A$2:$A$3", "values": "=压测!$B$2:$B$3"})
        chart.set_title({"name": "延迟随并发"})
        chart.set_y_axis({"name": "毫秒"})
        sheet.insert_chart("D2", chart)
        book.add_chartsheet("图页").set_chart(_second(book))

    document = parse(made(tmp_path, fill))
    assert found(document, "延迟随并发").locator.range is not None
    assert str(found(document, "延迟随并发").locator.range).startswith("D2:")
    assert found(document, "毫秒").kind == "note"
    assert rows(document).count(("100", "35")) == 1
    assert next(one.text for one in document.left_out if one.reason == "repeated") == " | 延迟\n100 | 35\n200 | 48"
    assert found(document, "图页上的图").locator.sheet == "图页"


def test_a_chart_of_another_workbooks_cells_tells_its_data(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("压测")
        chart = book.add_chart({"type": "column"})
        source = {"categories": "='[旧.xlsx]压测'!$A$2:$A$3", "values": "='[旧.xlsx]压测'!$B$2:$B$3"}
        cached = {"categories_data": [100, 200], "values_data": [35, 48]}
        chart.add_series({"name": "延迟", **source, **cached})
        sheet.insert_chart("D2", chart)
        sheet.write("A1", "见图")

    assert ("100", "35") in rows(parse(made(tmp_path, fill)))


def _second(book: Any) -> Any:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=压测!$B$2:$B$3"})
    chart.set_title({"name": "图页上的图"})
    return chart


def test_pictures_and_embedded_files_are_handed_on_with_their_place(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("架构")
        sheet.write("A1", "总体架构")
        sheet.insert_image("C3", "拓扑.png", {"image_data": io.BytesIO(png()), "description": "北京与厦门双活拓扑"})

    def embed(parts: dict[str, bytes]) -> None:
        part = "xl/worksheets/sheet1.xml"
        parts["xl/embeddings/明细.xlsx"] = b"PK\x03\x04"
        related(parts, part, "package", "../embeddings/明细.xlsx")
        one = f'<oleObjects><oleObject progId="Excel.Sheet.12" r:id="rId99" xmlns:r="{RELATIONS}"/></oleObjects>'
        parts[part] = parts[part].replace(b"</worksheet>", one.encode() + b"</worksheet>")

    pictures, files = Seen(), Seen()
    document = parse(changed(made(tmp_path, fill), embed), Context(pictures=pictures, nested=files))
    assert [(one.sheet, one.picture) for one in pictures.places] == [("架构", "xl/media/image1.png")]
    assert str(pictures.places[0].range).startswith("C3")
    assert files.names == ["明细.xlsx"]
    assert sum(element.text == "读出的字" for element in document.elements) == 2
    assert found(document, "北京与厦门双活拓扑").kind == "caption"


def test_threads_of_comments_take_the_place_of_their_old_form(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write("B2", 74)
        sheet.write_comment("B2", "[线程批注]\n你的版本…\n注释:\n    旧形", {"author": "tc={1}"})

    def thread(parts: dict[str, bytes]) -> None:
        space = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'
        parts["xl/persons/person.xml"] = f'<list {space}><person displayName="王工" id="p"/></list>'.encode()
        parts["xl/threadedComments/t.xml"] = (
            f'<ThreadedComments {space}><threadedComment ref="B2" personId="p" id="1"><text>按峰值算？</text>'
            '</threadedComment><threadedComment ref="B2" personId="p" id="2" parentId="1"><text>是。</text>'
            "</threadedComment></ThreadedComments>"
        ).encode()
        related(parts, "xl/workbook.xml", "person", "persons/person.xml")
        related(parts, "xl/worksheets/sheet1.xml", "threadedComment", "../threadedComments/t.xml")

    document = parse(changed(made(tmp_path, fill), thread))
    notes = [element for element in document.elements if element.kind == "note"]
    assert [(one.text, one.locator.range) for one in notes] == [("按峰值算？", "B2"), ("是。", "B2")]
    assert notes[0].locator.headings[-1] == "批注 B2（王工）"


def test_list_objects_are_tables_of_their_own(tmp_path: Path) -> None:
    """Directly below a text, beside another table, with a blank row inside: their author said where they end."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write("A1", "说明：以下为两期资源，口径一致，未含灾备机房的部分。")
        columns = [{"header": "型号"}, {"header": "数量"}]
        cities = [{"header": "城市"}, {"header": "机柜"}]
        data = [["910B3", 74], ["", ""], ["910B4", 8]]
        sheet.add_table("A2:B5", {"name": "一期资源", "columns": columns, "data": data})
        sheet.add_table("C2:D4", {"columns": cities, "data": [["北京", 4], ["厦门", 2]]})

    document = parse(made(tmp_path, fill))
    tables = [element.table for element in document.elements if element.table]
    assert [table.header for table in tables] == [("型号", "数量"), ("城市", "机柜")]
    assert rows(document) == [("910B3", "74"), ("910B4", "8"), ("北京", "4"), ("厦门", "2")]
    assert found(document, "一期资源").locator.range == "A2:B5"


def test_what_is_hidden_says_how(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("清单")
        for at, row in enumerate([("型号", "数量"), ("甲", 1), ("乙", 2), ("丙", 3)]):
            sheet.write_row(at, 0, row)
        sheet.autofilter("A1:B4")
        sheet.filter_column("A", "x != 乙")
        sheet.set_row(2, options={"hidden": True})
        book.add_worksheet("底稿").write("A1", "底稿内容")
        book.worksheets()[1].very_hidden()

    document = parse(made(tmp_path, fill))
    (table,) = [element.table for element in document.elements if element.table]
    assert [row.locator.headings[1:] for row in table.rows] == [(), ("（筛选隐藏）",), ()]
    assert found(document, "底稿内容").locator.headings[0] == "底稿（深度隐藏）"


def test_links_names_prompts_and_printed_headers(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("算力")
        sheet.write_url("A1", "https://example.com/sizing", string="评估口径")
        sheet.write_row("A2", ["卡数", 74])
        sheet.data_validation("B3", {"validate": "any", "input_title": "卡数", "input_message": "按峰值并发填写"})
        sheet.set_header('&L&"宋体"海川银行&R第 &P 页')
        book.define_name("总卡数", "=算力!$B$2")
        book.define_name("税率", "=0.13")

    document = parse(made(tmp_path, fill))
    assert found(document, "评估口径：https://example.com/sizing").locator.range == "A1"
    assert found(document, "总卡数：74").locator.range == "B2"
    assert found(document, "税率：0.13").locator.headings == ("名称管理器",)
    assert found(document, "卡数：按峰值并发填写").locator.range == "B3"
    assert [(one.reason, one.text) for one in document.left_out] == [("header", "海川银行 第 页")]


def test_dates_of_the_other_calendar_and_strict_files(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.add_worksheet().write("A1", 44438, book.add_format({"num_format": "yyyy-mm-dd"}))

    def strict(parts: dict[str, bytes]) -> None:
        for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
            parts[name] = parts[name].replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"')

    assert parse(changed(made(tmp_path, fill), strict)).elements[1].text == "2025-08-31"


def test_a_damaged_sheet_does_not_cost_the_others(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("好").write("A1", "留下")
        book.add_worksheet("坏").write("A1", "丢失")

    def damage(parts: dict[str, bytes]) -> None:
        parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet2.xml"][:300]
        del parts["xl/styles.xml"]

    document = parse(changed(made(tmp_path, fill), damage))
    assert [element.text for element in document.elements] == ["好", "留下"]
    assert any("坏" in one.message for one in document.unread)
    assert any("styles" in one.message for one in document.unread)


@pytest.mark.timeout(30)
def test_bombs_are_refused_or_left_unread(tmp_path: Path) -> None:
    def bomb(parts: dict[str, bytes]) -> None:
        lots = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
        head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{lots}]>'
        parts["xl/comments1.xml"] = f'{head}<comments xmlns="{MAIN}"><a>&e9;&f;</a></comments>'.encode()
        related(parts, "xl/worksheets/sheet1.xml", "comments", "../comments1.xml")

    document = parse(changed(made(tmp_path, lambda book: book.add_worksheet().write("A1", "字")), bomb))
    assert not any("root:" in element.text for element in document.elements)
    assert [element.text for element in document.elements if element.kind != "heading"] == ["字"]


def test_a_thousand_empty_sheets(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        for at in range(1000):
            book.add_worksheet(f"表{at}")
        book.worksheets()[500].write("A1", "唯一")

    assert [element.text for element in parse(made(tmp_path, fill)).elements] == ["表500", "唯一"]


def test_a_long_sheet_gives_signs_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.parse.xlsx.sheet._ROWS_BETWEEN", 50)
    monkeypatch.setattr("ingest.parse.xlsx.reader._ROWS_BETWEEN", 50)

    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for at in range(101):
            sheet.write_row(at, 0, ["机柜", at])

    told: list[tuple[int, int]] = []
    parse(made(tmp_path, fill, constant_memory=True), Context(progress=lambda *one: told.append(one)))
    assert told[0] == (0, 1)
    assert told[-1] == (1, 1)
    assert len(told) >= 4
