from dataclasses import replace

import numpy as np
import pytest

from ingest.index.store import Filter, Scored, Store, VectorName, VectorQuery
from tests.contract.points import chunk_id, dense, idf, point, sparse


def ask(store: Store, using: VectorName, vector: object, limit: int = 10, where: Filter = Filter()) -> list[Scored]:
    (ranked,) = store.search([VectorQuery(using, vector, limit, where)])  # type: ignore[arg-type]
    return ranked


def ids(ranked: list[Scored]) -> list[str]:
    return [one.id for one in ranked]


def test_a_dense_list_is_ranked_by_cosine(store: Store) -> None:
    store.upsert([point("far", (0, 0, 1, 0)), point("near", (3, 1, 0, 0)), point("same", (1, 0, 0, 0))])
    ranked = ask(store, "dense", dense(1, 0, 0, 0))
    assert ids(ranked) == [chunk_id("same"), chunk_id("near"), chunk_id("far")]
    assert [one.score for one in ranked] == pytest.approx([1, 3 / 10**0.5, 0], abs=1e-6)


def test_a_chunk_without_a_dense_vector_is_found_by_its_words_only(store: Store) -> None:
    worded = replace(point("worded", words={1: 1.0}), dense=np.empty(0, np.float32))
    store.upsert([worded, point("near", words={2: 1.0})])
    assert ids(ask(store, "dense", dense(1, 0, 0, 0))) == [chunk_id("near")]
    assert ids(ask(store, "words", sparse({1: 1.0}))) == [chunk_id("worded")]
    assert [one.chunk.id for one in store.retrieve([worded.chunk.id])] == [worded.chunk.id]


def test_a_sparse_list_is_ranked_by_weights_times_idf(store: Store) -> None:
    store.upsert(
        [
            point("both", words={1: 1.0, 2: 0.5}),
            point("common", words={1: 2.0}),
            point("other", words={1: 0.25, 3: 1.0}),
            point("none", words={9: 1.0}),
            point("wordless"),
        ]
    )
    ranked = ask(store, "words", sparse({1: 1.0, 2: 2.0}))
    # Four and not five: chunks without any term do not count.
    expected = {
        "both": idf(4, 3) + 2 * 0.5 * idf(4, 1),
        "common": 2 * idf(4, 3),
        "other": 0.25 * idf(4, 3),
    }
    assert ids(ranked) == [chunk_id(name) for name in expected], "and no chunk that shares no term"
    assert [one.score for one in ranked] == pytest.approx(list(expected.values()), abs=1e-5)


def test_a_rare_term_outweighs_a_common_one(store: Store) -> None:
    store.upsert([point(f"common {n}", words={1: 1.0}) for n in range(20)] + [point("rare", words={2: 1.0})])
    assert ids(ask(store, "words", sparse({1: 1.0, 2: 1.0})))[0] == chunk_id("rare")


def test_a_replaced_chunk_counts_once_in_idf(store: Store) -> None:
    points = [point("a", words={1: 1.0}), point("b", words={2: 1.0}), point("c", words={2: 1.0})]
    for _ in range(4):
        store.upsert(points)
    (only,) = ask(store, "words", sparse({1: 1.0}))
    assert only.score == pytest.approx(idf(3, 1), abs=1e-5)


def test_a_deleted_chunk_no_longer_counts_in_idf_once_optimized(store: Store) -> None:
    store.upsert([point(str(n), words={2: 1.0}, document="kept") for n in range(400)] + [point("one", words={1: 1.0})])
    store.upsert([point(f"gone {n}", words={1: 1.0}, document="gone") for n in range(400)])
    store.delete_documents(["gone"])
    store.optimize()
    (only,) = ask(store, "words", sparse({1: 1.0}))
    assert only.score == pytest.approx(idf(401, 1), abs=1e-5)


def test_several_lists_come_back_in_the_order_asked_for(store: Store) -> None:
    store.upsert(
        [point("d", (1, 0, 0, 0)), point("w", (0, 1, 0, 0), words={1: 1}), point("b", (0, 0, 1, 0), bigrams={1: 1})]
    )
    lists = store.search(
        [
            VectorQuery("bigrams", sparse({1: 1.0}), 10),
            VectorQuery("dense", dense(1, 0, 0, 0), 1),
            VectorQuery("words", sparse({1: 1.0}), 10),
        ]
    )
    assert [ids(ranked) for ranked in lists] == [[chunk_id("b")], [chunk_id("d")], [chunk_id("w")]]


def test_a_limit_cuts_the_list(store: Store) -> None:
    store.upsert([point(str(n), (n, 1, 0, 0)) for n in range(10)])
    assert ids(ask(store, "dense", dense(1, 0, 0, 0), limit=3)) == [chunk_id(str(n)) for n in (9, 8, 7)]
    assert len(ask(store, "dense", dense(1, 0, 0, 0), limit=1000)) == 10


def test_a_vector_without_terms_finds_nothing(store: Store) -> None:
    store.upsert([point("a", words={1: 1.0})])
    assert ask(store, "words", sparse({})) == []


def test_no_query_gets_no_list(store: Store) -> None:
    assert store.search([]) == []


def test_an_empty_store_finds_nothing(store: Store) -> None:
    lists = store.search([VectorQuery("dense", dense(1, 0, 0, 0), 10), VectorQuery("words", sparse({1: 1.0}), 10)])
    assert lists == [[], []]


def test_each_list_has_its_own_filter(store: Store) -> None:
    store.upsert([point("a", words={1: 1}, document="a"), point("b", words={1: 1}, document="b")])
    only_a, not_a = Filter({"document_id": ("a",)}), Filter(exclude_documents=frozenset({"a"}))
    lists = store.search(
        [
            VectorQuery("words", sparse({1: 1.0}), 10, only_a),
            VectorQuery("words", sparse({1: 1.0}), 10, not_a),
            VectorQuery("dense", dense(1, 0, 0, 0), 10, not_a),
        ]
    )
    assert [ids(ranked) for ranked in lists] == [[chunk_id("a")], [chunk_id("b")], [chunk_id("b")]]


def test_a_filter_does_not_change_scores(store: Store) -> None:
    store.upsert([point(str(n), words={1: 1.0}, document=str(n)) for n in range(5)] + [point("x", words={2: 1.0})])
    (only,) = ask(store, "words", sparse({1: 1.0}), where=Filter({"document_id": ("3",)}))
    assert only == Scored(chunk_id("3"), pytest.approx(idf(6, 5), abs=1e-5))  # type: ignore[arg-type]


def test_optimizing_changes_no_ranking(store: Store) -> None:
    random = np.random.default_rng(0)
    store.upsert(
        [
            point(
                str(n),
                random.standard_normal(4).tolist(),
                {int(t): 1.0 for t in random.integers(0, 50, 5)},
                document=str(n),
            )
            for n in range(1200)
        ]
    )
    store.delete_documents([str(n) for n in range(0, 1200, 3)])
    queries = [VectorQuery("dense", dense(1, 2, 3, 4), 20), VectorQuery("words", sparse({1: 1.0, 2: 1.0}), 1200)]
    dense_before, words_before = store.search(queries)
    store.optimize()
    dense_after, words_after = store.search(queries)
    assert ids(dense_after) == ids(dense_before)
    assert [one.score for one in dense_after] == pytest.approx([one.score for one in dense_before], abs=1e-5)
    assert set(ids(words_after)) == set(ids(words_before))
    assert store.count() == 800
