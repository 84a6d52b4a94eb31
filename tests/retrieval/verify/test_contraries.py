"""A contrary in the company that the word has in the claim, and nowhere the word itself so."""

import csv
from pathlib import Path

import pytest

import retrieval.verify.contraries
from retrieval.verify.contraries import contrary
from retrieval.verify.verdict import Dropped, Supported
from tests.retrieval.verify.test_check import judged, text

_FILE = Path(retrieval.verify.contraries.__file__).with_name("contraries.csv")


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        ("占用4张热主卡", "占用4张热备卡。"),
        ("数据提供方脱敏前经专线推送", "数据提供方脱敏后经专线推送到网关。"),
        ("2个节假日内办结", "申请后2个工作日内办结。"),
        ("两地各6分片(1备1从)", "两地各6分片(1主1从)"),
        ("每 月三答疑", "每周三答疑"),
        ("借出前无法发布", "借出后无法发布"),
    ],
)
def test_a_contrary_in_the_same_words(claimed: str, source: str) -> None:
    found = contrary(claimed, source.replace(" ", ""))
    assert found
    assert found[1] in source
    assert contrary(source, source.replace(" ", "")) is None


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        ("切换前完成备份", "备份在切换后校验,切换前完成"),
        ("前端改造", "后续由前端改造"),
        ("会前通知", "会上讨论"),
    ],
)
def test_a_contrary_elsewhere_says_nothing(claimed: str, source: str) -> None:
    assert contrary(claimed, source) is None


def test_a_claim_with_a_contrary_is_dropped() -> None:
    source = text("借出后无法做灰度发布，故障占用4张热备卡。")
    assert isinstance(judged("故障占用4张热备卡", source), Supported)
    turned = judged("故障占用4张热主卡", source)
    assert isinstance(turned, Dropped)
    assert turned.cause == "scope"


def test_no_word_is_its_own_contrary() -> None:
    lines = [one for one in _FILE.read_text("utf-8").splitlines() if not one.startswith("#")]
    for group in csv.reader(lines):
        assert len(set(group)) == len(group) > 1
        assert all(one == one.strip() and one for one in group)
