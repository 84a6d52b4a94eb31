"""People bound to their roles."""

import pytest

from retrieval.verify.check import check
from retrieval.verify.drafted import DraftClaim
from retrieval.verify.people import People
from retrieval.verify.verdict import Supported
from tests.retrieval.passages import passage, row, span

WORK = passage(
    row("一键切换平台", "陆知衡", "何聿安", line=2),
    row("数据库", "陆知衡", "秦牧之", line=3),
    header=("工作", "原负责人", "接手人"),
)
CONTACT = passage(row("厦门机房", "裴景行", "秦牧之（我方）"), header=("系统", "申请对象", "审批人"), rank=2)
DUTY = passage(span("上线保障期岑望舒到场。"), rank=3)


def supported(claim: str, question: str) -> bool:
    verdict = check(DraftClaim(text=claim, sources=(1, 2, 3)), [WORK, CONTACT, DUTY], question)
    return isinstance(verdict, Supported)


def test_people_are_those_in_columns_of_people() -> None:
    assert People([WORK, CONTACT]).named("陆知衡、裴景行、秦牧之、数据库、厦门") == {"陆知衡", "裴景行", "秦牧之"}


@pytest.mark.parametrize(
    ("claim", "question", "is_true"),
    [
        ("一键切换平台由何聿安接手", "一键切换平台谁接手？", True),
        ("一键切换平台由陆知衡接手", "一键切换平台谁接手？", False),
        ("数据库由何聿安接手", "数据库谁接手？", False),
        ("厦门机房向裴景行申请", "进厦门机房找谁？", True),
        ("厦门机房向秦牧之申请", "进厦门机房找谁？", False),
        ("上线保障期何聿安到场", "上线保障期谁到场？", False),
    ],
)
def test_a_person_stands_in_the_role_meant(claim: str, question: str, is_true: bool) -> None:
    assert supported(claim, question) is is_true


def test_who_hands_over_to_whom() -> None:
    handed = passage(row("陆知衡", "何聿安", "陆知衡交接给何聿安"), header=("移交人", "接收人", "说明"))
    told = passage(span("平台由陆知衡交接给何聿安。"), rank=2)
    for text, is_true in (("平台由陆知衡交接给何聿安", True), ("平台由何聿安交接给陆知衡", False)):
        verdict = check(DraftClaim(text=text, sources=(2,)), [handed, told], "平台交接给谁？")
        assert isinstance(verdict, Supported) is is_true
