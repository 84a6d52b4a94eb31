"""A question to passages: three ranked lists asked of the store in one round trip, fused, and the best read back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest import tracing
from ingest.embed import Embedder
from ingest.errors import EmptyQuestion
from ingest.index.store import Filter, Scored, SparseVector, Store, VectorName, VectorQuery
from ingest.lexical import sparse_query
from retrieval.answer import Passage
from retrieval.fuse import fuse
from retrieval.rerank import DEPTH as RERANKED
from retrieval.rerank import Reranker

Mode = Literal["hybrid", "dense", "sparse"]

WEIGHTS: Mapping[Mode, Mapping[VectorName, float]] = {
    "hybrid": {"dense": 0.4, "words": 0.3, "bigrams": 0.3},
    "dense": {"dense": 1.0},
    "sparse": {"words": 0.5, "bigrams": 0.5},
}
"""How much each list counts. nDCG@10 with the dense share at .2, .3, .4 and .5: engineering documentation .575 .582
.590 .577, search questions .979 .982 .987 .988, reading comprehension .992 .991 .992 .991, the own dev questions .676
.683 .672 .644 (any gold place counts); the better single list reaches .556, .971, .990 and .642. Nothing was tuned
finer; no rule that sets the share by the question held on a set it was not made on (docs/benchmarks.md).
"""

DEPTH = 100
"""Chunks asked of each list: the population that the z-scores describe."""


@dataclass(frozen=True)
class SearchResult:
    """Passages, best first, and what they were chosen from.

    `lists` holds each list as the store gave it, with raw scores (cosine; BM25): a refusal is judged by these, since
    fused scores say which passage is better and never whether any is good. `timings_ms` has `embed`, `search`, `fuse`,
    `read` and, with a reranker, `rerank`. `shallow` are chunks found by their words that have no dense vector yet.
    """

    question: str
    passages: tuple[Passage, ...]
    lists: Mapping[VectorName, tuple[Scored, ...]]
    timings_ms: Mapping[str, float]
    shallow: frozenset[str] = frozenset()

    def cosines(self) -> dict[str, float]:
        """The cosine to the question of each chunk near to it; those that have no vector are taken for the average."""
        known = {one.id: one.score for one in self.lists.get("dense", ())}
        unknown = self.shallow.difference(known) if known else ()
        return known | dict.fromkeys(unknown, sum(known.values()) / max(len(known), 1))

    def top(self, name: VectorName) -> float:
        """The best raw score in a list; 0 when the list is empty or was not asked for."""
        return max((one.score for one in self.lists.get(name, ())), default=0.0)


class Searcher:
    """Search over one store with the embedder its vectors were made by. Holds no state: threads may share it.

    With a `reranker`, hybrid search lets it reorder the best passages; a bare list stays as its side gave it.
    `is_shallow` says whether some chunks have no dense vector, so that hybrid search looks which (two lists more).
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        reranker: Reranker | None = None,
        is_shallow: Callable[[], bool] = lambda: False,
    ) -> None:
        self._is_shallow = is_shallow
        self._store = store
        self._embedder = embedder
        self._reranker = reranker

    def search(
        self,
        question: str,
        k: int = 10,
        mode: Mode = "hybrid",
        where: Filter = Filter(),
        also: Sequence[str] = (),
    ) -> SearchResult:
        """The `k` best passages for `question` among the chunks that `where` lets through. See `search_each`."""
        return self.search_each(question, k, mode, [where], also)[0]

    def search_each(
        self, question: str, k: int, mode: Mode, among: Sequence[Filter], also: Sequence[str] = ()
    ) -> list[SearchResult]:
        """The `k` best passages among the chunks that each of the filters lets through, in one round trip.

        `also` are other words for what the question says: the sparse lists look for them, too, with less weight.

        Raises `EmptyQuestion` when the question has no letter or digit, and the store's `UnavailableError`s.
        """
        with tracing.span("lexical"):
            sparse = sparse_query(question, also)
        if not any(len(vector.indices) for vector in sparse.values()):
            raise EmptyQuestion("The question has no words in it.", "Ask with at least one word, code or number.")
        clock = _Clock()
        depth = max(DEPTH, k)
        with clock.lap("embed"):
            vectors: dict[VectorName, NDArray[np.float32] | SparseVector] = {
                name: self._embedder.embed_query(question) if name == "dense" else sparse[name]
                for name in WEIGHTS[mode]
            }
        queries = [VectorQuery(name, vector, depth, where) for where in among for name, vector in vectors.items()]
        with clock.lap("search"):
            shallow_too = mode == "hybrid" and self._is_shallow()
            if shallow_too:
                lacking = [replace(where, lacks_dense=True) for where in among]
                queries += [
                    VectorQuery(name, vector, depth, where) for where in lacking for name, vector in sparse.items()
                ]
            tracing.note({"caselore.search.lists": len(queries)})
            answers = iter(self._store.search(queries))
            each = [{name: tuple(next(answers)) for name in vectors} for _ in among]
            shallow = [
                frozenset(one.id for _ in sparse for one in next(answers)) if shallow_too else frozenset()
                for _ in among
            ]
        reranker = self._reranker if mode == "hybrid" else None
        with clock.lap("fuse"):
            best = [
                fuse(lists, WEIGHTS[mode], without)[: max(k, RERANKED) if reranker else k]
                for lists, without in zip(each, shallow, strict=True)
            ]
        with clock.lap("read"):
            ids = dict.fromkeys(one.id for ranked in best for one in ranked)
            stored = {one.chunk.id: one for one in self._store.retrieve(list(ids))}
        # A chunk replaced between the two reads is gone: the others keep their order.
        passages = [
            tuple(
                Passage(rank=rank, score=one.score, chunk=stored[one.id].chunk, document=stored[one.id].document)
                for rank, one in enumerate((one for one in ranked if one.id in stored), start=1)
            )
            for ranked in best
        ]
        if reranker:
            with clock.lap("rerank"):
                passages = [reranker.rerank(question, found)[:k] for found in passages]
        return [
            SearchResult(question, found, lists, clock.laps_ms, without)
            for found, lists, without in zip(passages, each, shallow, strict=True)
        ]


class _Clock:
    def __init__(self) -> None:
        self.laps_ms: dict[str, float] = {}

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        started = perf_counter()
        with tracing.span(name):
            yield
        self.laps_ms[name] = round((perf_counter() - started) * 1000, 3)
