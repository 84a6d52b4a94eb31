"""Files inside files: where their text is found, how deep they are read, and what is said of those that are not."""

import io
import zipfile
from collections.abc import Mapping
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


def packed(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_the_documents_of_an_archive_keep_their_paths(reader: NestedFiles) -> None:
    members: Mapping[str, str | bytes] = {
        "北京/清单.md": "# 一、规模\n\n共 74 张。",
        "上海/清单.md": "共 12 张。",
        "图.bin": b"\0",
    }
    document = reader.read("归档.zip", packed(members), PLACE)
    texts = {one.text: one.locator for one in document.elements if one.kind == "paragraph"}
    assert texts["共 74 张。"].within == ("归档.zip", "北京/清单.md")
    assert texts["共 12 张。"].within == ("归档.zip", "上海/清单.md")
    above = ("双活交接安排", "归档.zip", "北京/清单.md", "一、规模")
    assert (texts["共 74 张。"].headings, texts["共 74 张。"].line_start) == (above, 3)
    assert texts["共 74 张。"].label == "「归档.zip」 › 「北京/清单.md」 · 第3行 · 双活交接安排 › 一、规模"
    assert [one.message for one in document.unread] == ["1 files in 归档.zip are of kinds that are no documents."]


def test_archives_in_an_archive_are_read_and_hostile_members_named(reader: NestedFiles) -> None:
    inner = packed({"a.txt": "内层正文。"})
    members: Mapping[str, str | bytes] = {"内.zip": inner, "../../出.txt": "外面", "坏.docx": b"PK\x03\x04"}
    document = reader.read("外.zip", packed(members), PLACE)
    (text,) = [one for one in document.elements if one.kind == "paragraph"]
    assert (text.text, text.locator.within) == ("内层正文。", ("外.zip", "内.zip/a.txt"))
    told = {one.locator.within[-1]: one.message for one in document.unread if one.locator}
    assert "leads out of the archive" in told["../../出.txt"]
    assert "坏.docx" in told["坏.docx"]


def test_a_bomb_in_an_archive_is_not_unpacked(reader: NestedFiles) -> None:
    (unread,) = reader.read("弹.zip", packed({"a.txt": bytes(20_000)}), PLACE).unread
    assert "more than is taken" in unread.message


def test_files_of_an_archive_beyond_the_number_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nested, "MOST_FILES", 3)
    reader = reader_for(tmp_path, Context(max_bytes=10_000))
    document = reader.read("归档.zip", packed({f"{at}.txt": f"第{at}个" for at in range(5)}), PLACE)
    assert {one.locator.within for one in document.elements if one.locator.within} == {
        ("归档.zip",), ("归档.zip", "0.txt"), ("归档.zip", "1.txt")
    }  # fmt: skip
    assert "3 files in 归档.zip were not read" in document.unread[0].message
