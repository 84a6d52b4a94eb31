"""A list over all projects says which of them are not on it."""

from retrieval.names import Subject
from retrieval.silent import MOST_NAMED, silent
from retrieval.understood import Understood
from retrieval.units import units
from tests.retrieval.passages import document, passage, span

BANK, BROKER = Subject("禾川智算", frozenset({"bank"})), Subject("云澜双活", frozenset({"broker"}))
CHOSEN = list(units([passage(span("评估了 74 张 910B3。"), of=document("bank"))]))


def all_of(*subjects: Subject) -> Understood:
    return Understood("哪些项目用了 910B3", "用了 910B3", of_all=True, all_subjects=subjects)


def test_projects_without_a_word_in_the_answer_are_named() -> None:
    assert silent(all_of(BANK, BROKER), CHOSEN) == ["以下 1 个项目的文档中没有找到足够相符的内容：云澜双活"]


def test_nothing_is_said_where_all_have_one_or_nothing_is_answered_or_one_project_is_asked_for() -> None:
    assert silent(all_of(BANK), CHOSEN) == []
    assert silent(all_of(BANK, BROKER), []) == []
    assert silent(Understood("评了多少张", "评了多少张"), CHOSEN) == []


def test_of_very_many_only_some_are_named() -> None:
    many = [Subject(f"项目{n}", frozenset({f"d{n}"})) for n in range(MOST_NAMED + 5)]
    (note,) = silent(all_of(*many), CHOSEN)
    assert note.startswith(f"以下 {MOST_NAMED + 5} 个项目")
    assert note.endswith(f"项目{MOST_NAMED - 1} 等")
