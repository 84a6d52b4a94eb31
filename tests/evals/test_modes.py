"""Hybrid against the better of its sides."""

import pytest

from evals.modes import Rows, gain
from retrieval.search import Mode


def rows(*values: float | None) -> Rows:
    return [{"ndcg@10": value} for value in values]


def test_the_side_that_is_better_on_the_whole_set_is_compared_with() -> None:
    scores: dict[Mode, Rows] = {
        "hybrid": rows(1.0, 0.5, 1.0),
        "dense": rows(1.0, 0.0, 0.0),
        "sparse": rows(0.0, 1.0, 0.6),
    }
    found = gain(scores, "ndcg@10")
    assert found is not None
    assert found.side == "sparse"
    assert found.difference.difference == pytest.approx((1.0 - 0.5 + 0.4) / 3)


def test_a_loss_beyond_chance_is_told() -> None:
    scores: dict[Mode, Rows] = {
        "hybrid": rows(*[0.5] * 20),
        "dense": rows(*[0.9] * 20),
        "sparse": rows(*[0.1] * 20),
    }
    found = gain(scores, "ndcg@10")
    assert found is not None
    assert found.side == "dense"
    assert found.difference.is_significant
    assert found.difference.high < 0


def test_a_side_that_was_not_scored_or_no_score_gives_none() -> None:
    assert gain({"hybrid": rows(1.0), "dense": rows(1.0)}, "ndcg@10") is None
    assert gain({"hybrid": rows(None), "dense": rows(None), "sparse": rows(None)}, "ndcg@10") is None
