"""Broken HTML: nothing that a browser shows is lost, and what it does not show is said."""

from pathlib import Path

import pytest

from ingest.errors import EmptyDocument
from ingest.parse.headings import HeadingPath
from ingest.parse.markup import html
from tests.ingest.parse.listing import listing


@pytest.mark.parametrize(
    "page",
    [
        "<p>甲</p><svg><path d='M0 0'><g><circle r=1><p>乙</p>丙<p>丁</p>",
        "<p>甲</p><svg viewBox='0 0 1 1'><path/><div>乙</div></svg>丙<p>丁</p>",
        "<p>甲</p><math><mrow><div>乙</div><svg><g><p>丙</p><p>丁</p>",
        "<p>甲</p><embed src=a.swf><p>乙</p><map name=m><area><p>丙</p></map><p>丁</p>",
        "<p>甲</p><nav><p>乙</p><p>丙</p><p>丁</p>",
        "<body><p>甲</p><header><p>乙</p><p>丙</p><footer><p>丁</p>",
        "<main><p>甲</p></div><p>乙</p><p>丙</p><p>丁</p>",
        "<p>甲</p><button><p>乙</p><p>丙</p></button><select><option>丁",
        "<nav><p>甲</p></nav><header><p>乙</p></header><div role=navigation><p>丙</p><p>丁</p></div>",
    ],
)
def test_what_a_browser_shows_is_read(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<!DOCTYPE html><html><body>\n{page}", encoding="utf-8")
    text = "".join(line.rpartition(" ")[2] for line in listing(html.parse(path)))
    assert text == "甲乙丙丁"


def test_text_after_an_open_drawing_stands_on_its_lines() -> None:
    page = "<p>甲</p>\n<svg>\n<path d='M0 0'>\n<p>乙</p>\n丙\n<p>丁</p>"
    elements = html.read_fragment(page, HeadingPath()).elements
    assert [(one.text, one.locator.line_start) for one in elements] == [("甲", 1), ("乙", 4), ("丙", 5), ("丁", 6)]


def test_a_drawing_says_its_labels_but_no_heading() -> None:
    page = """<p>部署如下：</p><svg><title>图</title><defs><text>未画</text></defs><style>text{}</style>
        <text><tspan>一、北京</tspan><tspan>机房</tspan></text><text style="display:none">藏</text>
        <foreignObject><div>RPO 为 0</div></foreignObject></svg><p>点<svg><path/></svg>此处</p>"""
    assert listing(html.read_fragment(page, HeadingPath())) == [
        "paragraph: 部署如下：", "caption: 一、北京机房", "caption: RPO 为 0", "paragraph: 点此处"
    ]  # fmt: skip


def test_text_astray_in_a_table_stands_before_it() -> None:
    page = "<table>甲<form><tr><td>项</td><td>值</td></tr></form>乙<tr><td>卡</td><td>74</td></tr><p>丙</p></table>"
    assert listing(html.read_fragment(page, HeadingPath())) == [
        "paragraph: 甲乙", "paragraph: 丙", "table: 项 | 值", "  卡 | 74"
    ]  # fmt: skip


def test_cells_without_a_row_make_one() -> None:
    page = "<table><td>项</td><td>值</td><tr><td>卡</td><td>74</td></tr></table>"
    assert listing(html.read_fragment(page, HeadingPath())) == ["table: 项 | 值", "  卡 | 74"]


def test_a_form_says_what_was_filled_in() -> None:
    page = """<table><tr><td>负责人</td><td><input value="张三"></td></tr>
        <tr><td>级别</td><td><select><option>低<option selected>高</select></td></tr>
        <tr><td>停机</td><td><input type=radio checked>是<input type=radio>否<input type=hidden value="x1"></td></tr>
        <tr><td>说明</td><td><textarea>切换 10 分钟</textarea><button>提交</button></td></tr></table>"""
    assert listing(html.read_fragment(page, HeadingPath()))[1:] == [
        "  负责人 | 张三", "  级别 | 高", "  停机 | ☑是☐否", "  说明 | 切换 10 分钟"
    ]  # fmt: skip


def test_what_an_open_style_has_swallowed_is_said() -> None:
    found = html.read_fragment("<p>甲</p>\n<style>p {}\n<p>乙</p><p>丙</p>", HeadingPath())
    assert listing(found) == ["paragraph: 甲"]
    assert [(one.reason, one.text) for one in found.left_out] == [("invisible", "乙 丙")]


def test_text_beside_the_main_part_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<div>菜单甲<main><p>正文</p></main>相关乙</div>丙")
    assert [(one.reason, one.text) for one in html.parse(path).left_out] == [
        ("header", "菜单甲"), ("footer", "相关乙"), ("footer", "丙")
    ]  # fmt: skip


def test_scripts_and_hidden_text_alone_are_no_document(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<style>p {}<p>乙</p>")
    with pytest.raises(EmptyDocument):
        html.parse(path)
