"""A run before the judge: an endpoint that stumbles loses one answer, one that is gone ends the run."""

from collections.abc import Sequence

import pytest

from evals.dataset import Question
from evals.judging import drawn, judge_all, unjudged
from evals.sample import Sample, Shown
from ingest.errors import ModelUnavailable
from tests.evals.runs import sample


def answered(name: str, path: str) -> Sample:
    cited = (Shown(path=path, place="", text=f"text of {path}"),)
    return sample(name).model_copy(update={"citations": cited})


class Scripted:
    """Fails on the ids named; notes what it was asked."""

    def __init__(self, *failing: str) -> None:
        self.asked: list[tuple[str, list[str]]] = []
        self._failing = failing

    def __call__(self, sample: Sample, foreign: Sequence[str]) -> Sample:
        self.asked.append((sample.id, list(foreign)))
        if sample.id in self._failing:
            raise ModelUnavailable("timeout", "hint")
        return sample.model_copy(update={"scores": {"judge_correct": 1.0}})


def test_answers_are_judged_with_the_sources_of_another_document() -> None:
    judge = Scripted()
    found = list(judge_all([answered("a", "x"), answered("b", "x"), answered("c", "y")], judge))
    assert [one.id for one in found] == ["a", "b", "c"]
    assert judge.asked == [("a", ["text of y"]), ("b", ["text of y"]), ("c", ["text of x"])]
    assert unjudged(found) == 0


def test_refusals_and_what_cannot_be_answered_are_not_judged() -> None:
    refused = sample("r").model_copy(update={"status": "refused"})
    tempted = sample("t").model_copy(update={"answerable": False})
    judge = Scripted()
    assert list(judge_all([refused, tempted], judge)) == [refused, tempted]
    assert judge.asked == []
    assert unjudged([refused, tempted]) == 0


def test_an_answer_the_endpoint_failed_on_is_left_out_and_says_so() -> None:
    found = list(judge_all([answered(name, name) for name in "abcde"], Scripted("b", "c", "e")))
    assert unjudged(found) == 3
    assert "not judged: timeout" in found[1].explanation
    assert found[3].scores == {"judge_correct": 1.0}


def test_an_endpoint_that_is_gone_ends_the_run_soon() -> None:
    judge = Scripted(*"bcdef")
    with pytest.raises(ModelUnavailable):
        list(judge_all([answered(name, name) for name in "abcdef"], judge))
    assert [name for name, _ in judge.asked] == ["a", "b", "c", "d"]


def question(name: str, kind: str) -> Question:
    return Question(id=name, question="？", kind=kind, answerable=False, gold=())


def test_a_sample_has_each_kind_in_its_share_and_keeps_the_order() -> None:
    kinds = ["b", "a", "b", "b"] * 5
    questions = [question(f"{n}", kind) for n, kind in enumerate(kinds)]
    picked = drawn(questions, 8)
    assert sorted(one.kind for one in picked) == ["a"] * 2 + ["b"] * 6
    assert [int(one.id) for one in picked] == sorted(int(one.id) for one in picked)
    assert picked == drawn(questions, 8)
    assert drawn(questions, None) == drawn(questions, 99) == questions
