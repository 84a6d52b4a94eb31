"""Rows and columns of a table."""

import pytest

from retrieval.verify.check import check
from retrieval.verify.drafted import DraftClaim
from retrieval.verify.places import Place, places
from retrieval.verify.rows import of_change, other_column, other_row
from retrieval.verify.statement import Part, clauses
from retrieval.verify.verdict import Supported
from tests.retrieval.passages import passage, row

NODES = passage(
    row("事前风控", "6台", "8台", "2", line=2),
    row("日志", "5台", "4台", "-1", line=3),
    row("合计", "11台", "12台", "1", line=4),
    header=("角色", "2506版", "2509版", "增减"),
)


def part(text: str) -> Part:
    return clauses(text)[0].parts[0]


def place(at: int) -> Place:
    return places(NODES.chunk, NODES.document)[at]


def test_a_column_that_the_claim_names_is_the_one_that_says_it() -> None:
    assert other_column(part("事前风控的增减为8台"), (), place(0))
    assert other_column(part("事前风控的增减为2"), (), place(0)) is None


def test_a_row_that_the_claim_names_is_the_one_that_says_it() -> None:
    assert other_row(part("日志有8台"), place(0))
    assert other_row(part("事前风控有8台"), place(0)) is None


DRILLS = passage(
    row("RTO", "10分00秒", "12分18秒", "8分42秒"), header=("指标", "耗时 / 预算", "耗时 / 第一次", "耗时 / 本次")
)


@pytest.mark.parametrize(("value", "is_true"), [("12分18秒", True), ("8分42秒", False), ("10分00秒", False)])
def test_an_ordinal_that_names_a_column_is_of_its_value(value: str, is_true: bool) -> None:
    verdict = check(DraftClaim(text=f"第一次RTO为{value}", sources=(1,)), [DRILLS], "第一次RTO是多少？")
    assert isinstance(verdict, Supported) is is_true


def test_the_sign_tells_the_direction_of_a_change() -> None:
    directions = [next(of_change(spot, place(at)) for spot in place(at).spots if spot.column == 3) for at in (0, 1)]
    assert directions == ["增加", "减少"]
    assert next(of_change(spot, place(0)) for spot in place(0).spots if spot.column == 1) == ""


@pytest.mark.parametrize(
    ("claim", "is_true"),
    [
        ("事前风控增加2", True),
        ("事前风控减少2", False),
        ("合计12台", True),
        ("合计8台", False),
        ("日志为4台", True),
        ("日志为4张卡", False),
    ],
)
def test_claims_of_a_table(claim: str, is_true: bool) -> None:
    verdict = check(DraftClaim(text=claim, sources=(1,)), [NODES], "2509版有多少台？")
    assert isinstance(verdict, Supported) is is_true
