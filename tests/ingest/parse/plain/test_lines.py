"""Plain lines become headings, items, labelled lines and paragraphs."""

import pytest

from ingest.parse.plain.lines import Line, blocks, is_contents_title, is_heading, join, opens_item, superscript, telling


def kinds(*texts: str, headings: bool = True) -> list[tuple[str, str]]:
    lines = [Line(text, at, at) for at, text in enumerate(texts, start=1)]
    return [(block.kind, block.text) for block in blocks(lines, lambda _last, _line: True, headings=headings)]


@pytest.mark.parametrize(
    "text",
    [
        "- 甲",
        "* 甲",
        "•甲",
        "1. 甲",
        "1、甲",
        "12）甲",
        "（3）甲",
        "(一) 甲",
        "①甲",
        "a) 甲",
        "一、甲",
        "[ ] 甲",
        "✅ 甲",
    ],
)
def test_an_item_opens_with_a_marker(text: str) -> None:
    assert opens_item(text)


@pytest.mark.parametrize("text", ["1.5倍", "3.2 指标", "2025.9.30 例会", "-5℃", "a.b", "甲- 乙", "（见附录）", "1."])
def test_other_openings_are_no_markers(text: str) -> None:
    assert not opens_item(text)


def test_a_label_begins_a_line_of_its_own_but_not_inside_a_sentence() -> None:
    assert kinds("负责人：李四", "电话：1234") == [("paragraph", "负责人：李四"), ("paragraph", "电话：1234")]
    assert kinds("本期主要", "包括：甲、乙") == [("paragraph", "本期主要包括：甲、乙")]
    assert kinds("- 模块", "状态：完成") == [("list_item", "- 模块"), ("paragraph", "状态：完成")]


def test_an_unmarked_line_goes_on_with_an_item() -> None:
    assert kinds("1、完成扩容，", "并完成割接") == [("list_item", "1、完成扩容，并完成割接")]


def test_a_block_knows_its_lines() -> None:
    lines = [Line("甲", 4, 4), Line("乙", 5, 6)]
    (block,) = blocks(lines, lambda _last, _line: True)
    assert (block.text, block.first, block.last) == ("甲乙", 4, 6)


def test_headings_can_be_ruled_out() -> None:
    assert kinds("一、背景")[0][0] == "heading"
    assert kinds("一、背景", headings=False)[0][0] == "list_item"


def test_a_bold_fact_is_no_heading() -> None:
    assert is_heading("部署方案", emphasised=True)
    assert not is_heading("RPO=0", emphasised=True)


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["双活", "方案"], "双活方案"),
        (["采用 MySQL", "半同步"], "采用 MySQL 半同步"),
        (["用", "MySQL"], "用 MySQL"),
        (["no", "data"], "no data"),
        (["甲，", "乙"], "甲，乙"),
    ],
)
def test_wrapped_lines_join_as_their_script_wants(parts: list[str], joined: str) -> None:
    assert join(parts) == joined


@pytest.mark.parametrize(("text", "raised"), [("32", "³²"), ("-6", "⁻⁶"), ("[1]", "[1]"), ("TM", "TM")])
def test_only_exponents_are_raised(text: str, raised: str) -> None:
    assert superscript(text) == raised


@pytest.mark.parametrize("text", ["image.png", "image-20250930", "图片1", "", "a_b-1.jpg", "Picture 2"])
def test_a_file_name_tells_nothing_of_a_picture(text: str) -> None:
    assert telling(text) == ""
    assert telling("双活架构图") == "双活架构图"


def test_the_title_of_a_table_of_contents() -> None:
    assert all(map(is_contents_title, ["目录", "目  录", "📑 目录", "Contents"]))
    assert not is_contents_title("目录服务设计")
