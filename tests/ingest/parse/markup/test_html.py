"""HTML as a reader sees it, each element on the source lines it came from."""

import base64
from pathlib import Path

import pytest

from ingest.document import ParsedDocument, Table
from ingest.errors import EmptyDocument
from ingest.parse.context import Context
from ingest.parse.headings import HeadingPath
from ingest.parse.markup import html
from tests.ingest.parse.eyes import Eyes
from tests.ingest.parse.listing import listing


def parse(folder: Path, content: str) -> ParsedDocument:
    path = folder / "a.html"
    path.write_text(content, encoding="utf-8")
    return html.parse(path)


def table(folder: Path, content: str) -> Table:
    (found,) = [element.table for element in parse(folder, content).elements if element.table]
    return found


PAGE = """\
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>双活方案评审</title>
<meta name="author" content="张三"><meta property="article:published_time" content="2025-09-30">
<style>p { color: red }</style><script>var hidden = "脚本";</script></head>
<body>
<header><div>内部系统</div></header>
<nav><a href="/">首页</a></nav>
<h1>双活方案评审纪要</h1>
<p>会议时间：2025-09-30。<b>结论</b>：采用
 <code>MGR</code> 与 <a href="http://x">CCR</a>。</p>
<h2
  class="x">一、数据同步<a class="headerlink" href="#a">¶</a></h2>
<p>主要内容包括：</p>
<ol start="3">
<li>MySQL 半同步
  <ul><li>延迟小于 200ms</li>
  <li>校验
    <ol type="a"><li>全量</li><li value="4">抽样</li></ol></li></ul></li>
<li><p>ES 跨集群复制</p><p>另见附录。</p></li>
</ol>
<div style="display: none">隐藏</div><p hidden>也隐藏</p>
<table>
<caption>表1 算力评估</caption>
<thead><tr><th rowspan="2">型号</th><th colspan="2">卡数</th></tr>
<tr><th>北京</th><th>厦门</th></tr></thead>
<tbody>
<tr><td rowspan="2">910B3</td><td>42</td><td>32</td></tr>
<tr><td colspan="2">共
  74 张</td></tr>
</tbody></table>
<p><strong>（一）备份</strong></p>
<p>第一行<br>负责人：李四</p>
<div>裸文本<p>段落</p>尾巴</div>
<pre><code>
SHOW SLAVE STATUS;
SELECT 1;</code></pre>
<p><img src="a.png" alt="双活架构图"></p>
<p>2<sup>32</sup> 行&nbsp;&lt;t&gt;</p>
<footer>版权所有</footer>
</body></html>
"""


def test_a_page_reads_as_its_reader_sees_it(tmp_path: Path) -> None:
    assert listing(parse(tmp_path, PAGE)) == [
        "heading1: 双活方案评审纪要",
        "paragraph: 会议时间：2025-09-30。结论：采用 MGR 与 CCR。",
        "heading2: 一、数据同步",
        "paragraph: 主要内容包括：",
        "list_item1: 3. MySQL 半同步",
        "list_item2: • 延迟小于 200ms",
        "list_item2: • 校验",
        "list_item3: a. 全量",
        "list_item3: d. 抽样",
        "list_item1: 4. ES 跨集群复制",
        "paragraph: 另见附录。",
        "caption: 表1 算力评估",
        "table: 型号 | 卡数 / 北京 | 卡数 / 厦门",
        "  910B3 | 42 | 32",
        "  910B3 | 共 74 张 | 共 74 张",
        "heading3: （一）备份",
        "paragraph: 第一行",
        "paragraph: 负责人：李四",
        "paragraph: 裸文本",
        "paragraph: 段落",
        "paragraph: 尾巴",
        "code: SHOW SLAVE STATUS;\nSELECT 1;",
        "caption: 双活架构图",
        "paragraph: 2³² 行 <t>",
    ]


