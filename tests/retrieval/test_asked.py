"""What a question asks for."""

import pytest

from retrieval.asked import understand


def terms(question: str) -> list[str]:
    return [term.text for term in understand(question).terms]


def test_codes_are_terms_and_question_words_are_not() -> None:
    assert terms("910B3 到底评了多少张卡？")[0] == "910b3"
    assert not {"多少", "到底", "的"} & set(terms("910B3 到底评了多少张卡？"))


def test_a_term_counts_once() -> None:
    assert terms("RPO 和 rpo") == ["rpo"]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("评了多少张卡？", "quantity"),
        ("MySQL 的 RPO 要求是？", "quantity"),
        ("灾备演练是什么时候做的？", "time"),
        ("现在谁负责监控？", "person"),
        ("切换有哪些步骤？", "list"),
        ("ES 跨站点怎么同步？", "list"),
        ("双活的目标", "other"),
    ],
)
def test_kind(question: str, kind: str) -> None:
    assert understand(question).kind == kind


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("评了多少张卡？", "共评估 74 张。", "卡由厂商提供。"),
        ("什么时候演练？", "2025年12月13日演练。", "演练顺利完成。"),
        ("谁接手监控？", "监控由陈立负责。", "监控已经接入平台。"),
    ],
)
def test_fits(question: str, right: str, wrong: str) -> None:
    asked = understand(question)
    assert asked.fits(right)
    assert not asked.fits(wrong)


def test_the_unit_asked_for() -> None:
    asked = understand("评了多少张卡？")
    assert asked.unit == "张"
    assert asked.names_unit("共 74 张")
    assert not asked.names_unit("共 74 台")


def test_codes_joined_by_a_stroke_are_two_things() -> None:
    assert terms("RPO/RTO 是多少") == ["rpo", "rto"]
