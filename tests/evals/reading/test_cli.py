"""`caselore eval reading`: whole answers over a folder's passages, with either answerer; gone on with when stopped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evals import asking
from evals.cli import app
from evals.record import Runs
from evals.report import RunReport
from evals.sample import Sample
from ingest.errors import ModelUnavailable, Stopped, UsageError
from ingest.settings import Settings
from tests.fake_llm_server import MODEL, FakeLLM, Play, claim, fake_llm, reply


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELORE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CASELORE_EMBED_MODEL", settings.embed_model)


def call(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["reading", str(folder), *options], catch_exceptions=False)


def report(folder: Path, *options: str) -> RunReport:
    return RunReport.model_validate_json(call(folder, "--json", *options).stdout)


@pytest.fixture
def model() -> Play:
    return Play(
        reply(
            claim("ES 采用跨集群复制，RPO 不超过 30 秒。", 1, "ES 采用跨集群复制，RPO 不超过 30 秒"),
            claim("ES 采用跨集群复制，RPO 不超过 60 秒。", 1, "ES 采用跨集群复制"),
        )
    )


def with_model(llm: FakeLLM, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELORE_LLM_BASE_URL", llm.url)
    monkeypatch.setenv("CASELORE_LLM_MODEL", MODEL)


def test_extractive_answers_are_held_against_the_answers_of_the_set(folder: Path, settings: Settings) -> None:
    found = report(folder)
    assert (found.set, found.split, found.n) == ("tiny_dev", "reading", 3)
    first, second, third = found.per_question
    assert (first.scores["answer_covered"], first.scores["figures_named"], first.scores["correct"]) == (1, 1, 1)
    assert 0 < (first.scores["answer_f1"] or 0) < 1
    assert (second.scores["answer_covered"], second.scores["passage_recall@1"]) == (1, 1)
    assert second.scores["gold_quote_cited"] == 1
    assert (third.status, third.scores["correct"]) == ("refused", 1)
    assert "answer_covered" not in third.scores
    assert found.metrics["refusal_recall"] == found.metrics["citation_precision"] == 1
    assert set(found.kinds) == {"figure", "words", "unanswerable"}
    assert found.provenance
    assert (found.provenance.documents, found.provenance.chunks) == (3, 3)
    # Kept with the other runs, and the vectors with them; the library of the passages is gone.
    kept = Runs(settings.data_dir / "evals")
    assert [kept.find(str(one)) for one in kept.files()] == [found]
    assert sorted(one.name for one in settings.data_dir.iterdir()) == ["evals", "reading-vectors.sqlite3"]


def test_a_model_s_answers_are_scored_before_and_after_checking(
    folder: Path, model: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fake_llm(model) as llm:
        with_model(llm, monkeypatch)
        found = report(folder, "--answerer", "llm")
    metrics = found.metrics
    second = found.per_question[1]
    assert (second.scores["draft_figures_wrong"], second.scores["figures_wrong"]) == (1, 0)
    assert (second.scores["draft_answer_covered"], second.scores["answer_covered"]) == (1, 1)
    assert (second.scores["draft_correct"], second.scores["correct"]) == (0, 1)
    assert second.scores["draft_answer_f1"] == second.scores["answer_f1"]
    assert (metrics["draft_refusal_recall"], metrics["refusal_recall"]) == (1, 1)
    assert found.model_work
    assert (found.model_work.asked, found.model_work.dropped > 0) == (2, True)
    assert {"passages", "first_token", "first_claim", "ask"} <= set(found.latency_ms)


def test_a_stopped_run_goes_on_where_it_was(folder: Path, model: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped_after_one(samples: Iterator[Sample], _what: str, _total: int) -> Iterator[Sample]:
        yield next(samples)
        raise KeyboardInterrupt

    with fake_llm(model) as llm:
        with_model(llm, monkeypatch)
        with monkeypatch.context() as patched:
            patched.setattr(asking, "watch", stopped_after_one)
            with pytest.raises(Stopped):
                call(folder, "--answerer", "llm")
        assert len(llm.requests) == 1
        second = call(folder, "--answerer", "llm")
        assert len(llm.requests) == 2
    assert "Going on after 1 of 3 questions" in second.stderr


def test_people_see_the_scores_and_where_each_question_is(folder: Path) -> None:
    shown = call(folder, "--limit", "2")
    assert "tiny_dev/reading: 2 questions" in shown.stdout
    assert "answer_covered" in shown.stdout
    assert "✓" not in shown.stdout
    assert "3 passages. Kept as " in shown.stderr


def test_a_report_is_written(folder: Path, tmp_path: Path) -> None:
    call(folder, "--report", str(tmp_path / "r.html"))
    html = (tmp_path / "r.html").read_text("utf-8")
    assert "answer_covered" in html
    assert "跨集群复制" in html


def test_what_cannot_be_measured_is_told_before_anything_is_embedded(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ModelUnavailable):
        call(folder, "--answerer", "llm")
    (folder / "qrels.tsv").unlink()
    with pytest.raises(UsageError, match=r"qrels\.tsv"):
        call(folder)
    assert not settings.data_dir.exists()
