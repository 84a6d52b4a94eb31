"""Questions of several parts: what no claim speaks of is told, what one does is not."""

import pytest

from ingest.chunk import Span
from ingest.document import Locator
from retrieval.generate.unanswered import quotes_for, unanswered
from retrieval.units import Unit, units
from tests.retrieval.passages import passage

BOTH = "MindIE 和 vLLM-Ascend 单卡各多少 tokens/s？生产上用的哪个"


@pytest.mark.parametrize(
    ("question", "claims", "left"),
    [
        (BOTH, ["MindIE 单卡 150 tokens/s，vLLM-Ascend 单卡 128 tokens/s"], ["生产上用的哪个"]),
        (BOTH, ["MindIE 单卡 150 tokens/s", "vLLM-Ascend 128 tokens/s", "生产采用 MindIE"], []),
        ("MySQL 和 ES 分别怎么同步", ["MySQL 采用半同步复制"], ["ES怎么同步"]),
        # A verb alone may be put in other words (未超目标).
        ("RTO 是多少，达标没有", ["RTO 为 8 分 42 秒，未超目标"], []),
        ("RTO 是多少", ["共十二步"], []),
        ("切换定在哪天，由谁指挥", ["切换定在 12 月 6 日"], ["由谁指挥"]),
    ],
)
def test_parts_without_a_claim_are_left(question: str, claims: list[str], left: list[str]) -> None:
    assert [one.replace(" ", "").removeprefix("MindIEvLLM-Ascend") for one in unanswered(question, claims)] == left


def found(*texts: str) -> list[Unit]:
    return list(units([passage(*(Span(text=one, locator=Locator(kind="section")) for one in texts))]))


def test_what_is_passed_over_is_quoted_where_the_documents_speak_of_it() -> None:
    topic = "老系统谁接？上线那几天他还来不来"
    chosen = found("老系统由范承影接。", "过渡至4月10日，上线保障期岑望舒到场。", "机房在二号楼。")
    assert [one.text for one in quotes_for("上线那几天他还来不来", topic, chosen)] == [
        "过渡至4月10日，上线保障期岑望舒到场。"
    ]
    assert quotes_for("上线那几天他还来不来", topic, found("机房在二号楼。")) == []


def test_a_quote_names_the_kind_of_thing_asked_for() -> None:
    topic = "冷库几个节点，异地备份什么时候做完的"
    chosen = found("冷库共3个节点。", "异地备份没有做。", "异地备份于2026年2月13日做完。")
    assert [one.text for one in quotes_for("异地备份什么时候做完的", topic, chosen)] == [
        "异地备份于2026年2月13日做完。"
    ]
