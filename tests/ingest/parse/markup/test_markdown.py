"""Markdown as Chinese authors write it: nothing melted, nothing lost, each element on the lines it came from."""

import re
from pathlib import Path

import pytest

from ingest.document import Element, ParsedDocument
from ingest.errors import EmptyDocument
from ingest.parse.markup import markdown
from tests.ingest.parse.listing import listing


def parse(folder: Path, text: str) -> ParsedDocument:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    return markdown.parse(path)


def texts(folder: Path, text: str) -> list[str]:
    return listing(parse(folder, text))


HANDOVER = """\
---
title: 某行 IM 双活项目交接
version: V1.2
---

# 某行 IM 双活项目交接文档

> **编写人**：张三
> **状态**：已移交

**一、项目背景**

本项目覆盖北京、厦门两个站点，
采用 `MySQL` 半同步[^1]与 **ES** 跨集群复制。
负责人：李四
电话：内线 1234

二、交接内容
1、代码仓库：`git@host:im.git`
2、运维账号（向王五申请）
（1）生产环境

##三、遗留问题
主要包括：
2. 慢 SQL 未处理
3. 座席卡顿
   - **现象**：每日 9:00 卡顿
     - [ ] 待查
     - [x] 已扩容

   由李四跟进。

1. **性能**

P95 为 380ms。

2. **容量**

| 型号 | 张数 |
|:--|--:|
| **910B3** | 74 |
| 910B4<br>（备用） | `8|2` |

```bash
mysql -e "show slave status"
```

[^1]: 即 semi-sync，超时 1s。
"""


def test_a_handover_report_keeps_its_structure(tmp_path: Path) -> None:
    assert texts(tmp_path, HANDOVER) == [
        "heading1: 某行 IM 双活项目交接文档",
        "paragraph: 编写人：张三",
        "paragraph: 状态：已移交",
        "heading2: 一、项目背景",
        "paragraph: 本项目覆盖北京、厦门两个站点，采用 MySQL 半同步[1]与 ES 跨集群复制。",
        "paragraph: 负责人：李四",
        "paragraph: 电话：内线 1234",
        "note: [1] 即 semi-sync，超时 1s。",
        "heading2: 二、交接内容",
        "list_item1: 1、代码仓库：git@host:im.git",
        "list_item1: 2、运维账号（向王五申请）",
        "list_item1: （1）生产环境",
        "heading2: 三、遗留问题",
        "paragraph: 主要包括：",
        "list_item1: 2. 慢 SQL 未处理",
        "list_item1: 3. 座席卡顿",
        "list_item2: - 现象：每日 9:00 卡顿",
        "list_item3: - [ ] 待查",
        "list_item3: - [x] 已扩容",
        "paragraph: 由李四跟进。",
        "heading3: 1. 性能",
        "paragraph: P95 为 380ms。",
        "heading3: 2. 容量",
        "table: 型号 | 张数",
        "  910B3 | 74",
        "  910B4 （备用） | `8",
        'code: mysql -e "show slave status"',
    ]


def test_every_element_stands_on_its_lines(tmp_path: Path) -> None:
    lines = HANDOVER.split("\n")
    document = parse(tmp_path, HANDOVER)
    for element in document.elements:
        for text, first, last in _pieces(element):
            source = "".join(lines[first - 1 : last])
            assert _bare(text) in _bare(source), element
            assert _bare(lines[first - 1])[:2] in _bare(text), "begins on its first line"


def _pieces(element: Element) -> list[tuple[str, int, int]]:
    places = [(element.text, element.locator)] if element.table is None else []
    places += [("".join(row.cells), row.locator) for row in element.table.rows] if element.table else []
    return [(text, at.line_start or 0, at.line_end or 0) for text, at in places]


def _bare(text: str) -> str:
    return re.sub(r"<br>|\[\^?1\]:?|[\s*`_#>|]|^\d\.", "", text.replace("\\", ""))


def test_the_path_of_headings_is_in_every_locator(tmp_path: Path) -> None:
    last = parse(tmp_path, HANDOVER).elements[-1]
    assert last.locator.headings == ("某行 IM 双活项目交接文档", "三、遗留问题", "2. 容量")
    assert last.locator.label == "第45行 · 某行 IM 双活项目交接文档 › 三、遗留问题 › 2. 容量"


