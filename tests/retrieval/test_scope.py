"""Whose documents a question is about."""

from datetime import date

import pytest

from retrieval.glossary import Glossary
from retrieval.names import learn
from retrieval.scope import in_scope
from retrieval.understood import Understood, take_in
from tests.retrieval.passages import document, passage, span

BANK = document("bank", customer="星衡银行", project="星衡银行双活项目")
BROKER = document("broker", customer="澜江证券", project="澜江证券IM项目")
NEUTRAL = document("neutral")
FOUND = [passage(span("RPO不超过5秒。"), of=one, rank=rank) for rank, one in enumerate((BROKER, BANK, NEUTRAL), 1)]


def understood(question: str) -> Understood:
    return take_in(question, (), learn([BANK, BROKER, NEUTRAL], ()), Glossary(), date(2026, 1, 1))


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
    assert [one.document.id for one in in_scope(understood(question), FOUND)] == ids


def test_what_another_project_says_of_it_stays() -> None:
    told = passage(span("星衡当年用了 14 天。"), of=BROKER, rank=4)
    assert told in in_scope(understood("星衡用了几天"), [*FOUND, told])


def test_a_code_name_that_one_project_alone_uses_names_it() -> None:
    code_named = document("green", title="青禾建设方案", project="禾川智算项目", customer="禾川银行")
    other = document("other", title="双活设计", project="星衡双活项目", customer="星衡银行")
    found = [passage(span("Kafka 3.5.1。"), of=other), passage(span("平台建设。"), of=code_named, rank=2)]
    question = "青禾用的 Kafka 是什么版本？"
    assert [one.document.id for one in in_scope(Understood(question, question), found)] == ["green"]
