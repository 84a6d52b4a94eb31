"""The form of an answer."""

import pytest

from ingest.terms import fold
from retrieval.answer_form import answer_form
from retrieval.asked import understand


def is_in(question: str, text: str) -> bool:
    return answer_form(question, understand(question)).is_in(fold(text))


@pytest.mark.parametrize(
    ("question", "stated", "beside"),
    [
        ("许可多少钱？", "许可合计38万元。", "许可共24个节点。"),
        ("许可什么时候到期？", "许可2026-08-09到期。", "许可到期后停止复制。"),
        ("切换花了多久？", "切换用时8分42秒。", "切换由平台执行。"),
        ("项目经理的手机号是多少？", "手机13800000000", "手机须登记。"),
        ("跳板机IP是多少？", "跳板机10.1.2.3", "跳板机1台"),
        ("故障谁来处理？", "由裴景行处理。", "故障已处理。"),
        ("备机放在哪里？", "备机在集美机房。", "备机每秒同步。"),
        ("专线是哪家的？", "专线由电信提供。", "专线有两条。"),
        ("等保几级？", "按等保三级建设。", "等保已测评。"),
        ("座席有多少？", "座席1,120个。", "座席在两地。"),
        ("利用率占比多少？", "占45%。", "利用率达标。"),
    ],
)
def test_what_is_asked_for_is_told_from_what_stands_beside_it(question: str, stated: str, beside: str) -> None:
    assert is_in(question, stated)
    assert not is_in(question, beside)


def test_a_number_of_the_question_is_no_answer_to_it() -> None:
    assert not is_in("910B3用了多少张？", "910B3不在范围内。")
    assert is_in("910B3用了多少张？", "910B3用了74张。")


def test_a_form_that_tells_more_stands_for_a_bare_number() -> None:
    assert not is_in("切换花了多少分钟？", "切换了12个分片。")


@pytest.mark.parametrize("question", ["双活为什么不用存储复制？", "ES怎么同步？", "差异是什么？"])
def test_a_question_without_a_form_lacks_nothing(question: str) -> None:
    assert is_in(question, "由于距离远。")
