"""What a question's words prefer."""

from datetime import date

import pytest

from retrieval.filters_from_words import preferences
from tests.retrieval.passages import document

DOCUMENTS = [
    document("handover", title="交接文档", doc_type="交接文档", date="2026-01-16", version="V1.1"),
    document("review", title="项目复盘报告", doc_type="复盘报告", date="2025-12-19"),
    document("first", title="算力评估表", doc_type="算力评估", date="2025-08-22", version="V1.0"),
    document("final", title="算力评估表", doc_type="算力评估", date="2025-10-15", version="终版"),
]


@pytest.mark.parametrize(
    ("question", "preferred"),
    [
        ("复盘里抽样差了几个", {"review"}),
        ("他走了谁接手", {"handover"}),
        ("V1.0 里评了多少", {"first"}),
        ("终版是多少张", {"final"}),
        ("去年的结论", {"review", "first", "final"}),
        ("2026年的安排", {"handover"}),
        ("RPO 是多少", set()),
        ("生产上用的哪个", set()),
    ],
)
def test_preferences(question: str, preferred: set[str]) -> None:
    found = preferences(question, DOCUMENTS, date(2026, 3, 1))
    assert set().union(*(one.documents for one in found)) == preferred


LIBRARY = [
    document("minutes", title="双活方案评审纪要", doc_type="会议纪要"),
    document("scheme", title="双活建设方案", doc_type="架构设计", version="V1.2"),
    document("mail", title="关于上线日期的更正", doc_type="邮件"),
    document("drill", title="灾备演练报告", doc_type="演练报告"),
    document("latency", title="风控引擎压测报告", doc_type="测试报告"),
    document("servers", title="信创资源清单", doc_type="算力评估", version="2509"),
    document("centre", title="数据平台系统文档", doc_type="运维手册"),
]


def guessed(question: str) -> dict[str, set[str]]:
    found = preferences(question, LIBRARY, date(2026, 3, 1))
    return {f"{one.guess.key}={one.guess.value}": set(one.documents) for one in found}


@pytest.mark.parametrize(
    "question",
    [
        "上线的时候谁值守",  # a time, of which the correction of a date tells nothing
        "所有项目的上线时间",
        "单笔风控的时延是多少",
        "风控时序图在哪",
        "数据中心在哪里",
        "数据中台用什么",
        "会议室在哪里",
        "会议系统谁负责",
        "从机会上看",
        "文档里面有没有说报价",
        "系统里有几个模块",
        "流程走了几步",
        "他向谁汇报",
        "测试案例有几个",
        "2509 元够吗",
        "双活上线要几天",
    ],
)
def test_words_that_only_look_like_pointing_point_at_nothing(question: str) -> None:
    assert guessed(question) == {}


@pytest.mark.parametrize(
    ("question", "key", "documents"),
    [
        ("方案会上谁反对", "title=方案", {"minutes"}),
        ("方案里怎么说", "title=方案", {"minutes", "scheme"}),
        ("演练的时候切了多久", "title=演练", {"drill"}),
        ("压测时第三张卡怎么了", "title=压测", {"latency"}),
        ("1.2 版改了什么", "version=V1.2", {"scheme"}),
        ("2509版本有多少台", "version=2509", {"servers"}),
        ("2509资源清单有多少台", "version=2509", {"servers"}),
    ],
)
def test_what_is_pointed_at_is_found(question: str, key: str, documents: set[str]) -> None:
    assert guessed(question)[key] == documents


def test_the_words_told_are_the_ones_that_point() -> None:
    (found,) = [one.guess for one in preferences("去年的演练里", LIBRARY, date(2026, 3, 1)) if one.guess.key == "title"]
    assert found.words == "演练里"
