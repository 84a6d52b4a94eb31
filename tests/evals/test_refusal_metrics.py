"""Refusal metrics against values worked out by hand."""

import pytest

from evals.refusal_metrics import auc, refusal_scores


def test_auc_counts_the_pairs_in_right_order() -> None:
    # Of six pairs, .9 wins both, .5 wins one and ties one, .1 wins none: 3.5 / 6.
    assert auc([0.9, 0.5, 0.1], [0.5, 0.3]) == pytest.approx(3.5 / 6)


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "area"), [([2, 3], [0, 1], 1.0), ([0, 1], [2, 3], 0.0), ([1, 1], [1], 0.5)]
)
def test_auc_at_its_ends_and_at_chance(answerable: list[float], unanswerable: list[float], area: float) -> None:
    assert auc(answerable, unanswerable) == area


def test_auc_of_one_side_is_nothing() -> None:
    assert auc([], [1.0]) is None
    assert auc([1.0], []) is None


def test_refusal_scores_by_hand() -> None:
    refused = [True, True, True, False, False]
    answerable = [False, False, True, False, True]
    # Three refused, two of them rightly; three had to be.
    assert refusal_scores(refused, answerable) == pytest.approx({"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3})


def test_nothing_refused_has_no_precision() -> None:
    assert refusal_scores([False, False], [True, False]) == {"precision": None, "recall": 0.0, "f1": 0.0}


def test_nothing_to_refuse_has_no_recall() -> None:
    assert refusal_scores([False], [True]) == {"precision": None, "recall": None, "f1": None}
    assert refusal_scores([True], [True]) == {"precision": 0.0, "recall": None, "f1": 0.0}
