"""`caselore eval verify` on a small library."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import evals.verification_cli
from evals.dataset import Gold, Question
from evals.verification_cli import app
from ingest.document import Locator
from ingest.errors import UsageError
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from tests.retrieval.library import fill
from tests.retrieval.tiny_nli import write_nli


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library of its own, with a question that its second document answers."""
    monkeypatch.setenv("CASELORE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CASELORE_EMBED_MODEL", settings.embed_model)
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)
        path, text = next((one.document.path, one.chunk.text) for one in library.store.scroll())
    quote = text.splitlines()[-1][:20]
    gold = Gold(path=path, locator=Locator(kind="lines", line_start=1, line_end=1), quote=quote)
    question = Question(id="q", question=f"{quote}？", kind="fact", answerable=True, gold=(gold,), points=(quote,))
    monkeypatch.setattr(evals.verification_cli, "load_questions", lambda name, split: [question])
    monkeypatch.setattr(evals.verification_cli, "check_set", lambda *args: None)


def test_one_json_document() -> None:
    result = CliRunner().invoke(app, ["--json"], catch_exceptions=False)
    report = json.loads(result.stdout)
    assert (report["set"], report["split"], report["questions"]) == ("caselore", "dev", 1)
    assert report["true"]["point"]["n"] == 1
    assert report["false_accepts"] == report["false_drops"] == []


def test_tables_for_people() -> None:
    result = CliRunner().invoke(app, ["--show"], catch_exceptions=False)
    assert "1 questions: precision" in result.stdout
    assert "point" in result.stdout


def test_what_a_model_of_inference_adds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = CliRunner().invoke(app, ["--nli"])
    assert isinstance(told.exception, UsageError)
    model = write_nli(tmp_path / "nli", {"contradiction": 0.95, "entailment": 0.05})
    monkeypatch.setenv("CASELORE_NLI_MODEL", str(model))
    report = json.loads(CliRunner().invoke(app, ["--nli", "--json"], catch_exceptions=False).stdout)
    # It contradicts everything: nothing that the rules support is left.
    assert report["true"]["point"]["supported"] == 1
    assert report["with_model"]["true"]["point"]["supported"] == 0
    assert report["with_model"]["false_drops"] == []
    shown = CliRunner().invoke(app, ["--nli", "--show"], catch_exceptions=False).stdout
    assert "with model" in shown
    assert "with model: 1 questions: precision 0.000, recall 0.000" in shown
