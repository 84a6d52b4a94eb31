"""How far the judge and the rules agree, counted by hand."""

import pytest

from evals.agreement import agreements
from tests.evals.runs import sample

FAITHFUL = "faithful to its own sources and to another answer's"


def test_agreement_is_over_the_answers_that_both_judged() -> None:
    samples = [
        sample("a", correct=1.0, judge_correct=1.0, citation_recall=1.0, judge_faithful=1.0),
        sample("b", correct=1.0, judge_correct=0.5, citation_recall=0.5, judge_faithful=0.0),
        sample("c", correct=0.0, judge_correct=0.0),
        sample("d", correct=0.0),
    ]
    found = agreements(samples)
    assert found["correct"].n == 3
    assert found["correct"].share == pytest.approx(2 / 3)
    assert found["correct"].kappa == pytest.approx(0.4)
    assert (found[FAITHFUL].share, found[FAITHFUL].kappa) == (1.0, 1.0)


def test_one_verdict_alone_has_no_kappa_and_no_judge_no_agreement() -> None:
    assert agreements([sample("a", correct=1.0, judge_correct=1.0)])["correct"].kappa is None
    assert agreements([sample("a", correct=1.0)]) == {}


def test_a_judge_that_always_says_yes_is_found_out_by_swapped_sources() -> None:
    own = {"judge_faithful": 1.0, "citation_recall": 1.0}
    yes = [sample(name, **own, judge_swapped=1.0, rule_swapped=0.0) for name in "ab"]
    right = [sample(name, **own, judge_swapped=0.0, rule_swapped=0.0) for name in "ab"]
    assert (agreements(yes)[FAITHFUL].share, agreements(yes)[FAITHFUL].kappa) == (0.5, None)
    assert (agreements(right)[FAITHFUL].n, agreements(right)[FAITHFUL].kappa) == (4, 1.0)
