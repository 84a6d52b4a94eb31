"""Headings by numbering and look, and the path they form."""

import pytest

from ingest.parse.headings import HeadingPath, looks_like_heading, numbering


def paths(*headings: str | tuple[str, float]) -> list[str]:
    """The path after each heading of unstated level, with its level in front."""
    path = HeadingPath()
    found = []
    for heading in headings:
        text, size = heading if isinstance(heading, tuple) else (heading, None)
        level = path.enter(text, size=size)
        found.append(f"{level}: " + " > ".join(path.path))
    return found


@pytest.mark.parametrize(
    ("text", "scheme", "number"),
    [
        ("第一章 总体设计", "chapter", (1,)),
        ("第十二章　运维", "chapter", (12,)),
        ("第 3 节 网络", "section", (3,)),
        ("一、项目背景", "han", (1,)),
        ("二十一、其他", "han", (21,)),
        ("（三）数据同步", "han-bracket", (3,)),
        ("(二) 目标", "han-bracket", (2,)),
        ("1. 目标", "arabic-dot", (1,)),
        ("1 目标", "arabic", (1,)),
        ("2、目标", "arabic-comma", (2,)),
        ("1.2.3 同步链路", "decimal", (1, 2, 3)),
        ("1.1元数据管理", "decimal", (1, 1)),
        ("（4）回切", "arabic-bracket", (4,)),
        ("附录A 术语", "chapter", ()),
        ("附件1：设备清单", "chapter", (1,)),
        ("A.1 缩略语", "letter-decimal", (1,)),
    ],
)
def test_numbers_that_open_a_heading(text: str, scheme: str, number: tuple[int, ...]) -> None:
    found = numbering(text)
    assert found is not None
    assert (found.scheme, found.number) == (scheme, number)


@pytest.mark.parametrize(
    "text",
    [
        "3.5万条消息",
        "3.2GB内存",
        "2024年计划",
        "910B3 共 74 卡",
        "1.5倍冗余",
        "一般情况",
        "附录中的表",
        "99.9% 可用",
        "十九年的引擎",
    ],
)
def test_amounts_and_words_are_no_numbers(text: str) -> None:
    assert numbering(text) is None


def test_the_usual_chinese_order_nests() -> None:
    assert paths(
        "一、背景", "（一）现状", "1. 规模", "2. 问题", "（二）目标", "二、方案", "附录A 术语", "A.1 缩写"
    ) == [
        "1: 一、背景",
        "2: 一、背景 > （一）现状",
        "3: 一、背景 > （一）现状 > 1. 规模",
        "3: 一、背景 > （一）现状 > 2. 问题",
        "2: 一、背景 > （二）目标",
        "1: 二、方案",
        "1: 附录A 术语",
        "2: 附录A 术语 > A.1 缩写",
    ]


def test_decimals_nest_and_a_restarted_count_is_a_deeper_list() -> None:
    assert paths("1 总体", "1.1 范围", "1.1.1 系统", "1. 步骤", "2. 步骤", "1.2 约束", "2 设计") == [
        "1: 1 总体",
        "2: 1 总体 > 1.1 范围",
        "3: 1 总体 > 1.1 范围 > 1.1.1 系统",
        "4: 1 总体 > 1.1 范围 > 1.1.1 系统 > 1. 步骤",
        "4: 1 总体 > 1.1 范围 > 1.1.1 系统 > 2. 步骤",
        "2: 1 总体 > 1.2 约束",
        "1: 2 设计",
    ]


def test_mixed_schemes_nest_by_what_stands_above() -> None:
    assert paths("第一章 总则", "1.1 范围", "第二章 设计", "2.1 网络", "一、专线", "（一）带宽", "2.2 存储")[-3:] == [
        "3: 第二章 设计 > 2.1 网络 > 一、专线",
        "4: 第二章 设计 > 2.1 网络 > 一、专线 > （一）带宽",
        "2: 第二章 设计 > 2.2 存储",
    ]
    assert (
        paths("一、背景", "（一）规模", "1.1 数据", "二、方案", "1.1 链路", "（一）专线")[-1]
        == "2: 二、方案 > （一）专线"
    )
    assert paths("1、概述", "一、范围", "二、目标", "2、方案")[1:] == [
        "2: 1、概述 > 一、范围",
        "2: 1、概述 > 二、目标",
        "1: 2、方案",
    ]


def test_unnumbered_headings_hang_below_numbers_and_by_size() -> None:
    assert paths("修订记录", "一、背景", "数据同步", "网络", "二、方案")[1:] == [
        "1: 一、背景",
        "2: 一、背景 > 数据同步",
        "2: 一、背景 > 网络",
        "1: 二、方案",
    ]
    assert paths(("部署", 16), ("1. 步骤", 12), ("说明", 11), ("运维", 16)) == [
        "1: 部署",
        "2: 部署 > 1. 步骤",
        "3: 部署 > 1. 步骤 > 说明",
        "1: 运维",
    ]


def test_stated_levels_rule_and_unstated_ones_follow_below() -> None:
    path = HeadingPath()
    assert path.enter("总体", 1) == 1
    assert path.enter("（一）范围") == 2
    assert path.enter("细节", 3) == 3
    assert list(path.path) == ["总体", "（一）范围", "细节"]
    assert path.enter("设计", 1) == 1
    assert list(path.path) == ["设计"]


@pytest.mark.parametrize("text", ["一、项目背景", "（二）数据同步方案", "3.2 切换步骤", "第三章 部署", "附录B 术语"])
def test_a_strong_number_makes_a_plain_short_line_a_heading(text: str) -> None:
    assert looks_like_heading(text, emphasised=False)


@pytest.mark.parametrize(
    "text",
    [
        "1. 检查主备延迟",
        "（一）提供 7×24 小时服务；",
        "一、本项目完成双活改造，迁移消息 512 万条",
        "数据同步",
        "3.5万条",
        "1.1 客户：某城商行",
    ],
)
def test_lists_and_sentences_are_no_headings(text: str) -> None:
    assert not looks_like_heading(text, emphasised=False)


def test_emphasis_makes_headings_but_not_of_labels_dates_or_sentences() -> None:
    assert looks_like_heading("数据同步", emphasised=True)
    assert looks_like_heading("1. 切换步骤", emphasised=True)
    assert looks_like_heading("案例一：某城商行双活", emphasised=True)
    assert looks_like_heading("主要风险：", emphasised=True)
    for text in ("编制人：林岚", "2025年3月", "V1.2", "切换前必须确认延迟小于 1 秒。", "高，中，低", "——", "12 / 30"):
        assert not looks_like_heading(text, emphasised=True), text
    assert not looks_like_heading("Elasticsearch: 6.8.23", emphasised=True)
    assert not looks_like_heading("Spring Framework: v5.3", emphasised=True)
    assert looks_like_heading("Deployment Topology: Overview", emphasised=True)
