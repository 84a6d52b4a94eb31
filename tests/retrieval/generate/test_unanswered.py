"""Questions of several parts: what no claim speaks of is told, what one does is not."""

import pytest

from retrieval.generate.unanswered import unanswered

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
