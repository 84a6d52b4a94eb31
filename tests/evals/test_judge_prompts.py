"""What models really reply, and what is made of it."""

import pytest

from evals.judge_prompts import read_score, read_verdict


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("YES", 1.0),
        ("no.", 0.0),
        ("回答：YES", 1.0),
        ("是", 1.0),
        ("不支持。资料说的是别的事", 0.0),
        ("不是", 0.0),
        ("NO，因为资料没有 YES 的依据", 0.0),
        ("<think>大概 YES 吧</think>\nNO", 0.0),
        ("资料不足", None),
        ("NOT sure", None),
        ("", None),
    ],
)
def test_a_verdict_is_the_first_yes_or_no(reply: str, verdict: float | None) -> None:
    assert read_verdict(reply) == verdict


@pytest.mark.parametrize(
    ("reply", "score", "why"),
    [
        ("4\n要点都在", 4.0, "要点都在"),
        ("4.5\n少一处", 4.5, "少一处"),
        ("5", 5.0, ""),
        ("分数：3 分。\n缺少数字", 3.0, "缺少数字"),
        ("4/5\n基本正确", 4.0, "/5\n基本正确"),
        ("<think>给 1 分？</think>5\n全对", 5.0, "全对"),
        ("10", None, "10"),
        ("0", None, "0"),
        ("5.5", None, "5.5"),
        ("很好", None, "很好"),
        ("", None, ""),
    ],
)
def test_a_score_is_the_first_number_from_1_to_5(reply: str, score: float | None, why: str) -> None:
    assert read_score(reply) == (score, why)
