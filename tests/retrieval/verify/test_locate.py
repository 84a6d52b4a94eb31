"""Where the words stand that a model says it quotes."""

from retrieval.verify.locate import likeness
from retrieval.verify.places import places
from tests.retrieval.passages import passage, span

FOUND = passage(span("会话类数据RPO不超过5秒。"), span("检索类数据用Kafka同步到两个站点。"))
PLACES = places(FOUND.chunk, FOUND.document)


def test_a_quote_speaks_for_its_place_only() -> None:
    first, second = likeness(["会话类数据RPO不超过5秒"], PLACES)
    assert first > 0.9
    assert second == 0


def test_a_sloppy_quote_does_too() -> None:
    _, second = likeness(["检索类数据 用 kafka 同步到二个站点"], PLACES)
    assert second > 0.7


def test_a_quote_of_nothing_speaks_for_none() -> None:
    assert likeness(["", "，", "合同金额三百万元整"], PLACES) == [0, 0]
