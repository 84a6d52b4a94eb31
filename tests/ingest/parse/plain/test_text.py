"""Plain text: notes, minutes, pasted tables, wrapped prose, logs."""

from pathlib import Path

import pytest

from ingest.document import ParsedDocument
from ingest.errors import EmptyDocument
from ingest.parse.context import Context
from ingest.parse.plain import text
from tests.ingest.parse.listing import listing


def parse(folder: Path, content: str) -> ParsedDocument:
    path = folder / "a.txt"
    path.write_text(content, encoding="utf-8")
    return text.parse(path)


MINUTES = """\
双活项目例会纪要

时间：2025-09-30 14:00
参会人：张三、李四
================
一、上周进展
1、完成 MySQL 半同步改造，延迟 120ms。
2、完成 ES CCR 联调：
   （1）北京到厦门单向
   （2）厦门到北京待开通
二、风险
- 机柜电力不足
  预计 10 月 15 日扩容
  * 厦门 2 列
- 专线延期

【下周计划】
型号\t张数\t备注
910B3\t74\t北京
910B4\t32\t

+------+-----+
| host | qps |
+------+-----+
| a01  | 10  |
+------+-----+

结论
----
可以上线。
"""


def test_minutes_keep_their_structure(tmp_path: Path) -> None:
    assert listing(parse(tmp_path, MINUTES)) == [
        "heading1: 双活项目例会纪要",
        "paragraph: 时间：2025-09-30 14:00",
        "paragraph: 参会人：张三、李四",
        "heading1: 一、上周进展",
        "list_item1: 1、完成 MySQL 半同步改造，延迟 120ms。",
        "list_item1: 2、完成 ES CCR 联调：",
        "list_item2: （1）北京到厦门单向",
        "list_item2: （2）厦门到北京待开通",
        "heading1: 二、风险",
        "list_item1: - 机柜电力不足预计 10 月 15 日扩容",
        "list_item2: * 厦门 2 列",
        "list_item1: - 专线延期",
        "heading2: 下周计划",
        "table: 型号 | 张数 | 备注",
        "  910B3 | 74 | 北京",
        "  910B4 | 32 | ",
        "table: host | qps",
        "  a01 | 10",
        "heading2: 结论",
        "paragraph: 可以上线。",
    ]


def test_every_element_stands_on_its_lines(tmp_path: Path) -> None:
    lines = MINUTES.split("\n")
    for element in parse(tmp_path, MINUTES).elements:
        at = element.locator
        source = "".join("".join(lines[(at.line_start or 0) - 1 : at.line_end]).split())
        shown = [element.text] if element.table is None else [cell for row in element.table.rows for cell in row.cells]
        assert all("".join(one.split()) in source for one in shown), element
        for row in element.table.rows if element.table else ():
            line = lines[(row.locator.line_start or 0) - 1]
            assert row.locator.line_start == row.locator.line_end
            assert all(cell in line for cell in row.cells)


def test_lines_are_paragraphs_unless_the_text_is_wrapped(tmp_path: Path) -> None:
    assert listing(parse(tmp_path, "完成扩容\n完成割接\n")) == ["paragraph: 完成扩容", "paragraph: 完成割接"]
    wrapped = "\n".join(
        [
            "双活方案采用两地部署并按单元划分写入范围各站点同时承载生产流量",
            "任一站点失效时另一站点接管全部业务恢复时间不超过十分钟含人工决策",
        ]
        * 2
        + ["共三分钟。"]
    )
    assert listing(parse(tmp_path, wrapped)) == ["paragraph: " + wrapped.replace("\n", "")]


def test_each_log_line_stands_alone(tmp_path: Path) -> None:
    log = "2025-09-30 10:00:00 INFO  start\n2025-09-30 10:00:01 ERROR cannot reach 10.1.2.3\n    at com.bank.Im.send\n"
    document = parse(tmp_path, log)
    assert [element.locator.line_start for element in document.elements] == [1, 2, 3]
    assert {element.kind for element in document.elements} == {"paragraph"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("前文\n\n## 背景\n", "heading2: 背景"),
        ("前文\n\n# 查看状态\n", "paragraph: # 查看状态"),
        ("前文\n\n第二章 总体设计\n", "heading1: 第二章 总体设计"),
        ("前文\n\n2.1 数据同步\n", "heading1: 2.1 数据同步"),
        ("前文\n\n2.1 倍\n", "paragraph: 2.1 倍"),
    ],
)
def test_headings_in_text(tmp_path: Path, content: str, expected: str) -> None:
    assert listing(parse(tmp_path, content))[-1] == expected


def test_gb18030_and_tabs_inside_prose(tmp_path: Path) -> None:
    path = tmp_path / "gbk.txt"
    path.write_bytes("负责人：\t张三\n".encode("gb18030"))
    assert [" ".join(line.split()) for line in listing(text.parse(path))] == ["paragraph: 负责人： 张三"]


def test_rules_alone_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocument, match=r"a\.txt"):
        parse(tmp_path, "=====\n-----\n")


def test_a_long_log_gives_signs_of_life_and_loses_no_line(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text("\n".join(f"第 {number} 行同步完成。" for number in range(35_000)), encoding="utf-8")
    told: list[tuple[int, int]] = []
    elements = text.parse(path, Context(progress=lambda done, total: told.append((done, total)))).elements
    assert told == [(10_001, 35_000), (20_001, 35_000), (30_001, 35_000)]
    assert [element.locator.line_start for element in elements] == list(range(1, 35_001))
