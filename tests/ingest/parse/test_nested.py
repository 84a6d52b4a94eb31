"""Files inside files: where their text is found, how deep they are read, and what is said of those that are not."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.document import Locator
from ingest.errors import DamagedDocument
from ingest.parse import nested
from ingest.parse.context import Context
from ingest.parse.nested import DEEPEST, NestedFiles, reading_inside

PLACE = Locator(kind="section", headings=("双活交接安排",), part="2")


@pytest.fixture
def reader(tmp_path: Path) -> NestedFiles:
    return reader_for(tmp_path, Context(max_bytes=10_000))


def reader_for(folder: Path, context: Context) -> NestedFiles:
    outer = folder / "交接.eml"
    outer.write_bytes(b"outer")
    found = reading_inside(context, outer).nested
    assert isinstance(found, NestedFiles)
    return found


def test_a_nested_file_hangs_below_its_name_and_its_place(reader: NestedFiles) -> None:
    document = reader.read("算力 评估.md", "# 一、规模\n\n| 型号 | 张数 |\n|--|--|\n| 910B3 | 74 |\n".encode(), PLACE)
    title, heading, table = document.elements
    above = ("双活交接安排", "算力 评估.md")
    assert (title.kind, title.text, title.level, title.locator.headings) == ("heading", "算力 评估.md", 2, above)
    assert (heading.text, heading.level, heading.locator.headings) == ("一、规模", 3, (*above, "一、规模"))
    assert table.table
    place = table.table.rows[0].locator
    assert (place.within, place.headings, place.line_start, place.part) == (
        ("算力 评估.md",), (*above, "一、规模"), 5, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\用户\\表.txt", "表.txt"),
        ("a\n\x00b.txt", "a b.txt"),
        ("..", "附件"),
    ],
)
def test_a_name_leads_nowhere_else(reader: NestedFiles, name: str, shown: str) -> None:
    document = reader.read(name, "正文在此。".encode(), PLACE)
    assert document.elements[0].text == shown
    assert document.elements[1].locator.within == (shown,)


def test_a_name_too_long_for_a_file_system_is_read_all_the_same(reader: NestedFiles) -> None:
    assert reader.read("长" * 300 + ".txt", "正文在此。".encode(), PLACE).elements[1].text == "正文在此。"


def test_what_cannot_be_read_is_named_with_advice(reader: NestedFiles) -> None:
    document = reader.read("坏.docx", b"PK\x03\x04 cut off", PLACE)
    assert not document.elements
    (unread,) = document.unread
    assert "坏.docx" in unread.message
    assert unread.hint
    assert unread.locator
    assert unread.locator.within == ("坏.docx",)
    assert unread.locator.part == "2"


def test_a_file_inside_itself_is_read_once(reader: NestedFiles) -> None:
    (unread,) = reader.read("again.eml", b"outer", PLACE).unread
    assert "inside itself" in unread.message


def test_depth_number_and_size_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nested, "MOST_FILES", 3)
    reader = reader_for(tmp_path, Context(max_bytes=10_000))
    deep = replace(reader, around=(b"",) * (DEEPEST + 1))
    assert "files deep" in deep.read("a.txt", b"text", PLACE).unread[0].message
    assert "larger than" in reader.read("a.txt", bytes(10_001), PLACE).unread[0].message
    for at in range(nested.MOST_FILES):
        assert reader.read(f"{at}.txt", f"第{at}个".encode(), PLACE).elements
    assert "more than 3 files" in reader.read("one more.txt", b"text", PLACE).unread[0].message


def test_the_sizes_of_all_files_count_together(reader: NestedFiles) -> None:
    assert reader.read("a.txt", b"word " * 1500, PLACE).elements
    assert "larger than" in reader.read("b.txt", b"other " * 1000, PLACE).unread[0].message


def test_an_unread_part_of_a_nested_file_keeps_its_place(reader: NestedFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, context: Context) -> None:
        assert context.nested
        raise DamagedDocument(f"{path.name} is damaged.", "Ask for it again.")

    monkeypatch.setattr(nested, "parse_file", broken)
    assert reader.read("x.pdf", b"%PDF", PLACE).unread[0].message == "x.pdf is damaged."
