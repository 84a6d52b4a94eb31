"""`python -m evals.bench retrieval DIR…`: one question's way through the search, by stage, on 20 000 chunks, warm.

The chunks are the passages of BEIR-style folders, from the start again when they are too few. The store's part is held
against qdrant-client's local mode (in memory, its faster way) with the same vectors and the same three lists.
"""

import argparse
import json
import os
import time
from collections.abc import Iterator, Sequence
from itertools import count as rounds
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qdrant_client import QdrantClient, models
from rich.table import Table

from evals.beir import chunk_of
from evals.beir_files import Row, read_corpus, read_queries
from evals.bench.measure import percentile
from evals.show import console, watch
from ingest.document import DocumentMeta
from ingest.embed import Embedder
from ingest.embed_cache import CachedEmbedder, EmbeddingCache
from ingest.index.lock import Holder
from ingest.index.store import SPARSE_VECTORS, Point, SparseVector, Store
from ingest.lexical import sparse_query, sparse_vectors
from ingest.library import Library
from ingest.settings import Settings
from retrieval.search import DEPTH, Searcher

BATCH = 500
PEER_QUESTIONS = 10
_CACHE_MB = 4096
_WARM_UP = 5


def main() -> None:
    """Fill both stores, ask, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench retrieval", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--chunks", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--cache", type=Path, help="file that keeps the passages' vectors for the next run")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    options = parser.parse_args()
    questions = [one.text for folder in options.folders for one in read_queries(folder, options.questions)]
    questions = questions[:: max(len(questions) // options.questions, 1)][: options.questions]
    with TemporaryDirectory(prefix="caselore-bench-") as work:
        settings = Settings().model_copy(
            update={"data_dir": Path(work), "models_dir": Settings().models_path, "qdrant_url": None}
        )
        with Library(settings, Holder("bench"), create=True) as library:
            embedder: Embedder = library.embedder
            if options.cache:
                embedder = CachedEmbedder(embedder, EmbeddingCache(options.cache, _CACHE_MB))
            peer = None if options.no_peer else _peer(embedder.dimensions)
            rows = watch(_rows(options.folders, options.chunks), "index", options.chunks)
            for batch in _batches(rows):
                points = _points(batch, embedder)
                library.store.upsert(points)
                if peer:
                    peer.upsert("bench", [_peer_point(point) for point in points])
            library.store.optimize()
            found = _ours(questions, library.store, embedder)
            found["peer"] = _ask_peer(peer, questions[:PEER_QUESTIONS], embedder) if peer else None
    found["chunks"], found["load"] = options.chunks, os.getloadavg()[0]
    _show(found)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), "utf-8")


def _rows(folders: Sequence[Path], count: int) -> Iterator[Row]:
    rows = (Row(_id=f"{turn}-{row.id}", title=row.title, text=row.text) for turn in rounds() for row in _all(folders))
    return islice(rows, count)


def _all(folders: Sequence[Path]) -> Iterator[Row]:
    return (row for folder in folders for row in read_corpus(folder))


def _batches(rows: Any) -> Iterator[list[Row]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _points(rows: Sequence[Row], embedder: Embedder) -> list[Point]:
    chunks = [chunk_of(row) for row in rows]
    texts = [chunk.embedding_text(row.title) for chunk, row in zip(chunks, rows, strict=True)]
    metas = [DocumentMeta(id=row.id, title=row.title, path=row.id, format="txt") for row in rows]
    made = zip(chunks, metas, embedder.embed_passages(texts), map(sparse_vectors, texts), strict=True)
    return [Point(chunk, meta, vector, sparse) for chunk, meta, vector, sparse in made]


def _ours(questions: Sequence[str], store: Store, embedder: Embedder) -> dict[str, Any]:
    searcher = Searcher(store, embedder)
    for question in questions[:_WARM_UP]:
        searcher.search(question)
    stages: dict[str, list[float]] = {}
    before = time.process_time()
    for question in questions:
        started = time.perf_counter()
        timings = searcher.search(question).timings_ms
        for name, value in (*timings.items(), ("whole", (time.perf_counter() - started) * 1000)):
            stages.setdefault(name, []).append(value)
    cpu_ms = (time.process_time() - before) * 1000 / len(questions)
    summary = {name: {f"p{p}": percentile(values, p) for p in (50, 95)} for name, values in stages.items()}
    return {"stages, ms": summary, "cpu, ms a question": cpu_ms, "questions": len(questions)}


def _peer(dimensions: int) -> QdrantClient:
    client = QdrantClient(":memory:")
    client.create_collection(
        "bench",
        vectors_config={"dense": models.VectorParams(size=dimensions, distance=models.Distance.COSINE)},
        sparse_vectors_config={
            name: models.SparseVectorParams(modifier=models.Modifier.IDF) for name in SPARSE_VECTORS
        },
    )
    return client


def _peer_point(point: Point) -> models.PointStruct:
    vectors: dict[str, models.Vector] = {name: _sparse(vector) for name, vector in point.sparse.items()}
    if point.dense is not None:
        vectors["dense"] = point.dense.tolist()
    payload = {"text": point.chunk.text, "title": point.document.title}
    return models.PointStruct(id=point.chunk.id, vector=vectors, payload=payload)


def _sparse(vector: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=vector.indices.tolist(), values=vector.values.tolist())


def _ask_peer(client: QdrantClient, questions: Sequence[str], embedder: Embedder) -> dict[str, float]:
    taken = []
    for question in questions:
        vectors = {"dense": embedder.embed_query(question).tolist()}
        vectors |= {name: _sparse(vector) for name, vector in sparse_query(question).items()}
        requests = [models.QueryRequest(query=one, using=name, limit=DEPTH) for name, one in vectors.items()]
        started = time.perf_counter()
        client.query_batch_points("bench", requests)
        taken.append((time.perf_counter() - started) * 1000)
    return {f"p{p}": percentile(taken, p) for p in (50, 95)}


def _show(found: dict[str, Any]) -> None:
    table = Table("one question, ms", "p50", "p95", box=None)
    for name, one in found["stages, ms"].items():
        table.add_row(name, f"{one['p50']:.1f}", f"{one['p95']:.1f}")
    if found["peer"]:
        table.add_row("qdrant-client, local mode: search", f"{found['peer']['p50']:.0f}", f"{found['peer']['p95']:.0f}")
        ratios = [found["peer"][p] / found["stages, ms"]["search"][p] for p in ("p50", "p95")]
        table.add_row("ratio of the store part", *(f"{ratio:.0f}×" for ratio in ratios))
    out = console()
    out.print(
        f"{found['chunks']:,} chunks, {found['questions']} questions, load {found['load']:.1f}, "
        f"{found['cpu, ms a question']:.1f} ms of processor time a question",
        highlight=False,
    )
    out.print(table)


if __name__ == "__main__":
    main()
