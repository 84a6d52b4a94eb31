"""Pictures set in cells are read at their cells."""

import io
from pathlib import Path
from typing import Any

from ingest.parse.context import Context
from ingest.parse.xlsx.parser import parse
from tests.ingest.parse.xlsx.test_layers import Seen, made, png


def test_pictures_of_excel_in_cells(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("设备")
        sheet.write_row("A1", ["设备", "照片"], book.add_format({"bold": True}))
        sheet.write("A2", "机柜")
        sheet.embed_image("B2", "rack.png", {"image_data": io.BytesIO(png())})
        sheet.write("A3", "交换机")
        sheet.embed_image("B3", "switch.png", {"image_data": io.BytesIO(png() + b"\0")})
        sheet.write("A4", "备件")
        sheet.embed_image("B4", "rack.png", {"image_data": io.BytesIO(png())})
        sheet.write_formula("A5", "=1/0", None, "#DIV/0!")

    seen = Seen()
    document = parse(made(tmp_path, fill), Context(pictures=seen))
    found = {place.range: place.picture for place in seen.places}
    assert found == {"B2": "xl/media/image1.png", "B3": "xl/media/image2.png", "B4": "xl/media/image1.png"}
    (table,) = (element.table for element in document.elements if element.table)
    assert [row.cells for row in table.rows] == [("机柜", ""), ("交换机", ""), ("备件", ""), ("#DIV/0!", "")]
    assert not document.unread
