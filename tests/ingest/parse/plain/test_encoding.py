"""Text files come in many encodings; what is read is the same."""

from pathlib import Path

import pytest

from ingest.errors import EmptyDocument, UnreadableFile, UnsupportedFormat
from ingest.parse.plain.encoding import decode, read_text

NOTE = "# 双活方案评审纪要\n1. MySQL 采用半同步复制，延迟小于 200ms\n负责人：张三\n共 74 张 910B3\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_usual_encoding_reads_alike(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "纪要.md"
    path.write_bytes(NOTE.encode(encoding))
    assert read_text(path) == NOTE


@pytest.mark.parametrize("text", ["交接给李四。", "Handover\nThe NPU cluster 评估 74 cards of 910B3\n"])
def test_a_few_gbk_characters_are_enough(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("gbk"))
    assert read_text(path) == text


def test_traditional_chinese_in_big5(tmp_path: Path) -> None:
    text = "雙活方案評審紀要：資料庫採用半同步複製，負責人張三，預計九月完成。"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("big5"))
    assert read_text(path) == text


def test_line_ends_become_one_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一\r\n二\r三\n".encode())
    assert read_text(path) == "一\n二\n三\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_cut_off_file_keeps_what_is_there(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((NOTE * 20).encode(encoding)[:1502])
    text = read_text(path)
    assert text.startswith(NOTE)
    assert text.count("�") <= 1


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", "　\n".encode()])
def test_nothing_but_blanks_is_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "空.md"
    path.write_bytes(content)
    with pytest.raises(EmptyDocument, match=r"空\.md"):
        read_text(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + bytes(range(256)) * 20, b"\x7fELF" + b"\x00\x01\x02\x03" * 500])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(content)
    with pytest.raises(UnsupportedFormat, match=r"a\.md"):
        read_text(path)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"weg\.md"):
        read_text(tmp_path / "weg.md")


def test_lines_of_two_encodings_in_one_file(tmp_path: Path) -> None:
    lines = ["# 周报", "910B3 共 74 张。", "张三负责灾备演练。", "RPO=0，RTO≤30分钟", "plain", "迁移 500 万行。"]
    path = tmp_path / "a.txt"
    path.write_bytes(b"\n".join(line.encode("gbk" if at % 2 else "utf-8") for at, line in enumerate(lines)))
    assert read_text(path).split("\n") == lines


def test_an_error_in_the_middle_of_utf_8_costs_one_character(tmp_path: Path) -> None:
    data = bytearray((NOTE * 5).encode())
    at = data.index("复制".encode())
    data[at : at + 3] = b"\xe5\xa4"
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert read_text(path) == (NOTE * 5).replace("复制", "�制", 1)


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("big5", "big5"),
        ("utf-8", "gbk"),
        ("iso-8859-1", "gbk"),
        ("gb2312", "utf-8"),
        ("?", "gbk"),
    ],
)
def test_what_is_stated_is_believed_where_it_fits(stated: str, encoding: str) -> None:
    text = (
        "應用資料庫採用半同步複製，負責人張三。" if encoding == "big5" else "双活方案采用半同步复制，负责人张三，已镕。"
    )
    assert decode(text.encode(encoding), stated) == text
