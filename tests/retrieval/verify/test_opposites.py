"""Negation and scope turned round."""

import pytest

from retrieval.verify.contraries import contrary
from retrieval.verify.opposites import is_side, negation_turned, scope_turned, stated_though_denied


@pytest.mark.parametrize(
    ("claimed", "source"),
    [("热数据保留180天", "冷数据保留180天"), ("采用半同步复制", "采用异步复制"), ("法律下线清单", "法律保留清单")],
)
def test_one_opposite_for_the_other(claimed: str, source: str) -> None:
    assert scope_turned(claimed, [source])
    assert scope_turned(source, [source]) is None


def test_the_nearest_words_that_take_a_side_decide() -> None:
    assert scope_turned("厦门只读", ["厦门只读", "北京主写"]) is None
    assert scope_turned("厦门只读", ["厦门", "北京主写"])


def test_what_says_both_sides_turns_nothing_round() -> None:
    assert scope_turned("冷数据与热数据分开", ["热数据"]) is None


@pytest.mark.parametrize(
    ("claimed", "source", "words"),
    [
        ("客服质检未上线", "客服质检已上线", ("客服", "质检", "上线")),
        ("客服质检上线", "客服质检未上线", ("客服", "质检", "上线")),
        ("可以重启实例", "不得重启任何实例,重启后无法解密", ("重启", "实例")),
        ("消息表还有动", "消息表还没有动", ("消息表",)),
        ("缺口5秒不继续", "旧主不可达时允许缺失5秒", ("缺口",)),
    ],
)
def test_what_one_denies_and_the_other_states(claimed: str, source: str, words: tuple[str, ...]) -> None:
    assert negation_turned(claimed, source, words)


@pytest.mark.parametrize(
    ("claimed", "source", "words"),
    [
        ("实例不得重启", "不得重启任何实例", ("重启", "实例")),
        ("RPO不超过5秒", "RPO为5秒", ("RPO",)),
        ("不同机房各一套", "两个机房各一套", ("机房",)),
    ],
)
def test_what_both_say_alike(claimed: str, source: str, words: tuple[str, ...]) -> None:
    assert negation_turned(claimed, source, words) is None


def test_the_words_that_are_sides() -> None:
    assert is_side("只读")
    assert not is_side("厦门")


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        ("文档一致率为0.037%", "文档不一致率为0.037%。"),
        ("巡检单188份入库", "手写巡检单188份未入库"),
        ("与切片有关", "与切片无关"),
    ],
)
def test_what_is_stated_and_only_denied_in_the_source(claimed: str, source: str) -> None:
    assert stated_though_denied(claimed, source) or contrary(claimed, source)


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        ("复核后一致", "初查不一致,复核后一致"),
        ("没有达标", "未达标"),
        ("切换达标", "第一次未达标,第二次达标"),
    ],
)
def test_what_the_source_states_too_or_the_claim_denies(claimed: str, source: str) -> None:
    assert stated_though_denied(claimed, source) is None


def test_a_denial_reaches_over_what_it_is_done_to() -> None:
    assert negation_turned("要调回0.42", '别把"拒答阈值"调回0.42', ("调回",)) == "调回"
