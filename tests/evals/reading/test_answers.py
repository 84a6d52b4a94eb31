"""Whether an answer says what a reading set's answer does: exact where an answer is short, whole tokens always."""

import pytest

from evals.reading.answers import LONG, answer_covered, answer_f1


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("由光荣和 ω-Force 开发。", "光荣和Ω-force"),
        ("他被授予“員佐勳章”。", "员佐勋章。"),
        ("共 5,000 人参加。", "5000人"),
        ("版本为 １.２。", "1.2"),
    ],
)
def test_width_case_blanks_and_punctuation_do_not_matter(text: str, answer: str) -> None:
    assert answer_covered(text, [answer]) == 1.0


@pytest.mark.parametrize(
    ("text", "answer"),
    [("共 13 人", "3"), ("版本为 1.23", "1.2"), ("wars", "war"), ("晋武帝", "晋文帝"), ("", "晋武帝")],
)
def test_a_part_of_a_number_or_a_word_is_not_said(text: str, answer: str) -> None:
    assert answer_covered(text, [answer]) == 0.0


def test_any_of_the_answers_is_enough_and_one_without_words_is_none() -> None:
    assert answer_covered("任天堂的村雨城", ["谜之村雨城", "村雨城"]) == 1.0
    assert answer_covered("任天堂的村雨城", ["……"]) == 0.0


def test_four_fifths_of_a_long_answer_are_enough_of_a_short_one_all() -> None:
    long = "先把面粉过筛再加入温水和成面团，盖上湿布静置半小时后分成小份。"
    assert len(long) > LONG
    assert answer_covered("答：" + long.replace("盖上", "盖好"), [long]) == 1.0
    assert answer_covered("先把面粉过筛再加入温水", [long]) == 0.0
    assert answer_covered("一九九一年六月五号", ["一九九一年六月五日"]) == 0.0


def test_f1_is_of_the_longest_common_run_best_over_claims_and_answers() -> None:
    # 5 tokens said, 4 wanted, 4 of them in one run.
    assert answer_f1(["是晋武帝司", "无关"], ["晋武帝司"]) == pytest.approx(8 / 9)
    assert answer_f1(["ABC 公司"], ["abc公司"]) == 1.0
    assert answer_f1(["甲乙"], ["丙丁"]) == answer_f1([], ["丙"]) == 0.0
