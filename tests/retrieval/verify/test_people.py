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


SIGNED = passage(row("接收人", "何聿安", line=2), row("监交人", "秦牧之", line=3), header=("角色", "姓名"))
CALLED = passage(row("陆知衡", "结算、报送"), header=("姓名", "管什么"), rank=2)
TODAY = passage(row("补偿程序", "陆知衡", "何聿安"), header=("事项", "责任/原", "责任/现"), rank=3)


@pytest.mark.parametrize(
    ("claim", "question", "is_true"),
    [
        ("接收人何聿安", "谁接手？", True),
        ("接收人秦牧之", "谁接手？", False),
        ("陆知衡接手", "谁接手？", False),
        ("补偿程序，何聿安", "补偿程序现在谁负责？", True),
        ("补偿程序，陆知衡", "补偿程序现在谁负责？", False),
        ("补偿程序的原责任人是陆知衡", "补偿程序原来谁负责？", True),
        ("补偿程序由岑知远负责", "补偿程序谁负责？", False),
    ],
)
def test_whose_role_no_word_gives_does_not_have_it(claim: str, question: str, is_true: bool) -> None:
    verdict = check(DraftClaim(text=claim, sources=(1, 2, 3)), [SIGNED, CALLED, TODAY], question)
    assert isinstance(verdict, Supported) is is_true


def test_a_stranger_in_a_sentence_is_noticed_and_a_team_is_none() -> None:
    told = passage(span("闻人清调去做别的，12月8日起祝东篱负责全部设计工作。"), span("应用方负责联调。", line=2))

    def stands(claim: str) -> bool:
        return isinstance(check(DraftClaim(text=claim, sources=(1,)), [told], "谁负责？"), Supported)

    assert stands("12月8日起祝东篱负责全部设计工作")
    assert not stands("12月8日起岑知远负责全部设计工作")
    assert stands("应用方负责联调")
