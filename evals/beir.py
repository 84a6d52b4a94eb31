"""Retrieval and refusal scores on a BEIR-style folder: index its passages, ask its questions, compare."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from evals.beir_files import Query, Row, count_corpus, read_asked, read_corpus
from evals.modes import JUDGED, Gain, gain
from evals.progress import Watch, unwatched
from evals.rank_metrics import DEPTH, rank_scores
from evals.refusal_metrics import auc, refusal_scores
from evals.sample import mean_scores
from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta, Locator, Value
from ingest.embed import Embedder
from ingest.errors import UsageError
from ingest.index.store import Point, Store, VectorName
from ingest.lexical import sparse_vectors
from retrieval.fuse import fuse
from retrieval.search import WEIGHTS, Mode, Searcher, SearchResult

BATCH = 500
"""Passages embedded and written at once."""


@dataclass(frozen=True)
class Judgement:
    """How probable it is that a question can be answered, and whether it is refused."""

    answerability: float
    refused: bool


Judge = Callable[[str], Judgement]


class RefusalReport(Value):
    """How well refusals fall. `auc` is the answerability score's, `auc_of_top` the bare top score's of each list; the
    others are None where no judge was asked.
    """

    answerable: int
    unanswerable: int
    auc: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    auc_of_top: dict[str, float | None]


class BeirReport(Value):
    """Scores of each mode over the questions that have a gold passage. `refusal` is None when all have an answer.

    `gains`: hybrid against its better side, by metric, when all modes were scored. `seconds`: `embed` and `index` for
    the whole corpus, `query_p50` and `query_p95` for one question.
    """

    passages: int
    queries: int
    modes: dict[Mode, dict[str, float | None]]
    gains: dict[str, Gain]
    refusal: RefusalReport | None
    seconds: dict[str, float]


def evaluate(
    folder: Path,
    store: Store,
    embedder: Embedder,
    judge: Judge | None,
    *,
    modes: Sequence[Mode],
    limit: int | None = None,
    watch: Watch = unwatched,
) -> BeirReport:
    """Fill the empty `store` with the folder's passages, each one a chunk, and score its first `limit` questions.

    With several modes, hybrid must be among them: one search serves all. In sparse mode alone nothing is embedded.
    Without a `judge` only the top scores tell answerable questions from others. Raises `UsageError` for a malformed
    folder.
    """
    queries, relevant = read_asked(folder, limit)
    searched: Mode = "hybrid" if "hybrid" in modes else modes[0]
    passages, seconds = index_folder(folder, store, embedder if "dense" in WEIGHTS[searched] else None, watch)
    searcher = Searcher(store, embedder)
    # Of each question only scores are kept: its lists would take memory by the million of questions.
    rows: dict[Mode, list[dict[str, float]]] = {mode: [] for mode in modes}
    tops, taken = [], []
    for query in watch(queries, "search", len(queries)):
        started = perf_counter()
        try:
            result = searcher.search(query.text, DEPTH, searched)
        except UsageError:
            # A query without a word finds nothing, and ends no run.
            result = SearchResult(query.text, (), dict.fromkeys(WEIGHTS[searched], ()), {})
        taken.append(perf_counter() - started)
        tops.append({name: result.top(name) for name in result.lists})
        gold = {chunk_id(row_id) for row_id in relevant.get(query.id, ())}
        for mode in modes if gold else ():
            best = fuse(result.lists, WEIGHTS[mode])[:DEPTH]
            rows[mode].append(rank_scores([one.id in gold for one in best], len(gold)))
    if taken:
        seconds["query_p50"], seconds["query_p95"] = (round(float(np.percentile(taken, p)), 5) for p in (50, 95))
    gains = {metric: gain(rows, metric) for metric in JUDGED}
    return BeirReport(
        passages=passages,
        queries=len(queries),
        modes={mode: mean_scores(scores) for mode, scores in rows.items()},
        gains={metric: one for metric, one in gains.items() if one},
        refusal=_score_refusals(queries, tops, judge, watch),
        seconds=seconds,
    )


def index_folder(
    folder: Path, store: Store, embedder: Embedder | None, watch: Watch = unwatched
) -> tuple[int, dict[str, float]]:
    """Write the folder's passages into `store`, each one a chunk, read and written in batches so that any number fits.

    Without an embedder they are found by their words only. Returns how many there are, and the seconds of `embed` and
    `index`.
    """
    count, embedding, indexing = 0, 0.0, 0.0
    for rows in _batches(watch(read_corpus(folder), "index", count_corpus(folder))):
        begun = perf_counter()
        chunks = [chunk_of(row) for row in rows]
        texts = [chunk.embedding_text(row.title) for chunk, row in zip(chunks, rows, strict=True)]
        vectors = embedder.embed_passages(texts) if embedder else [None] * len(texts)
        embedded = perf_counter()
        store.upsert(
            [
                Point(chunk, document_of(row), vector, sparse)
                for chunk, row, vector, sparse in zip(chunks, rows, vectors, map(sparse_vectors, texts), strict=True)
            ]
        )
        count += len(rows)
        embedding += embedded - begun
        indexing += perf_counter() - embedded
    begun = perf_counter()
    if embedder:
        # What takes long is the graph of the dense vectors, a copy of the index beside it.
        store.optimize()
    indexing += perf_counter() - begun
    return count, {"embed": round(embedding, 3), "index": round(indexing, 3)}


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def chunk_of(row: Row) -> Chunk:
    """The chunk that a corpus row becomes."""
    place = Locator(kind="lines", line_start=1)
    return Chunk(
        id=chunk_id(row.id), document_id=row.id, seq=0, headings=(), spans=(Span(text=row.text, locator=place),)
    )


def document_of(row: Row) -> DocumentMeta:
    """The document that a corpus row becomes."""
    return DocumentMeta(id=row.id, title=row.title, path=row.id, format="txt")


def chunk_id(row_id: str) -> str:
    """The id of the chunk that a corpus row becomes."""
    return str(uuid5(NAMESPACE_URL, row_id))


def _score_refusals(
    queries: Sequence[Query], tops: Sequence[Mapping[VectorName, float]], judge: Judge | None, watch: Watch
) -> RefusalReport | None:
    if all(query.answerable for query in queries):
        return None
    answerable = [query.answerable for query in queries]
    judged = [judge(query.text) for query in watch(queries, "judge", len(queries))] if judge else []
    scores = refusal_scores([one.refused for one in judged], answerable) if judge else {}
    return RefusalReport(
        answerable=sum(answerable),
        unanswerable=len(queries) - sum(answerable),
        auc=_separation([one.answerability for one in judged], answerable) if judge else None,
        precision=scores.get("precision"),
        recall=scores.get("recall"),
        f1=scores.get("f1"),
        auc_of_top={name: _separation([top[name] for top in tops], answerable) for name in tops[0]},
    )


def _separation(scores: Sequence[float], answerable: Sequence[bool]) -> float | None:
    sides: dict[bool, list[float]] = {True: [], False: []}
    for score, may in zip(scores, answerable, strict=True):
        sides[may].append(score)
    return auc(sides[True], sides[False])
