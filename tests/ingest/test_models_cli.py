import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ingest.errors import ModelUnavailable
from ingest.model_catalogue import CATALOGUE
from ingest.model_language_catalogue import LANGUAGE_MODELS
from ingest.model_origin import Origin
from ingest.models_cli import app
from tests.ingest.tiny_models import tiny_recipe, write_prepared


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASELORE_MODELS_DIR", str(tmp_path / "store"))
    return tmp_path / "store"


def listed() -> dict[str, dict[str, Any]]:
    result = CliRunner().invoke(app, ["list", "--json"])
    assert result.exit_code == 0
    return {row["name"]: row for row in json.loads(result.stdout)}


def put(store: Path, name: str) -> None:
    write_prepared(store / name / "prepared")
    Origin(origin="hub: somewhere@abc", licence="mit").write(store / name)


def test_an_empty_store_lists_what_could_be_had(store: Path) -> None:
    rows = listed()
    embedding = [*(entry.name for entry in CATALOGUE), "hashing"]
    language = [model.name for model in LANGUAGE_MODELS]
    assert list(rows) == embedding + language
    assert {rows[name]["kind"] for name in embedding} == {"embedding model"}
    assert {rows[name]["kind"] for name in language} == {"language model"}
    assert {row["state"] for row in rows.values()} == {"not fetched", "built in"}
    assert rows["m3e-small"]["selected"]
    assert rows["m3e-small"]["licence"] == "research use only"
    assert not store.exists()


def test_fetched_models_are_listed_with_their_origin(store: Path) -> None:
    put(store, "m3e-small")
    put(store, "someone--some-model")
    rows = listed()
    for name in ("m3e-small", "someone/some-model"):
        assert rows[name]["state"] == "ready"
        assert rows[name]["origin"] == "hub: somewhere@abc"
        assert rows[name]["fingerprint"] == tiny_recipe().fingerprint
        assert rows[name]["engine"] == "onnx"


@pytest.mark.parametrize("name", ["hashing", "BAAI/bge-m3", "bge-m3", "other/model", "./no-folder"])
def test_the_selected_model_is_marked(store: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("CASELORE_EMBED_MODEL", name)
    selected = [row for row in listed().values() if row["selected"]]
    assert [row["name"] for row in selected] == ["BAAI/bge-m3" if name == "bge-m3" else name]


def test_the_table_names_every_model(store: Path) -> None:
    put(store, "m3e-small")
    result = CliRunner().invoke(app, ["list"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    for row in listed():
        assert row in result.stdout
    assert "→" in result.stdout


def test_pulling_what_is_there_says_where(store: Path) -> None:
    put(store, "m3e-small")
    result = CliRunner().invoke(app, ["pull", "m3e-small"])
    assert result.exit_code == 0
    assert str(store / "m3e-small") in result.stdout
    assert tiny_recipe().fingerprint in result.stdout


def test_without_a_name_the_selected_model_is_pulled(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, "someone--some-model")
    monkeypatch.setenv("CASELORE_EMBED_MODEL", "someone/some-model")
    result = CliRunner().invoke(app, ["pull"])
    assert result.stdout.startswith("someone/some-model is ready")


def test_pulling_hashing_is_no_error(store: Path) -> None:
    result = CliRunner().invoke(app, ["pull", "hashing"])
    assert result.exit_code == 0
    assert "nothing to fetch" in result.stdout


def test_pulling_what_cannot_be_had_is_advice(store: Path) -> None:
    result = CliRunner().invoke(app, ["pull", "no-such-model"])
    assert isinstance(result.exception, ModelUnavailable)


TALKER = "qwen2.5-coder-1.5b"


def put_language_model(store: Path) -> Path:
    folder = store / TALKER
    folder.mkdir(parents=True)
    (folder / LANGUAGE_MODELS[0].file).write_bytes(b"GGUF")
    Origin(origin="package index: somewhere", licence="Apache-2.0").write(folder)
    return folder


def test_a_fetched_language_model_is_listed_once(store: Path) -> None:
    folder = put_language_model(store)
    result = CliRunner().invoke(app, ["list", "--json"])
    (row,) = [row for row in json.loads(result.stdout) if row["name"] == TALKER]
    assert (row["kind"], row["state"], row["folder"]) == ("language model", "ready", str(folder))
    assert row["licence"] == "Apache-2.0"
    assert not row["selected"]


def test_the_language_model_of_this_machine_is_marked(
    store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CASELORE_LLM_MODEL", TALKER)
    assert listed()[TALKER]["selected"]
    monkeypatch.setenv("CASELORE_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    assert not listed()[TALKER]["selected"]  # a model at an endpoint is none of the store's
    monkeypatch.delenv("CASELORE_LLM_BASE_URL")
    (tmp_path / "mine.gguf").write_bytes(b"GGUF")
    monkeypatch.setenv("CASELORE_LLM_MODEL", str(tmp_path / "mine.gguf"))
    assert listed()[str(tmp_path / "mine.gguf")]["selected"]


def test_pulling_a_language_model_that_is_there_says_where(store: Path) -> None:
    folder = put_language_model(store)
    result = CliRunner().invoke(app, ["pull", TALKER])
    assert result.stdout.startswith(f"{TALKER} is ready: {folder}")
    assert "licence: Apache-2.0" in result.stdout


def test_without_a_name_both_selected_models_are_pulled(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_language_model(store)
    monkeypatch.setenv("CASELORE_EMBED_MODEL", "hashing")
    monkeypatch.setenv("CASELORE_LLM_MODEL", TALKER)
    result = CliRunner().invoke(app, ["pull"])
    assert "nothing to fetch" in result.stdout
    assert f"{TALKER} is ready" in result.stdout


def test_a_language_model_embeds_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELORE_EMBED_MODEL", TALKER)
    result = CliRunner().invoke(app, ["pull"])
    assert isinstance(result.exception, ModelUnavailable)
    assert f"CASELORE_LLM_MODEL={TALKER}" in result.exception.hint
