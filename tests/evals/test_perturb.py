"""True statements said otherwise and false ones made of them."""

import pytest

from evals.perturb import made_false, said_otherwise


def test_the_same_in_another_width_unit_and_order() -> None:
    said = dict(said_otherwise("RPO不超过5秒，RTO不超过10分钟"))
    assert said["width"] == "ＲＰＯ不超过５秒，ＲＴＯ不超过１０分钟"
    assert said["unit rewritten"] == "RPO不超过5000毫秒，RTO不超过10分钟"
    assert said["order"] == "RTO不超过10分钟，RPO不超过5秒"


@pytest.mark.parametrize(
    ("text", "kind", "changed"),
    [
        ("需求74张910B3", "figure", "需求75张910B3"),
        ("需求74张910B3", "unit", "需求74台910B3"),
        ("需求74张910B3", "code", "需求74张910B4"),
        ("2026-02-06前完成", "date", "2026-02-07前完成"),
        ("RPO不超过5秒", "comparison", "RPO不低于5秒"),
        ("采用异步复制", "scope", "采用半同步复制"),
        ("客户不同意切站", "negation", "客户同意切站"),
        ("RPO不超过5秒", "absent attribute", "合同金额为5秒"),
    ],
)
def test_one_thing_is_changed(text: str, kind: str, changed: str) -> None:
    assert dict(made_false(text, text))[kind] == changed


def test_what_the_source_says_is_not_made_false() -> None:
    assert "figure" not in dict(made_false("需求7张", "需求7张，另有8张"))
    assert dict(made_false("需求7张", "需求7张，另有9张"))["figure"] == "需求8张"


@pytest.mark.parametrize(
    ("text", "kind"), [("达不到目标", "comparison"), ("会话检索16个最多", "comparison"), ("第二次未达标", "negation")]
)
def test_nonsense_is_not_counted_as_false(text: str, kind: str) -> None:
    changed = dict(made_false(text, "")).get(kind, "")
    assert "达超过" not in changed
    assert "至少" not in changed
    assert "未未" not in changed


@pytest.mark.parametrize(
    ("text", "kind", "changed"),
    [
        ("6卡作热备", "contrary", "6卡作热主"),
        ("全部由专线推送", "contrary", "部分由专线推送"),
        ("热备不应外借", "contradicted", "热备应外借"),
        ("信贷报告已完成", "contradicted", "信贷报告未完成"),
    ],
)
def test_general_words_are_turned_round(text: str, kind: str, changed: str) -> None:
    assert dict(made_false(text, text))[kind] == changed


def test_words_inside_of_longer_ones_are_left() -> None:
    assert "contradicted" not in dict(made_false("会话不超过5秒", ""))
