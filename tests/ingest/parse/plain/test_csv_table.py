"""Tables kept as text, as Excel, databases and monitoring tools export them."""

from pathlib import Path

import pytest

from ingest.document import ParsedDocument
from ingest.parse.dispatch import parse_file
from tests.ingest.parse.listing import listing


def read(folder: Path, content: bytes | str, name: str = "a.csv") -> ParsedDocument:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    form, document = parse_file(path)
    assert form == "csv"
    return document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [("型号", "站点", "张数"), ("910B3", "北京", "42"), ("910B3", "厦门", "32")]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    assert listing(read(tmp_path, content)) == [
        "table: 型号 | 站点 | 张数", "  910B3 | 北京 | 42", "  910B3 | 厦门 | 32"
    ]  # fmt: skip


def test_quoted_cells_over_lines_and_every_place_opens(tmp_path: Path) -> None:
    content = (
        '项目,说明,责任人\n双活,"先停写，\n再校验 ""位点"", 最后切换",张三\n\n冷热分离,"迁移 500 万行, 已校验",李四\n'
    )
    document = read(tmp_path, content)
    table = document.elements[0].table
    assert table
    assert table.header == ("项目", "说明", "责任人")
    assert [row.cells[1] for row in table.rows] == ['先停写， 再校验 "位点", 最后切换', "迁移 500 万行, 已校验"]
    assert [(row.locator.line_start, row.locator.line_end) for row in table.rows] == [(2, 3), (5, 5)]
    lines = content.split("\n")
    for row in table.rows:
        text = "\n".join(lines[(row.locator.line_start or 1) - 1 : row.locator.line_end])
        assert row.cells[0] in text
        assert row.cells[2] in text


def test_a_title_above_and_a_stated_delimiter(tmp_path: Path) -> None:
    content = "sep=;\n算力评估表\n型号;站点;张数\n910B3;北京;42\n910B3;厦门;32\n"
    document = read(tmp_path, content)
    assert listing(document)[:2] == ["paragraph: 算力评估表", "table: 型号 | 站点 | 张数"]
    table = document.elements[1].table
    assert table
    assert [row.locator.line_start for row in table.rows] == [4, 5]


def test_what_is_no_table_is_text(tmp_path: Path) -> None:
    assert listing(read(tmp_path, "只是一句话。\n")) == ["paragraph: 只是一句话。"]
