"""Whose documents a question is about."""

import pytest

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
    assert [one.document.id for one in in_scope(question, FOUND)] == ids


@pytest.mark.parametrize(
    ("firm", "short"),
    [("星衡银行股份有限公司", "星衡"), ("澜江证券", "澜江"), ("中银行", "中银行"), ("某集团", "某集团")],
)
def test_short_name(firm: str, short: str) -> None:
    assert short_name(firm) == short