def test_front_matter_is_read_and_counted(tmp_path: Path) -> None:
    document = parse(tmp_path, HANDOVER)
    assert document.front_matter.title == "某行 IM 双活项目交接"
    assert document.front_matter.version == "V1.2"
    assert document.elements[0].locator.line_start == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("##背景", "heading2: 背景"),
        ("## 背景 {#bg}", "heading2: 背景"),
        ("背景\n===", "heading1: 背景"),
        ("**背景**", "heading1: 背景"),
        ("<b>一、背景</b>", "heading1: 一、背景"),
        ("第一章 总体设计", "heading1: 第一章 总体设计"),
        ("1.2 建设目标", "heading1: 1.2 建设目标"),
        ("**RPO=0，RTO≤30分钟**", "paragraph: RPO=0，RTO≤30分钟"),
        ("**结论**：采用双活。", "paragraph: 结论：采用双活。"),
        ("一、本期完成冷热分离，共迁移 520 万行。", "list_item1: 一、本期完成冷热分离，共迁移 520 万行。"),
        ("#1 机房", "paragraph: #1 机房"),
        ("> # 引用里的标题", "paragraph: 引用里的标题"),
        ("表1 算力评估", "caption: 表1 算力评估"),
        ("![双活架构图](a.png)", "caption: 双活架构图"),
        ("2<sup>32</sup> 个", "paragraph: 2³² 个"),
        ("ssh <主机> 或 ssh <host>", "paragraph: ssh <主机> 或 ssh <host>"),
        ("[设计文档](http://x/y) 与 <http://z>", "paragraph: 设计文档 与 http://z"),
        ("~~74 张~~ 82 张", "paragraph: ~~74 张~~ 82 张"),
        ("AT&amp;T 和 a\\*b", "paragraph: AT&T 和 a*b"),
    ],
)
def test_a_line_is_what_a_reader_takes_it_for(tmp_path: Path, text: str, expected: str) -> None:
    assert texts(tmp_path, text) == [expected]


def test_numbered_lines_in_a_row_are_a_list_not_headings(tmp_path: Path) -> None:
    assert texts(tmp_path, "一、完成扩容\n二、完成割接\n三、完成演练") == [
        "list_item1: 一、完成扩容",
        "list_item1: 二、完成割接",
        "list_item1: 三、完成演练",
    ]


def test_a_numbered_line_above_text_is_a_heading(tmp_path: Path) -> None:
    assert texts(tmp_path, "一、背景\n本项目始于 2024 年。") == [
        "heading1: 一、背景",
        "paragraph: 本项目始于 2024 年。",
    ]


def test_wrapped_lines_become_one(tmp_path: Path) -> None:
    text = "采用 MySQL\n半同步复制，\nno data\nis lost。"
    assert texts(tmp_path, text) == ["paragraph: 采用 MySQL 半同步复制， no data is lost。"]


def test_lists_nest_and_count_as_rendered(tmp_path: Path) -> None:
    text = "1. a\n1. b\n    * c\n        1) d\n        2) e\n"
    assert texts(tmp_path, text) == [
        "list_item1: 1. a",
        "list_item1: 2. b",
        "list_item2: * c",
        "list_item3: 1) d",
        "list_item3: 2) e",
    ]


def test_indented_chinese_is_no_code(tmp_path: Path) -> None:
    text = "说明：\n\n    - 第一条说明\n    - 第二条说明\n\n代码：\n\n    x = 1\n"
    document = parse(tmp_path, text)
    assert listing(document) == [
        "paragraph: 说明：",
        "list_item1: - 第一条说明",
        "list_item1: - 第二条说明",
        "paragraph: 代码：",
        "code: x = 1",
    ]
    assert [element.locator.line_start for element in document.elements] == [1, 3, 4, 6, 8]


