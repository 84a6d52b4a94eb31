"""What is read out of a question's words, and that each such guess can be dropped by itself."""

from datetime import date

import pytest

from retrieval.glossary import Glossary
from retrieval.names import learn
from retrieval.understood import Understood, take_in
from tests.retrieval.passages import document

NAMES = learn(
    [
        document("first", "禾川银行算力评估表", project="禾川银行智算平台", version="V1.0", doc_type="算力评估"),
        document("last", "禾川银行算力评估表", project="禾川银行智算平台", version="终版", doc_type="算力评估"),
        document("cold", "玉衡证券迁移方案", project="玉衡证券冷热分离", customer="玉衡证券"),
        document("case", "云澜证券项目案例", project="云澜证券双活", doc_type="项目案例"),
    ],
    (),
)
QUESTION = "禾川银行终版的评估表里多少张卡"


def read(question: str, *dropped: str, history: tuple[str, ...] = ()) -> Understood:
    return take_in(question, history, NAMES, Glossary(), date(2026, 1, 1), dropped)


def keys(understood: Understood) -> set[str]:
    return {one.key for one in understood.guesses}


def test_all_guesses_are_told() -> None:
    assert {"project", "version"} <= keys(read(QUESTION))


def test_a_dropped_project_is_neither_told_nor_searched_by_itself() -> None:
    for dropped in ("project", "project=禾川银行智算平台"):
        found = read(QUESTION, dropped)
        assert "project" not in keys(found)
        assert not found.subjects
        assert "禾川银行" in found.topic
    assert read(QUESTION, "project=云澜证券双活").subjects


def test_a_dropped_version_prefers_nothing_and_leaves_the_others() -> None:
    for dropped in ("version", "version=终版"):
        found = read(QUESTION, dropped)
        assert keys(found) == keys(read(QUESTION)) - {"version"}
        assert all(one.guess.key != "version" for one in found.preferences)
        assert "终版" not in found.on_versions
    assert read(QUESTION, "version=V1.0") == read(QUESTION).__class__(
        **{**vars(read(QUESTION)), "dropped": frozenset({"version=V1.0"})}
    )


def test_a_dropped_history_leaves_the_question_as_it_stands() -> None:
    before = ("禾川银行评了多少张910B3",)
    assert "910B3" in read("那热备呢", history=before).question
    assert read("那热备呢", "history", history=before).question == "那热备呢"


def test_a_dropped_spelling_leaves_the_word_as_it_was_written() -> None:
    assert "spelling" in keys(read("玉恒的热库多大"))
    found = read("玉恒的热库多大", "spelling=玉衡")
    assert "spelling" not in keys(found)
    assert "玉恒" in found.question


@pytest.mark.parametrize("question", ["哪些项目用过910B3", "各项目的卡数"])
def test_a_question_for_all_projects_is_one(question: str) -> None:
    assert read(question).of_all
    assert not read(f"禾川银行{question}").of_all


def test_the_words_for_all_projects_are_no_topic() -> None:
    found = read("所有项目都用了多少张910B3，逐个列出")
    assert found.topic == "都用了多少张910B3"
    assert {one.name for one in found.all_subjects} == {"禾川银行智算平台", "玉衡证券冷热分离", "云澜证券双活"}
    assert read("禾川银行智算平台和云澜证券双活的RPO").topic == "的RPO"


def test_what_each_has_is_not_which_of_them() -> None:
    assert read("各项目的卡数").of_each
    assert not read("哪些项目用过910B3").of_each
    assert not read("禾川银行各项目的卡数").of_each


def test_a_dropped_version_is_dropped_however_it_is_written() -> None:
    assert "1.0" in read("禾川银行1.0版的评估表").on_versions
    assert "version" in keys(read("禾川银行1.0版的评估表"))
    assert "1.0" not in read("禾川银行1.0版的评估表", "version=V1.0").on_versions
