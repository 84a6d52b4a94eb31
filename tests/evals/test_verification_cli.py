"""`caselore eval verify` on a small library."""

import json

import pytest
from typer.testing import CliRunner

import evals.verification_cli
from evals.dataset import Gold, Question
from evals.verification_cli import app
from ingest.document import Locator
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from tests.retrieval.library import fill


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
