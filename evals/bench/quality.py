"""`python -m evals.bench quality DIR…`: what each way of searching finds, on public sets and the own questions.

DIR are BEIR-style folders (`python -m evals.bench aside` makes ones that no weight was chosen on). The own questions
are asked of the library in the data folder (`caselore ingest` first): dev, and as totals only the two splits that
nothing is chosen on, test and whole. With `--cache` the passages of the folders are embedded once; the next run takes
minutes less.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from evals.beir import evaluate
from evals.dataset import Question, Split, load_questions
from evals.documents import empty_library, ids_by_path, reader
from evals.gold_metrics import passage_scores
from evals.modes import JUDGED, Gain, gain
from evals.sample import mean_scores
from evals.set_check import check_set
from evals.show import cell, console, watch
from ingest.embed import Embedder
from ingest.embed_cache import CachedEmbedder, EmbeddingCache
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.asking import Asking
from retrieval.assistant import Assistant
from retrieval.search import WEIGHTS, Mode

SPLITS: tuple[Split, ...] = ("dev", "test", "whole")
DEPTH = 50
_CACHE_MB = 4096


def main() -> None:
    """Score every set in every mode and print one table."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench quality", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    parser.add_argument("--no-own", action="store_true", help="leave the own questions out")
    parser.add_argument("--cache", type=Path, help="file that keeps the passages' vectors for the next run")
    parser.add_argument("--limit", type=int, help="only the first N questions of each folder")
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    options = parser.parse_args()
    settings = Settings()
    found = {}
    for split in () if options.no_own else SPLITS:
        found[f"caselore/{split}"] = _own(load_questions("caselore", split), f"caselore/{split}", settings)
    for folder in options.folders:
        found[folder.name] = _public(folder, settings, options.cache, options.limit)
    console().print(_table(found))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), "utf-8")


def _own(questions: Sequence[Question], name: str, settings: Settings) -> dict[str, Any]:
    asked = [one for one in questions if one.gold]
    with Library(settings, Holder("eval")) as library:
        check_set(questions, ids_by_path(library), reader(library))
        assistant = Assistant(library)
        rows: dict[Mode, list[dict[str, float | None]]] = {mode: [] for mode in WEIGHTS}
        for question in watch(asked, name, len(asked)):
            for mode, scores in rows.items():
                asking = Asking(question.question, history=question.history)
                passages = assistant.search(asking, DEPTH, mode).passages
                named = passage_scores(question, passages)[0]
                scores.append({name.removeprefix("passage_"): value for name, value in named.items()})
        held = library.store.count()
    gains = {metric: gain(rows, metric) for metric in JUDGED}
    return _figures(held, len(asked), {mode: mean_scores(scores) for mode, scores in rows.items()}, gains)


def _public(folder: Path, settings: Settings, cache: Path | None, limit: int | None) -> dict[str, Any]:
    with empty_library(settings) as library:
        embedder: Embedder = library.embedder
        if cache:
            embedder = CachedEmbedder(embedder, EmbeddingCache(cache, _CACHE_MB))
        report = evaluate(folder, library.store, embedder, None, modes=list(WEIGHTS), limit=limit, watch=watch)
    questions = max((one.difference.n for one in report.gains.values()), default=0)
    return _figures(report.passages, questions, report.modes, report.gains)


def _figures(passages: int, questions: int, modes: Any, gains: Any) -> dict[str, Any]:
    told = {metric: one.model_dump() for metric, one in gains.items() if one}
    return {"passages": passages, "questions": questions, "modes": modes, "gains": told}


def _table(found: dict[str, dict[str, Any]]) -> Table:
    metrics = ("recall@1", "recall@5", "recall@10", "ndcg@10")
    table = Table("set (passages, questions)", "mode", *metrics, "hybrid − better side: nDCG@10", "recall@5", box=None)
    for name, one in found.items():
        for at, (mode, scores) in enumerate(one["modes"].items()):
            label = f"{name} ({one['passages']:,}, {one['questions']:,})" if at == 0 else ""
            told = [_gap(one["gains"].get(metric)) for metric in JUDGED] if at == 0 else ["", ""]
            table.add_row(label, mode, *(cell(scores.get(metric)) for metric in metrics), *told)
    return table


def _gap(gained: Any) -> str:
    if not gained:
        return ""
    one = Gain.model_validate(gained)
    gap = one.difference
    return f"{gap.difference:+.3f} ({gap.low:+.3f} – {gap.high:+.3f}) p {gap.p:.3f}, {one.side}"


if __name__ == "__main__":
    main()