def test_every_element_stands_on_its_lines(tmp_path: Path) -> None:
    places = [
        (element.locator.line_start, element.locator.line_end)
        for element in parse(tmp_path, PAGE).elements
        if element.kind != "table"
    ]
    assert places[:7] == [(8, 8), (9, 10), (12, 12), (13, 13), (15, 15), (16, 16), (17, 17)]
    assert places[7:] == [
        (18, 18), (18, 18), (19, 19), (19, 19), (23, 23), (31, 31), (32, 32), (32, 32), (33, 33), (33, 33), (33, 33),
        (35, 36), (37, 37), (38, 38),
    ]  # fmt: skip
    rows = table(tmp_path, PAGE).rows
    assert [(row.locator.line_start, row.locator.line_end) for row in rows] == [(27, 27), (28, 29)]
    assert rows[0].locator.headings == ("双活方案评审纪要", "一、数据同步")


def test_the_head_says_who_and_when(tmp_path: Path) -> None:
    stated = parse(tmp_path, PAGE).properties
    assert (stated.title, stated.author, stated.date) == ("双活方案评审", "张三", "2025-09-30")


def test_a_main_part_leaves_out_what_stands_around_it(tmp_path: Path) -> None:
    page = (
        "<body><div>菜单<script>var x</script></div><nav>首页</nav><div><main><header><h1>方案</h1></header>\n"
        "<p>正文</p></main>\n<div>相关文章</div></div><footer>版权</footer></body>"
    )
    assert listing(parse(tmp_path, page)) == ["heading1: 方案", "paragraph: 正文"]
    left_out = parse(tmp_path, page).left_out
    assert [(one.reason, one.text, one.locator.line_start) for one in left_out] == [
        ("header", "菜单", 1), ("contents", "首页", 1), ("footer", "相关文章", 3), ("footer", "版权", 3)
    ]  # fmt: skip


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    page = "<h2>目录</h2><ul><li><a href='#a'>背景</a></li></ul><h2>背景</h2><p>正文</p>"
    assert listing(parse(tmp_path, page)) == ["heading2: 背景", "paragraph: 正文"]


def test_a_header_is_told_from_look_where_no_th_says_so(tmp_path: Path) -> None:
    rows = "<tr><td><b>型号</b></td><td><b>张数</b></td></tr><tr><td>910B3</td><td>74</td></tr>"
    assert table(tmp_path, f"<table>{rows}</table>").header == ("型号", "张数")


def test_a_form_has_no_header(tmp_path: Path) -> None:
    found = table(tmp_path, "<table><tr><td>编制</td><td>张三</td></tr><tr><td>审核</td><td>李四</td></tr></table>")
    assert found.header == ()
    assert [row.cells for row in found.rows] == [("编制", "张三"), ("审核", "李四")]


def test_a_table_for_layout_is_read_as_blocks(tmp_path: Path) -> None:
    inner = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
    page = f"<table><tr><td><h2>一、背景</h2><p>正文</p></td><td>{inner}</td></tr></table>"
    assert listing(parse(tmp_path, page)) == ["heading2: 一、背景", "paragraph: 正文", "table: a | b", "  1 | 2"]


def test_merged_cells_that_overlap_or_reach_too_far_are_bounded(tmp_path: Path) -> None:
    body = "<tr><td rowspan=99999>x</td><td colspan=999999>y</td></tr><tr><td>z</td></tr>"
    found = table(tmp_path, f"<table><tr><th>a</th><th>b</th></tr>{body}</table>")
    assert [row.cells[:2] for row in found.rows] == [("x", "y"), ("x", "z")]
    assert max(len(row.cells) for row in found.rows) <= 1000


