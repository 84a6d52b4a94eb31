"""Projects that a question calls by what they are about."""

from datetime import date

import pytest

from retrieval.glossary import Glossary
from retrieval.names import learn
from retrieval.understood import Understood, take_in
from tests.retrieval.passages import document

LIBRARY = [
    document("tickets", title="建设方案", customer="云澜证券", project="云澜证券工单系统升级项目"),
    document("cold", title="迁移方案", customer="玉衡证券", project="玉衡证券IM冷热分离项目", date="2025-03-01"),
    document("cold2", title="交接说明", customer="澜江证券", project="澜江证券IM双活与冷热分离项目"),
    document("sql", title="慢SQL治理记录", customer="禾川银行", project="禾川银行客服项目"),
    *(document(f"b{n}", customer=f"第{n}银行", project=f"第{n}银行智算平台项目") for n in range(5)),
]


def read(question: str, *dropped: str, history: tuple[str, ...] = ()) -> Understood:
    return take_in(question, history, learn(LIBRARY, ()), Glossary(), date(2026, 1, 1), dropped)


@pytest.mark.parametrize(
    ("question", "projects"),
    [
        ("工单系统那个项目的RPO是多少", {"云澜证券工单系统升级项目"}),
        ("做工单系统的那个项目谁负责", {"云澜证券工单系统升级项目"}),
        ("ＩＭ双活这个项目迁了多少", {"澜江证券IM双活与冷热分离项目"}),
        ("冷热分离那个项目迁了多少", set()),  # two fit: neither is guessed
        ("慢SQL那个案子怎么弄的", {"禾川银行客服项目"}),  # by a title, as no project is so called
        ("智算平台那个项目", set()),
        ("这个项目的RPO是多少", set()),
        ("食堂那个项目", set()),
        ("工单系统的RPO是多少", set()),  # a system, of whatever project
    ],
)
def test_what_a_description_fits(question: str, projects: set[str]) -> None:
    found = read(question)
    assert {one.name for one in found.subjects} == projects
    assert {one.value for one in found.guesses if one.key == "project"} == projects


def test_a_name_says_more_than_a_description() -> None:
    assert [one.name for one in read("玉衡的冷热分离那个项目").subjects] == ["玉衡证券IM冷热分离项目"]


def test_it_is_told_dropped_and_carried_on_like_a_name() -> None:
    question = "工单系统那个项目的RPO是多少"
    assert [one.words for one in read(question).guesses] == ["工单系统那个项目"]
    assert read(question).topic == "的RPO是多少"
    assert not read(question, "project").subjects
    assert read("那RTO呢", history=(question,)).subjects == read(question).subjects


def test_when_it_was_is_no_part_of_the_description() -> None:
    found = read("去年工单系统那个项目迁了多少")
    assert found.topic == "去年 迁了多少"
    assert [one.words for one in found.guesses] == ["工单系统那个项目"]