@pytest.mark.parametrize(
    "contents",
    [
        "## 目录\n\n- [一、背景](#a)\n  - [1.1 范围](#b)\n",
        "**目录**\n\n1. 背景\n2. 范围\n",
        "[TOC]\n",
        "- [背景](#a)\n",
    ],
)
def test_a_table_of_contents_is_left_out(tmp_path: Path, contents: str) -> None:
    assert texts(tmp_path, f"# 方案\n\n{contents}\n## 背景\n") == ["heading1: 方案", "heading2: 背景"]


def test_a_table_with_a_wrong_rule_row_is_still_a_table(tmp_path: Path) -> None:
    document = parse(tmp_path, "| 型号 | 张数 | 备注 |\n|---|\n| 910B3 | 74 |\n")
    assert listing(document) == ["table: 型号 | 张数 | 备注", "  910B3 | 74 | "]
    assert document.elements[0].table is not None
    assert document.elements[0].table.rows[0].locator.line_start == 3


def test_a_table_of_only_a_header_keeps_its_text(tmp_path: Path) -> None:
    assert texts(tmp_path, "| RPO | 0 |\n|---|---|\n") == ["table: ", "  RPO | 0"]


def test_an_html_table_may_have_blank_lines_and_merged_cells(tmp_path: Path) -> None:
    rows = "<tr><th>站点</th><th>卡数</th></tr>\n\n<tr><td rowspan=2>北京</td><td>42</td></tr>\n<tr><td>32</td></tr>"
    text = f"前文\n\n<table>\n{rows}\n</table>\n\n后文"
    document = parse(tmp_path, text)
    assert listing(document) == [
        "paragraph: 前文",
        "table: 站点 | 卡数",
        "  北京 | 42",
        "  北京 | 32",
        "paragraph: 后文",
    ]
    table = document.elements[1].table
    assert table is not None
    assert [row.locator.line_start for row in table.rows] == [6, 7]


def test_comments_are_left_out(tmp_path: Path) -> None:
    assert texts(tmp_path, "<!-- 草稿\n多行 -->\n正文 <!-- 批注 -->\n") == ["paragraph: 正文"]


def test_a_footnote_without_a_reference_is_kept(tmp_path: Path) -> None:
    assert texts(tmp_path, "正文[^a]。\n\n[^a]: 甲\n") == ["paragraph: 正文[a]。", "note: [a] 甲"]


def test_a_document_of_markup_alone_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocument, match=r"a\.md"):
        parse(tmp_path, "---\n\n<!-- x -->\n\n---\n")


def test_gbk_reads_like_utf8(tmp_path: Path) -> None:
    path = tmp_path / "gbk.md"
    path.write_bytes(HANDOVER.encode("gbk"))
    assert listing(markdown.parse(path)) == texts(tmp_path, HANDOVER)


def test_deep_nesting_is_read_and_deeper_ends_well(tmp_path: Path) -> None:
    items = [f"{'  ' * depth}- 项{depth}" for depth in range(30)]
    assert texts(tmp_path, "\n".join(items)) == [f"list_item{depth + 1}: - 项{depth}" for depth in range(30)]
    assert texts(tmp_path, ">" * 5000 + " 深处\n\n正文")[-1] == "paragraph: 正文"


def test_a_list_in_a_cell_keeps_its_items_apart(tmp_path: Path) -> None:
    text = "| 系统 | 架构 |\n|--|--|\n| 麒麟 V10 | <ul><li>x86_64</li><li>ARM 64</li></ul> |\n"
    assert texts(tmp_path, text) == ["table: 系统 | 架构", "  麒麟 V10 | x86_64 ARM 64"]


def test_a_bold_item_alone_over_a_paragraph_is_its_heading(tmp_path: Path) -> None:
    text = "# 状态\n\n- **SEND_OK**\n\n消息发送成功。\n\n- **FLUSH_TIMEOUT**\n\n刷盘超时。\n"
    found = parse(tmp_path, text).elements
    assert [(one.kind, one.text) for one in found][1:3] == [("heading", "SEND_OK"), ("paragraph", "消息发送成功。")]
    assert found[-1].locator.headings == ("状态", "FLUSH_TIMEOUT")
    assert texts(tmp_path, "- **甲**\n- **乙**\n\n正文\n")[0] == "list_item1: - 甲"
    assert texts(tmp_path, "- **甲**\n")[0] == "list_item1: - 甲"
