"""Rich Text documents, with the code pages and marks that Word and WPS write."""

from pathlib import Path

import pytest
from striprtf.striprtf import rtf_to_text

from ingest.document import ParsedDocument
from ingest.errors import EmptyDocument
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from ingest.parse.rtf.text import plain_text
from tests.ingest.parse.eyes import Eyes
from tests.ingest.parse.listing import listing


def hexed(text: str, encoding: str = "gbk") -> str:
    """The text as RTF writes bytes beyond ASCII."""
    return "".join(chr(byte) if byte < 128 else f"\\'{byte:02x}" for byte in text.encode(encoding))


HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\froman\fcharset136 Ming;}"
    rf"{{\f2 Arial;}}}}{{\stylesheet{{\s0 Normal;}}{{\s1\b heading 1;}}{{\s2 toc 1;}}}}"
    rf"{{\info{{\title {hexed('双活方案')}}}{{\author Zhang}}}}"
)


def parse(folder: Path, body: str, eyes: Eyes | None = None) -> ParsedDocument:
    path = folder / "a.rtf"
    path.write_bytes((HEAD + body + "}").encode("latin-1"))
    form, document = parse_file(path, Context(pictures=eyes))
    assert form == "rtf"
    return document


def row(*cells: str, edges: tuple[str, ...] = (r"\cellx2000", r"\cellx4000", r"\cellx6000")) -> str:
    return r"\trowd " + "".join(edges) + "".join(rf"\pard\intbl {hexed(cell)}\cell" for cell in cells) + r"\row "


def test_libreoffice_marks_bold_chinese_in_its_own_way(tmp_path: Path) -> None:
    body = (
        rf"\pard\rtlch\ab\ltrch\loch {hexed('现场由五人驻场')}\par"
        rf"\pard{{\dbch\afs30\ab\dbch {hexed('遗留风险')}}}\par\pard {hexed('脚本尚无责任人')}\par"
    )
    assert listing(parse(tmp_path, body)) == [
        "paragraph: 现场由五人驻场",
        "heading1: 遗留风险",
        "paragraph: 脚本尚无责任人",
    ]


def test_headings_lists_tables_and_notes(tmp_path: Path) -> None:
    body = (
        rf"{{\header {hexed('内部资料')}\par}}"
        rf"\pard\s2 {hexed('一、概述')}\tab 1\par"
        rf"\pard\s1 {hexed('一、概述')}\par"
        rf"\pard {hexed('双活方案采用')}{{\b {hexed('半同步')}}}{hexed('复制')}{{\footnote {hexed('见附录')}}}"
        rf"{{\v {hexed('隐藏')}}}{{\deleted {hexed('删去')}}}。\par".replace("。", hexed("。"))
        + rf"{{\listtext\'a1\'a4\tab}}{hexed('北京 42 张')}\par"
        rf"\pard\outlinelevel1 {hexed('（一）规模')}\par"
        + row("型号", "站点", "张数")
        + row("910B3", "北京", "42")
        + r"\pard\par"
        rf"\pard \u21452?\u27963?{{\f1 {hexed('雙活', 'big5')}}} \u55356?\u57225?\par"
    )
    document = parse(tmp_path, body)
    assert listing(document) == [
        "heading1: 一、概述",
        "paragraph: 双活方案采用半同步复制。",
        "note: 见附录",
        "list_item1: · 北京 42 张",
        "heading2: （一）规模",
        "table: 型号 | 站点 | 张数",
        "  910B3 | 北京 | 42",
        "paragraph: 双活雙活 🎉",
    ]
    assert [(one.reason, one.text) for one in document.left_out] == [
        ("header", "内部资料"), ("contents", "一、概述 1"), ("invisible", "隐藏"), ("deleted", "删去")
    ]  # fmt: skip
    assert [element.locator.paragraph for element in document.elements] == [2, 3, 3, 4, 5, 6, 8]
    assert document.properties.title == "双活方案"


def test_merged_cells(tmp_path: Path) -> None:
    top = (r"\clvmgf\cellx2000", r"\clmgf\cellx4000", r"\clmrg\cellx6000")
    second = (r"\clvmrg\cellx2000", r"\cellx4000", r"\cellx6000")
    body = row("型号", "卡数", "", edges=top) + row("", "北京", "厦门", edges=second) + row("910B3", "42", "32")
    assert listing(parse(tmp_path, body)) == ["table: 型号 | 卡数 / 北京 | 卡数 / 厦门", "  910B3 | 42 | 32"]


def test_pictures_are_read(tmp_path: Path) -> None:
    picture = "架构图".encode().hex()
    body = rf"\pard {hexed('如图')}{{\*\shppict{{\pict\pngblip {picture}}}}}{{\nonshppict{{\pict {picture}}}}}\par"
    eyes = Eyes()
    assert listing(parse(tmp_path, body, eyes)) == ["paragraph: 如图", "paragraph: 架构图"]
    assert [(place.picture, place.paragraph) for place in eyes.places] == [("picture 1", 1)]


def test_every_paragraph_opens_with_another_reader(tmp_path: Path) -> None:
    """Round trip: the paragraph's number leads to its text in what striprtf makes of the file."""
    texts = ["一、概述", "", "RPO 为 0。", "RTO 不超过 30 分钟。"]
    document = parse(tmp_path, "".join(rf"\pard {hexed(text)}\par " for text in texts))
    lines = rtf_to_text((tmp_path / "a.rtf").read_text("latin-1")).split("\n")
    assert len(document.elements) == 3
    for element in document.elements:
        assert lines[(element.locator.paragraph or 0) - 1].strip() == element.text


@pytest.mark.parametrize("body", ["", r"\pard\par", r"{\*\unknown text}"])
def test_no_text(tmp_path: Path, body: str) -> None:
    with pytest.raises(EmptyDocument, match=r"a\.rtf"):
        parse(tmp_path, body)


@pytest.mark.parametrize(
    "source", [b"{\\rtf1 " + b"{" * 5000 + b"deep", b"{\\rtf1\\'", b"{\\rtf1 }}}}} more \\par", b"\\bin99999999 x"]
)
def test_broken_files_end(source: bytes) -> None:
    assert len(plain_text(source)) < 100


def test_embedded_objects_are_told(tmp_path: Path) -> None:
    held = r"{\object\objemb{\*\objclass Excel.Sheet.12}{\*\objdata 01050000}{\result 74}}"
    path = tmp_path / "a.rtf"
    path.write_text(rf"{{\rtf1\ansi \pard text\par \pard table: {held}\par}}", encoding="ascii")
    document = parse_file(path, Context())[1]
    assert [one.text for one in document.elements] == ["text", "table: 74"]
    (unread,) = document.unread
    assert (unread.locator.paragraph if unread.locator else None) == 2
