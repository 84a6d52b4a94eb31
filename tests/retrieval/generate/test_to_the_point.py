"""What answers nothing: questions said back, and true words about something else."""

import pytest

from retrieval.generate.to_the_point import is_beside, without_questions

BOTH = "SFT 一轮评估时说要跑多久，第一次实际跑了多久？"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("TP2 单卡吞吐还高一点，为什么不用？", ""),
        ("热备卡现在还剩 5 张。业务想借 4 张做个演示行不行？", "热备卡现在还剩 5 张。"),
        ("客户问“能借吗？”，温景明未批。", "客户问“能借吗？”，温景明未批。"),
        ("“能借吗？”", ""),
        ("RPO 不超过 5 秒", "RPO 不超过 5 秒"),
    ],
)
def test_sentences_that_ask_are_left_out(text: str, left: str) -> None:
    assert without_questions(text) == left


def test_claims_that_speak_of_no_part_are_beside_the_question() -> None:
    assert is_beside(BOTH, ["训练轮数为 3", "MFU 为 33.0%"])
    assert not is_beside(BOTH, ["评估时测算一轮 21.4 小时"])
    assert not is_beside("SFT 一轮要跑多久？", ["训练轮数为 3"])
