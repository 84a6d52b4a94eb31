"""Fusion: z-scores, the floor, weights, ties."""

from math import sqrt

import pytest

from ingest.index.store import Scored, VectorName
from retrieval.fuse import FEW, FLOOR, fuse

Lists = dict[VectorName, list[Scored]]
Weights = dict[VectorName, float]


def ranked(**scores: float) -> list[Scored]:
    return [Scored(name, score) for name, score in scores.items()]


def as_dict(fused: list[Scored]) -> dict[str, float]:
    return {one.id: one.score for one in fused}


def test_scores_are_weighted_z_scores() -> None:
    lists: dict[VectorName, list[Scored]] = {"dense": ranked(a=0.9, b=0.6, c=0.3), "words": ranked(b=8.0, a=4.0)}
    # dense: mean .6, deviation sqrt(.06); words, which found nothing of theirs in c: mean 4, deviation sqrt(32/3)
    z, lead = 0.3 / sqrt(0.06), 4 / sqrt(32 / 3)
    assert as_dict(fuse(lists, {"dense": 0.5, "words": 0.5})) == pytest.approx(
        {"a": 0.5 * z, "b": 0.5 * lead, "c": 0.5 * FLOOR + 0.5 * FLOOR}
    )


def test_the_only_hit_of_a_rare_word_leads() -> None:
    tail = {f"t{i}": 0.60 - i / 100 for i in range(20)}
    lists: Lists = {"dense": ranked(**tail, known=0.3), "words": ranked(known=12.0), "bigrams": ranked(known=12.0)}
    weights: Weights = {"dense": 0.4, "words": 0.3, "bigrams": 0.3}
    assert fuse(lists, weights)[0].id == "known"


def test_many_hits_are_a_population_of_their_own() -> None:
    words = ranked(**{f"w{i:02}": 10.0 - i / 10 for i in range(FEW + 1)})
    lists: Lists = {"dense": ranked(**{f"t{i:02}": 0.5 for i in range(40)}), "words": words}
    alone = as_dict(fuse({"words": words}, {"words": 1.0}))
    both = as_dict(fuse(lists, {"dense": 0.5, "words": 0.5}))
    assert both["w00"] == pytest.approx(0.5 * alone["w00"] + 0.5 * FLOOR)


def test_a_chunk_that_a_list_lacks_gets_the_floor() -> None:
    lists: dict[VectorName, list[Scored]] = {"dense": ranked(a=0.9, b=0.1), "words": ranked(c=5.0)}
    fused = as_dict(fuse(lists, {"dense": 0.5, "words": 0.5}))
    assert fused == pytest.approx({"a": 0.5 * 1 + 0.5 * FLOOR, "b": 0.5 * -1 + 0.5 * FLOOR, "c": 0.5 * FLOOR + 0.5 * 1})


def test_a_clear_lead_outweighs_a_narrow_one() -> None:
    tail = {f"t{i}": 0.50 - i / 1000 for i in range(20)}
    lists: dict[VectorName, list[Scored]] = {
        "dense": ranked(narrow=0.52, clear=0.51, **tail),
        "words": ranked(clear=30.0, narrow=9.0, **{name: 8.0 + score for name, score in tail.items()}),
    }
    assert fuse(lists, {"dense": 0.5, "words": 0.5})[0].id == "clear"


def test_only_weighted_lists_count() -> None:
    lists: dict[VectorName, list[Scored]] = {"dense": ranked(a=0.9, b=0.1), "words": ranked(b=9.0, c=1.0)}
    assert [one.id for one in fuse(lists, {"dense": 1.0})] == ["a", "b"]


def test_ties_are_ordered_by_id_whatever_the_order_given() -> None:
    forward, backward = ranked(b=1.0, a=1.0, c=1.0), ranked(c=1.0, a=1.0, b=1.0)
    assert fuse({"dense": forward}, {"dense": 1.0}) == fuse({"dense": backward}, {"dense": 1.0})
    assert [one.id for one in fuse({"dense": forward}, {"dense": 1.0})] == ["a", "b", "c"]


def test_empty_lists_give_nothing() -> None:
    assert fuse({"dense": [], "words": []}, {"dense": 0.5, "words": 0.5}) == []


def test_a_chunk_without_a_vector_is_judged_by_its_words_alone() -> None:
    words = ranked(a=9.0, shallow=8.0, b=2.0, c=1.0)
    lists: Lists = {"dense": ranked(a=0.8, b=0.7, c=0.6), "words": words}
    weights: Weights = {"dense": 0.5, "words": 0.5}
    assert [one.id for one in fuse(lists, weights, frozenset({"shallow"}))][:2] == ["a", "shallow"]
    scores = as_dict(fuse(lists, weights, frozenset({"shallow"})))
    assert scores["shallow"] == pytest.approx(as_dict(fuse({"words": words}, {"words": 1.0}))["shallow"])
    # Taken for far, it would stand level with what the words hardly know.
    assert as_dict(fuse(lists, weights))["shallow"] < scores["shallow"]


def test_the_dense_list_counts_by_the_share_it_could_know() -> None:
    lists: Lists = {"dense": ranked(d=0.9, a=0.1), "words": ranked(d=0.0, c=1.0, b=2.0, a=3.0)}
    weights: Weights = {"dense": 0.5, "words": 0.5}
    half = as_dict(fuse(lists, weights, frozenset("bc")))
    by_words, by_meaning = as_dict(fuse(lists, {"words": 1.0}))["d"], 1.0
    assert half["d"] == pytest.approx(0.25 * by_meaning + 0.75 * by_words)


def test_with_no_vector_at_all_the_order_is_that_of_the_words() -> None:
    lists: Lists = {"dense": [], "words": ranked(a=3.0, b=1.0), "bigrams": ranked(b=9.0)}
    weights: Weights = {"dense": 0.4, "words": 0.3, "bigrams": 0.3}
    by_words = fuse(lists, {"words": 0.5, "bigrams": 0.5})
    shallow = fuse(lists, weights, frozenset("ab"))
    assert [(one.id, round(one.score, 9)) for one in shallow] == [(one.id, round(one.score, 9)) for one in by_words]
