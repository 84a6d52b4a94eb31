"""The two stores side by side: the same chunks and questions, the same lists."""

from uuid import uuid4

import numpy as np
import pytest

from ingest.index.open import drop_store, open_store
from ingest.index.store import Filter, Store, VectorName, VectorQuery
from ingest.settings import Settings
from tests.contract.conftest import HOLDER
from tests.contract.points import DIMENSIONS, dense, point, sparse

CHUNKS = 1500


def _fill(store: Store) -> None:
    random = np.random.default_rng(3)
    store.upsert(
        [
            point(
                str(n),
                random.standard_normal(DIMENSIONS).tolist(),
                _terms(random, 30),
                _terms(random, 60),
                document=f"d{n % 40}",
                project=f"p{n % 7}",
            )
            for n in range(CHUNKS)
        ]
    )


def _terms(random: np.random.Generator, count: int) -> dict[int, float]:
    return dict(zip((random.zipf(1.3, count) % 500).tolist(), random.random(count).tolist(), strict=True))


@pytest.mark.server
def test_both_stores_give_the_same_lists(settings: Settings, qdrant_url: str) -> None:
    on_server = settings.model_copy(update={"qdrant_url": qdrant_url, "collection": f"test-{uuid4().hex}"})
    edge, server = open_store(settings, DIMENSIONS, HOLDER), open_store(on_server, DIMENSIONS, HOLDER)
    _fill(edge)
    _fill(server)
    random = np.random.default_rng(4)
    narrow = Filter({"project": ("p1", "p2")}, frozenset({"d1", "d2"}))
    for where in (Filter(), narrow, Filter({"document_id": ("d5",)})):
        for _ in range(10):
            terms = sparse(_terms(random, 6))
            vectors: dict[VectorName, object] = {
                "dense": dense(*random.standard_normal(DIMENSIONS)),
                "words": terms,
                "bigrams": terms,
            }
            queries = [VectorQuery(name, vector, CHUNKS, where) for name, vector in vectors.items()]  # type: ignore[arg-type]
            for ours, theirs in zip(edge.search(queries), server.search(queries), strict=True):
                assert ours
                theirs_by_id = {one.id: one.score for one in theirs}
                assert {one.id for one in ours} == set(theirs_by_id)
                for one in ours:
                    assert one.score == pytest.approx(theirs_by_id[one.id], abs=1e-4)
        assert edge.count(where) == server.count(where)
        assert edge.facet("document_id", where) == server.facet("document_id", where)
    edge.close()
    server.close()
    drop_store(on_server, HOLDER)
