"""`caselore eval`: one JSON document on stdout, nothing left behind, wrong calls told."""

import json
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import evals.dataset
from evals.cli import app
from evals.record import RunNotFound, Runs
from ingest.errors import IndexMissing, UsageError
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from tests.evals.runs import report
from tests.retrieval.library import fill


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command reads is what the test's own library was made with."""
    monkeypatch.setenv("CASELORE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CASELORE_EMBED_MODEL", settings.embed_model)


def test_beir_prints_one_json_document(folder: Path, settings: Settings) -> None:
    result = CliRunner().invoke(app, ["beir", str(folder), "--json"], catch_exceptions=False)
    report = json.loads(result.stdout)
    assert (report["passages"], report["queries"]) == (4, 4)
    assert list(report["modes"]) == ["hybrid", "dense", "sparse"]
    assert list(report["modes"]["hybrid"]) == ["recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10"]
    assert report["refusal"]["unanswerable"] == 2
    assert set(report["seconds"]) == {"embed", "index", "query_p50", "query_p95"}
    assert not settings.data_dir.exists()


def test_beir_prints_tables_for_people(folder: Path) -> None:
    result = CliRunner().invoke(app, ["beir", str(folder), "--mode", "sparse", "--limit", "2"], catch_exceptions=False)
    assert "4 passages, 2 questions" in result.stdout
    assert "ndcg@10" in result.stdout
    assert "refusal" not in result.stdout


def test_beir_leaves_no_index_behind(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    CliRunner().invoke(app, ["beir", str(folder), "--mode", "sparse"], catch_exceptions=False)
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("options", [["--mode", "fuzzy"], ["--limit", "0"]])
def test_wrong_options_are_wrong_usage(folder: Path, options: list[str]) -> None:
    assert CliRunner().invoke(app, ["beir", str(folder), *options]).exit_code == 2


def test_a_folder_that_is_no_set_is_told(tmp_path: Path) -> None:
    assert isinstance(CliRunner().invoke(app, ["beir", str(tmp_path)]).exception, UsageError)


@pytest.fixture
def questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question set about the passages of `fill`."""
    rows = [
        {
            "id": "s1",
            "question": "ES 采用什么复制？",
            "kind": "text",
            "answerable": True,
            "gold": [{"path": "sync.pdf", "quote": "ES 采用跨集群复制", "locator": {"kind": "page", "page": 3}}],
            "figures": [],
            "points": [],
            "missing": None,
        },
        {"id": "s2", "question": "食堂菜单里有什么？", "kind": "refuse", "answerable": False, "gold": []},
    ]
    split = tmp_path / "sets" / "small" / "dev.jsonl"
    split.parent.mkdir(parents=True)
    split.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    monkeypatch.setattr(evals.dataset, "DATASETS", tmp_path / "sets")


@pytest.mark.usefixtures("questions")
def test_run_scores_the_assistant_over_the_index(settings: Settings) -> None:
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)
    result = CliRunner().invoke(app, ["run", "--set", "small", "--json"], catch_exceptions=False)
    report = json.loads(result.stdout)
    assert (report["set"], report["split"], report["n"]) == ("small", "dev", 2)
    assert report["metrics"]["document_recall@1"] == 1.0
    assert report["metrics"]["passage_recall@1"] == 1.0
    assert [sample["id"] for sample in report["per_question"]] == ["s1", "s2"]
    known, _ = report["per_question"]
    assert known["explanation"].startswith("gold document at rank 1; gold passage at rank 1")


@pytest.mark.usefixtures("questions")
def test_run_without_an_index_is_told() -> None:
    assert isinstance(CliRunner().invoke(app, ["run", "--set", "small"]).exception, IndexMissing)


@pytest.mark.usefixtures("questions")
def test_run_over_other_documents_is_told(settings: Settings) -> None:
    with Library(settings, Holder("test"), create=True):
        pass
    result = CliRunner().invoke(app, ["run", "--set", "small"])
    assert isinstance(result.exception, IndexMissing)
    assert "None of the documents" in str(result.exception)


@pytest.mark.usefixtures("questions")
def test_run_warns_of_a_document_that_is_not_there(settings: Settings, tmp_path: Path) -> None:
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)
    with (tmp_path / "sets" / "small" / "dev.jsonl").open("a", encoding="utf-8") as more:
        gold = [{"path": "gone.pdf", "quote": "x"}]
        more.write(
            json.dumps({"id": "s3", "question": "ES？", "kind": "text", "answerable": True, "gold": gold}) + "\n"
        )
    result = CliRunner().invoke(app, ["run", "--set", "small"], catch_exceptions=False)
    assert "gone.pdf" in result.stderr
    assert "✗ s3" in result.stdout


def test_runs_are_deleted_and_the_rest_listed(settings: Settings) -> None:
    kept = Runs(settings.data_dir / "evals")
    first, second = kept.save(report()), kept.save(report(created="2026-01-06T09:30:00+00:00"))
    result = CliRunner().invoke(app, ["runs", "--delete", first.stem, "--json"], catch_exceptions=False)
    assert [one["id"] for one in json.loads(result.stdout)] == [second.stem]
    assert isinstance(CliRunner().invoke(app, ["runs", "--delete", first.stem]).exception, RunNotFound)
