"""The thing asked about most closely."""

import pytest

from retrieval.asked import understand
from retrieval.focus import focus


@pytest.mark.parametrize(
    ("question", "closest"),
    [
        ("这套平台的报价是多少？", "报价"),
        ("石景山职场现在有多少座席？", "座席"),
        ("400中继是哪家运营商的？", "运营商"),
        ("平台上线后网点满意度多少", "满意度"),
        ("服务器不算，许可有几套", "许可"),
    ],
)
def test_it_stands_next_to_the_asking_word(question: str, closest: str) -> None:
    found = focus(question, understand(question))
    assert found is not None
    assert found.text == closest


@pytest.mark.parametrize("question", ["RPO不超过5秒", "多少？"])
def test_a_question_without_one_has_none(question: str) -> None:
    assert focus(question, understand(question)) is None
