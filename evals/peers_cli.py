"""`caselore eval peers`: Caselore's retrieval beside other systems'."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.beir import chunk_id, chunk_of, index_folder
from evals.beir_files import read_asked, read_corpus
from evals.dataset import Split, load_questions
from evals.documents import empty_library, ids_by_path, keeping, reader
from evals.peers.contest import Contest, by_gold, by_qrels, contest
from evals.peers.embedding import Vectors
from evals.peers.peer import Peer, PeerPassage
from evals.sample import Scores
from evals.set_check import check_set
from evals.show import cell, console, watch
from ingest.errors import UsageError
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.answer import Passage
from retrieval.assistant import Assistant

app = typer.Typer()

_SHOWN = ("document_recall@5", "passage_recall@1", "passage_recall@5", "passage_ndcg@10")
_SHOWN_BEIR = ("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10")


@app.command()
def peers(
    name: Annotated[str, typer.Option("--set", help="Question set over the documents ingested.")] = "caselore",
    split: Annotated[Split, typer.Option(help="Tune on dev; look at test and whole only to report.")] = "dev",
    beir: Annotated[Path | None, typer.Option(help="A BEIR-style folder instead.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N questions of the folder.")] = None,
    vectors: Annotated[
        Vectors, typer.Option(help="The peers' vectors: the same as Caselore's (int8), or of the same model in fp32.")
    ] = "same",
    cache: Annotated[
        Path | None, typer.Option(help="File that keeps vectors for the next run (fp32 ones in a file beside it).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Score bare BM25, plain LlamaIndex and Haystack beside Caselore, on the same passages and questions."""
    settings = Settings()
    opened: AbstractContextManager[Library] = (
        empty_library(settings, cache) if beir else Library(settings, Holder("eval"))
    )
    with opened as library:
        others = _peers(library, vectors, cache)
        found = _on_folder(beir, limit, library, others) if beir else _on_library(name, split, library, others)
    if as_json:
        print(json.dumps(found.model_dump(), ensure_ascii=False))
    else:
        _show(found, console())


@dataclass(frozen=True)
class _Others:
    systems: Sequence[Peer]
    vectors: str


def _peers(library: Library, vectors: Vectors, cache: Path | None) -> _Others:
    try:
        from evals.peers.bm25 import BareBM25
        from evals.peers.embedding import SharedEmbedding, unquantised
        from evals.peers.haystack import HaystackBM25, HaystackHybrid
        from evals.peers.llamaindex import PlainLlamaIndex
    except ModuleNotFoundError as error:
        raise UsageError(f"The peers need {error.name}.", "Install them: pip install 'caselore[peers]'.") from error
    embedder = library.embedder if vectors == "same" else unquantised(library.settings)
    if cache and vectors != "same":
        # A file of its own: both are the same model by name and fingerprint.
        embedder = keeping(embedder, cache.with_suffix(f".fp32{cache.suffix}"))
    embedding = SharedEmbedding(embedder)
    told = f"{embedder.name}, {'the same vectors as Caselore' if vectors == 'same' else 'fp32'}"
    return _Others([BareBM25(), PlainLlamaIndex(embedding), HaystackBM25(), HaystackHybrid(embedding)], told)


def _on_library(name: str, split: Split, library: Library, others: _Others) -> Contest:
    questions = load_questions(name, split)
    check_set(questions, ids_by_path(library), reader(library))
    asked = [one for one in questions if one.gold]
    stored = list(library.store.scroll())
    known = {one.chunk.id: Passage(rank=0, score=0, chunk=one.chunk, document=one.document) for one in stored}
    passages = [PeerPassage(id=one.chunk.id, text=one.chunk.embedding_text(one.document.title)) for one in stored]
    texts = [one.question for one in asked]
    return _contest(f"{name}/{split}", library, others, passages, texts, by_gold(asked, known))


def _on_folder(folder: Path, limit: int | None, library: Library, others: _Others) -> Contest:
    queries, relevant = read_asked(folder, limit)
    queries = [one for one in queries if relevant.get(one.id)]
    index_folder(folder, library.store, library.embedder, watch)
    passages = [
        PeerPassage(id=chunk_id(row.id), text=chunk_of(row).embedding_text(row.title)) for row in read_corpus(folder)
    ]
    gold = [{chunk_id(one) for one in relevant[query.id]} for query in queries]
    return _contest(folder.name, library, others, passages, [query.text for query in queries], by_qrels(gold))


def _contest(
    name: str,
    library: Library,
    others: _Others,
    passages: Sequence[PeerPassage],
    questions: Sequence[str],
    score: Callable[[int, Sequence[str]], Scores],
) -> Contest:
    assistant = Assistant(library)

    def ours(question: str, k: int) -> list[str]:
        return [one.chunk.id for one in assistant.search(question, k).passages]

    return contest(name, ours, others.systems, passages, questions, score, others.vectors, watch)


def _show(found: Contest, console: Console) -> None:
    first = found.standings[0].metrics
    shown = [name for name in (*_SHOWN, *_SHOWN_BEIR) if name in first]
    console.print(f"{found.set}: {found.passages} passages, {found.n} questions with gold", highlight=False)
    console.print(f"dense vectors of the peers: {found.vectors}", highlight=False)
    table = Table(
        "system", *shown, "nDCG@10 − ours", "95 % interval", "p", "p50 ms", "p95 ms", box=None, header_style="bold"
    )
    for one in found.standings:
        gap = one.against_ours
        table.add_row(
            one.name,
            *(cell(one.metrics.get(name)) for name in shown),
            f"{gap.difference:+.3f}" if gap else "",
            f"{gap.low:+.3f} – {gap.high:+.3f}" if gap else "",
            f"{gap.p:.3f}" if gap else "",
            f"{one.p50_ms:.1f}",
            f"{one.p95_ms:.1f}",
        )
    console.print(table)
