"""Rank metrics against values worked out by hand."""

from math import log2

import pytest

from evals.rank_metrics import ndcg, rank_scores, recall, reciprocal_rank


def test_recall_asks_for_anything_relevant_among_the_first() -> None:
    hits = [False, False, True, True]
    assert [recall(hits, k) for k in (1, 2, 3, 10)] == [0.0, 0.0, 1.0, 1.0]


def test_reciprocal_rank_is_of_the_first_hit_within_the_cut() -> None:
    assert reciprocal_rank([False, True, True], 10) == 0.5
    assert reciprocal_rank([False, True], 1) == 0.0
    assert reciprocal_rank([], 10) == 0.0


def test_ndcg_by_hand() -> None:
    # Hits at ranks 1 and 3 of three relevant: (1 + 1/2) / (1 + 1/log2(3) + 1/2).
    assert ndcg([True, False, True, False], 3, 10) == pytest.approx(1.5 / (1.5 + 1 / log2(3)))
    assert ndcg([False, True], 1, 10) == pytest.approx(1 / log2(3))
    assert ndcg([False] * 10, 4, 10) == 0.0


def test_the_ideal_is_cut_where_the_ranking_is() -> None:
    # Twenty relevant, ten places, all hits: as good as it gets.
    assert ndcg([True] * 10, 20, 10) == pytest.approx(1.0)


def test_hits_past_the_cut_count_for_nothing() -> None:
    scores = rank_scores([False] * 10 + [True], 1)
    assert set(scores.values()) == {0.0}
    assert list(scores) == ["recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10"]


def test_a_question_without_anything_relevant_has_no_scores() -> None:
    with pytest.raises(ValueError, match="relevant"):
        rank_scores([False], 0)