def test_comments_and_scripts_do_not_shift_the_lines(tmp_path: Path) -> None:
    page = "<p>甲</p>\n<!-- 一\n二 -->\n<p>乙</p><script>\n\n</script>丙\n<p>丁\n<!-- 三\n -->戊</p>"
    places = [(one.text, one.locator.line_start, one.locator.line_end) for one in parse(tmp_path, page).elements]
    assert places == [("甲", 1, 1), ("乙", 4, 4), ("丙", 6, 6), ("丁戊", 7, 9)]


def test_unclosed_tags_do_not_nest(tmp_path: Path) -> None:
    assert listing(parse(tmp_path, "<ul><li>甲<li>乙</ul><p>丙<p>丁")) == [
        "list_item1: • 甲",
        "list_item1: • 乙",
        "paragraph: 丙",
        "paragraph: 丁",
    ]


def test_depth_and_length_lose_nothing(tmp_path: Path) -> None:
    assert listing(parse(tmp_path, "<div>" * 2000 + "深处" + "</div>" * 2000)) == ["paragraph: 深处"]
    (element,) = parse(tmp_path, "<p>" + "长" * 11_000_000 + "</p>").elements
    assert len(element.text) == 11_000_000


@pytest.mark.parametrize("page", ["<!-- 注释 -->", "<html><body><script>x</script></body></html>", "<p hidden>甲</p>"])
def test_a_page_without_visible_text_is_empty(tmp_path: Path, page: str) -> None:
    with pytest.raises(EmptyDocument, match=r"a\.html"):
        parse(tmp_path, page)


def test_gbk_with_its_charset_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_bytes('<meta charset="gb2312"><p>负责人：张三</p>'.encode("gbk"))
    assert listing(html.parse(path)) == ["paragraph: 负责人：张三"]


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><p>正文 &x;</p>'
    assert "机密" not in "".join(listing(parse(tmp_path, page)))


def test_a_fragment_counts_on_from_its_first_line() -> None:
    path = HeadingPath()
    path.enter("背景", 1)
    (element,) = html.read_fragment("<p>甲\n乙</p>", path, 7).elements
    assert (element.text, element.locator.line_start, element.locator.line_end) == ("甲乙", 7, 8)
    assert element.locator.headings == ("背景",)


def test_a_page_on_one_line_counts_its_blocks(tmp_path: Path) -> None:
    rows = "<tr><th>型号</th><th>张数</th></tr><tr><td>910B3</td><td>74</td></tr>"
    filler = "".join(f"<p>第{number}条说明，写得长些，好让这一行很长很长。</p>" for number in range(99))
    document = parse(tmp_path, f"<h1>周报</h1>{filler}<table>{rows}</table><p>完。</p>")
    places = [element.locator for element in document.elements]
    assert [place.paragraph for place in places] == list(range(1, 103))
    assert places[1].label == "第2段 · 周报"
    table = document.elements[-2].table
    assert table
    assert (table.rows[0].locator.paragraph, table.rows[0].locator.row) == (101, 2)


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    left_out = parse(tmp_path, PAGE).left_out
    assert [(one.reason, one.text) for one in left_out] == [
        ("header", "内部系统"), ("contents", "首页"), ("invisible", "隐藏"), ("invisible", "也隐藏"),
        ("footer", "版权所有"),
    ]  # fmt: skip
    lines = PAGE.split("\n")
    assert all(one.text in lines[(one.locator.line_start or 0) - 1] for one in left_out)


def test_pictures_are_read_where_the_file_carries_them(tmp_path: Path) -> None:
    written = base64.b64encode("架构图：双活".encode()).decode()
    path = tmp_path / "a.html"
    path.write_text(
        f'<p>见下图。<img src="http://example.com/a.png">\n<img src="data:image/png;base64,{written}"></p><p>完。</p>'
    )
    eyes = Eyes()
    assert listing(html.parse(path, Context(pictures=eyes))) == [
        "paragraph: 见下图。", "paragraph: 架构图：双活", "paragraph: 完。"
    ]  # fmt: skip
    assert [(place.picture, place.line_start) for place in eyes.places] == [("img2", 2)]
