"""Whose documents a question is about."""

import pytest

from retrieval.asked import understand
from retrieval.scope import in_scope, short_name
from tests.retrieval.passages import document, passage, span

BANK = document("bank", customer="星衡银行", project="星衡银行双活项目")
BROKER = document("broker", customer="澜江证券", project="澜江证券IM项目")
NEUTRAL = document("neutral")
FOUND = [passage(span("RPO不超过5秒。"), of=one, rank=rank) for rank, one in enumerate((BROKER, BANK, NEUTRAL), 1)]


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("星衡银行的 RPO", ["bank", "neutral"]),
        ("星衡的 RPO", ["bank", "neutral"]),
        ("澜江和星衡的 RPO", ["broker", "bank", "neutral"]),
        ("RPO 是多少", ["broker", "bank", "neutral"]),
    ],
)
def test_in_scope(question: str, ids: list[str]) -> None:
    assert [one.document.id for one in in_scope(understand(question), question, FOUND)] == ids


@pytest.mark.parametrize(
    ("firm", "short"),
    [("星衡银行股份有限公司", "星衡"), ("澜江证券", "澜江"), ("中银行", "中银行"), ("某集团", "某集团")],
)
def test_short_name(firm: str, short: str) -> None:
    assert short_name(firm) == short


def test_documents_of_the_same_project_stay_without_a_customer() -> None:
    bare = document("bare", project="星衡银行双活项目")
    found = [*FOUND, passage(span("切换手册。"), of=bare, rank=4)]
    kept = in_scope(understand("星衡银行的切换手册"), "星衡银行的切换手册", found)
    assert "bare" in [one.document.id for one in kept]


def test_a_code_name_that_one_project_alone_uses_names_it() -> None:
    question = "青禾用的 Kafka 是什么版本？"
    code_named = document("green", title="青禾建设方案", project="禾川智算项目", customer="禾川银行")
    other = document("other", title="双活设计", project="星衡双活项目", customer="星衡银行")
    found = [passage(span("Kafka 3.5.1。"), of=other), passage(span("平台建设。"), of=code_named, rank=2)]
    assert [one.document.id for one in in_scope(understand(question), question, found)] == ["green"]
