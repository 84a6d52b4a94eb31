"""`python -m evals.bench chunks DIR`: chunks a second into the index, ours beside a plain LlamaIndex pipeline in fp32.

Both get the same chunks (passages of a BEIR-style folder, spread over it) and the same model, in turns, so that other
work on the machine slows both alike. Ours: int8, three lists, Qdrant Edge. The peer: sentence-transformers, one list,
qdrant-client's local mode. Then ours with everything in the cache of embeddings, and with words only, as a fast ingest
writes them.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.qdrant import QdrantVectorStore
from qdrant_client import QdrantClient
from rich.table import Table

from evals.beir import chunk_of
from evals.beir_files import Row, read_corpus
from evals.show import console
from ingest.document import DocumentMeta
from ingest.embed import Embedder
from ingest.embed_cache import CachedEmbedder, EmbeddingCache
from ingest.embedders import load_embedder
from ingest.index.lock import Holder
from ingest.index.open import open_store
from ingest.index.store import Point, Store
from ingest.lexical import sparse_vectors
from ingest.models import resolve
from ingest.settings import Settings

BATCH = 32
"""Chunks at a time, as ingest takes them."""

_WARM_UP = 4
_CACHE_MB = 512


def main() -> None:
    """Measure in turns and print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench chunks", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--chunks", type=int, default=192)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    options = parser.parse_args()
    rows = list(read_corpus(options.folder))
    rows = rows[:: max(len(rows) // options.chunks, 1)][: options.chunks]
    with TemporaryDirectory(prefix="caselore-bench-") as work:
        settings = Settings().model_copy(
            update={"data_dir": Path(work), "models_dir": Settings().models_path, "qdrant_url": None}
        )
        embedder = load_embedder(settings.model_copy(update={"embed_cache_mb": 0}))
        cached = CachedEmbedder(embedder, EmbeddingCache(Path(work, "kept.sqlite3"), _CACHE_MB))
        store = open_store(settings, embedder.dimensions, Holder("bench"))
        peer = _peer(resolve(settings.embed_model, settings).folder, Path(work, "peer"))
        sides: dict[str, Callable[[Sequence[Row]], None]] = {
            "Caselore": lambda part: _write(part, embedder, store),
            "plain LlamaIndex, fp32": peer,
            "Caselore, embedded before": lambda part: _write(part, cached, store),
            "Caselore, words first (--fast)": lambda part: _write(part, None, store),
        }
        cached.embed_passages([_text(row) for row in rows])
        for side in sides.values():
            side(rows[:_WARM_UP])
        taken = {name: [0.0, 0.0] for name in sides}
        share = len(rows) // options.rounds
        for turn in range(options.rounds):
            for name, side in sides.items():
                wall, cpu = time.perf_counter(), time.process_time()
                side(rows[turn * share : (turn + 1) * share])
                taken[name][0] += time.perf_counter() - wall
                taken[name][1] += time.process_time() - cpu
        store.close()
        embedder.close()
    _show(taken, share * options.rounds, sum(len(row.text) for row in rows) / len(rows))
    if options.json:
        options.json.write_text(json.dumps({"chunks": share * options.rounds, "wall, cpu": taken}, indent=1), "utf-8")


def _text(row: Row) -> str:
    return chunk_of(row).embedding_text(row.title)


def _write(rows: Sequence[Row], embedder: Embedder | None, store: Store) -> None:
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        texts = [_text(row) for row in batch]
        vectors = embedder.embed_passages(texts) if embedder else [None] * len(texts)
        store.upsert(
            [
                Point(
                    chunk_of(row),
                    DocumentMeta(id=row.id, title=row.title, path=row.id, format="txt"),
                    vector,
                    sparse_vectors(text),
                )
                for row, vector, text in zip(batch, vectors, texts, strict=True)
            ]
        )


def _peer(model: Path, work: Path) -> Callable[[Sequence[Row]], None]:
    embedding = HuggingFaceEmbedding(model_name=str(model), device="cpu")
    store = QdrantVectorStore(collection_name="bench", client=QdrantClient(path=str(work)))
    pipeline = IngestionPipeline(transformations=[embedding], vector_store=store, disable_cache=True)

    def write(rows: Sequence[Row]) -> None:
        pipeline.run(nodes=[TextNode(text=_text(row)) for row in rows])

    return write


def _show(taken: dict[str, list[float]], chunks: int, characters: float) -> None:
    table = Table("into the index", "chunks/s", "ms of processor time a chunk", "ratio of chunks/s", box=None)
    peer = taken["plain LlamaIndex, fp32"][0]
    for name, (wall, cpu) in taken.items():
        table.add_row(name, f"{chunks / wall:.1f}", f"{cpu * 1000 / chunks:.1f}", f"{peer / wall:.2f}")
    out = console()
    out.print(f"{chunks} chunks of {characters:.0f} characters, load {os.getloadavg()[0]:.1f}", highlight=False)
    out.print(table)


if __name__ == "__main__":
    main()
