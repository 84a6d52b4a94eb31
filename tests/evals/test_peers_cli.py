"""`caselore eval peers`: a folder in one command, its vectors kept."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.cli import app
from ingest.settings import Settings

pytest.importorskip("bm25s")
pytest.importorskip("haystack")


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELORE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CASELORE_EMBED_MODEL", settings.embed_model)


def test_all_systems_are_scored_on_a_folder(folder: Path, tmp_path: Path, settings: Settings) -> None:
    cache = tmp_path / "vectors.sqlite3"
    options = ["peers", "--beir", str(folder), "--cache", str(cache), "--json"]
    found = json.loads(CliRunner().invoke(app, options, catch_exceptions=False).stdout)
    assert (found["passages"], found["n"]) == (4, 2)
    assert found["vectors"] == "hashing, the same vectors as Caselore"
    assert [one["name"].split()[0] for one in found["standings"]] == [
        "Caselore",
        "bare",
        "plain",
        "Haystack",
        "Haystack",
    ]
    assert all(one["metrics"]["recall@1"] >= 0.5 for one in found["standings"])
    assert cache.is_file()
    assert not settings.data_dir.exists()


def test_people_see_a_table_with_the_difference(folder: Path) -> None:
    shown = CliRunner().invoke(app, ["peers", "--beir", str(folder), "--limit", "1"], catch_exceptions=False).stdout
    assert "4 passages, 1 questions with gold" in shown
    assert "mrr@10" in shown
    assert "95 % interval" in shown
