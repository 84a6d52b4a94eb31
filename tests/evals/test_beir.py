"""A BEIR-style folder scored end to end on a real embedded store."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.beir import BeirReport, Judgement, evaluate
from ingest.errors import UsageError
from ingest.index.lock import Holder
from ingest.index.store import VectorQuery
from ingest.library import Library
from ingest.settings import Settings
from retrieval.search import Mode


class Mute:
    """An embedder that must not be asked."""

    name, fingerprint, dimensions = "mute", "mute", 512

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        raise AssertionError(text)

    def close(self) -> None: ...


def judge(question: str) -> Judgement:
    """Answers what has a figure in it, and is sure of that."""
    return Judgement(0.9 if "910" in question else 0.2 if "菜单" in question else 0.1, refused="910" not in question)


def score(folder: Path, settings: Settings, modes: list[Mode], limit: int | None = None) -> BeirReport:
    with Library(settings, Holder("test"), create=True) as library:
        return evaluate(folder, library.store, library.embedder, judge, modes=modes, limit=limit)


def test_every_mode_is_scored_over_the_questions_with_gold(folder: Path, settings: Settings) -> None:
    report = score(folder, settings, ["hybrid", "dense", "sparse"])
    assert (report.passages, report.queries) == (4, 4)
    assert list(report.modes) == ["hybrid", "dense", "sparse"]
    assert report.modes["sparse"] == pytest.approx(
        {"recall@1": 0.5, "recall@5": 0.5, "recall@10": 0.5, "mrr@10": 0.5, "ndcg@10": 0.5}
    )
    assert set(report.seconds) == {"embed", "index", "query_p50", "query_p95"}


@pytest.mark.parametrize("mode", ["hybrid", "dense", "sparse"])
def test_a_mode_alone_scores_as_it_does_among_all(folder: Path, settings: Settings, mode: Mode) -> None:
    alone = score(folder, settings, [mode])
    together = score(
        folder, settings.model_copy(update={"data_dir": settings.data_dir / "all"}), ["hybrid", "dense", "sparse"]
    )
    assert alone.modes == {mode: together.modes[mode]}


def test_refusals_are_judged_over_all_questions(folder: Path, settings: Settings) -> None:
    refusal = score(folder, settings, ["hybrid"]).refusal
    assert refusal is not None
    assert (refusal.answerable, refusal.unanswerable) == (2, 2)
    # q1 .9 above both; q2 .1 ties with q3 and is under q4: 2.5 of 4 pairs.
    assert refusal.auc == pytest.approx(2.5 / 4)
    # Refused: q2, q3, q4; two of them rightly, and nothing missed.
    assert refusal.precision == pytest.approx(2 / 3)
    assert refusal.recall == 1.0
    assert set(refusal.auc_of_top) == {"dense", "words", "bigrams"}


def test_a_set_without_refusals_reports_none(folder: Path, settings: Settings) -> None:
    report = score(folder, settings, ["sparse"], limit=2)
    assert report.queries == 2
    assert report.refusal is None


def test_a_malformed_folder_is_told_before_anything_is_embedded(folder: Path, settings: Settings) -> None:
    (folder / "qrels.tsv").unlink()
    with Library(settings, Holder("test"), create=True) as library:
        with pytest.raises(UsageError, match=r"qrels\.tsv"):
            evaluate(folder, library.store, library.embedder, judge, modes=["hybrid"])
        assert library.store.count() == 0


def test_hybrid_is_held_against_its_better_side(folder: Path, settings: Settings) -> None:
    gains = score(folder, settings, ["hybrid", "dense", "sparse"]).gains
    assert set(gains) == {"ndcg@10", "recall@5"}
    assert {one.difference.n for one in gains.values()} == {2}


def test_modes_alone_have_nothing_to_be_held_against(folder: Path, settings: Settings) -> None:
    assert score(folder, settings, ["hybrid"]).gains == {}


def test_without_a_judge_only_the_top_scores_tell_what_to_refuse(folder: Path, settings: Settings) -> None:
    with Library(settings, Holder("test"), create=True) as library:
        refusal = evaluate(folder, library.store, library.embedder, None, modes=["sparse"]).refusal
    assert refusal is not None
    assert (refusal.auc, refusal.precision, refusal.recall, refusal.f1) == (None, None, None, None)
    # q1 and q2 share words with a passage, q3 and q4 with none.
    assert refusal.auc_of_top == {"words": 1.0, "bigrams": 1.0}


def test_sparse_mode_embeds_nothing(folder: Path, settings: Settings) -> None:
    with Library(settings, Holder("test"), create=True) as library:
        report = evaluate(folder, library.store, Mute(), None, modes=["sparse"])
        assert report.modes["sparse"]["recall@5"] == 0.5
        nearest = VectorQuery("dense", library.embedder.embed_query("昇腾"), 10)
        assert library.store.search([nearest]) == [[]]


def test_a_question_of_another_split_is_not_asked(folder: Path, settings: Settings) -> None:
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as queries:
        queries.write('{"_id": "train", "text": "昇腾"}\n')
    assert score(folder, settings, ["sparse"]).queries == 4
