"""From a language model's name to what runs, or to what to do."""

from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from ingest import model_language
from ingest.errors import ModelUnavailable
from ingest.model_language import find_runnable, locate_weights, runs_here
from ingest.model_language_catalogue import LANGUAGE_MODELS
from ingest.model_origin import Origin
from ingest.settings import Settings

NAME = "qwen2.5-coder-1.5b"


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_language, "find_spec", lambda name: name)


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    file = tmp_path / "mine.gguf"
    file.write_bytes(b"GGUF" * 1000)
    return file


def test_parts_cover_the_file_without_a_gap() -> None:
    for model in LANGUAGE_MODELS:
        assert model.parts[0].offset == 0
        assert all(one.offset + one.size == other.offset for one, other in pairwise(model.parts))
        assert model.parts[-1].offset + model.parts[-1].size == model.size
        assert len({part.sha256 for part in model.parts}) == len(model.parts)


def test_a_model_runs_here_when_it_is_named_without_an_endpoint(settings: Settings) -> None:
    named = settings.model_copy(update={"llm_model": NAME})
    assert runs_here(named)
    assert not runs_here(settings)
    assert not runs_here(named.model_copy(update={"llm_base_url": "http://127.0.0.1:1/v1"}))


@pytest.mark.parametrize("name", [NAME, NAME.upper(), "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"])
def test_a_name_has_its_place_in_the_store(settings: Settings, name: str) -> None:
    weights = locate_weights(name, settings)
    assert weights.file.parent == settings.models_path / NAME
    assert not weights.ready


def test_a_file_without_its_origin_is_not_ready(settings: Settings) -> None:
    weights = locate_weights(NAME, settings)
    weights.file.parent.mkdir(parents=True)
    weights.file.write_bytes(b"GGUF")
    assert not weights.ready
    Origin(origin="a test").write(weights.file.parent)
    assert weights.ready


@pytest.mark.parametrize("name", ["gpt-of-a-vendor", "./nowhere.gguf", ""])
def test_what_is_no_model_here_is_advice(settings: Settings, name: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        locate_weights(name, settings)
    assert "CASELORE_LLM_BASE_URL" in caught.value.hint
    assert NAME in caught.value.hint


@pytest.mark.usefixtures("engine")
def test_a_file_of_ones_own_runs(settings: Settings, gguf: Path) -> None:
    weights = find_runnable(settings.model_copy(update={"llm_model": str(gguf)}))
    assert (weights.name, weights.file) == ("mine", gguf)


def test_without_the_extra_the_command_that_installs_it_is_told(
    settings: Settings, gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_language, "find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable) as caught:
        find_runnable(settings.model_copy(update={"llm_model": str(gguf)}))
    assert "pip install 'caselore[local-llm]'" in caught.value.hint


@pytest.mark.usefixtures("engine")
def test_weights_that_are_not_here_are_to_be_pulled(settings: Settings) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        find_runnable(settings.model_copy(update={"llm_model": NAME}))
    assert f"caselore models pull {NAME}" in caught.value.hint


@pytest.mark.usefixtures("engine")
def test_memory_is_looked_at_before(settings: Settings, gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = psutil.virtual_memory()._replace(available=500 * 2**20)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)
    small = settings.model_copy(update={"llm_model": str(gguf), "llm_context_tokens": 1024})
    find_runnable(small)  # 256 MiB and 128 for the context
    with pytest.raises(ModelUnavailable, match="1280 MiB of memory, 500 are free") as caught:
        find_runnable(small.model_copy(update={"llm_context_tokens": 8192}))
    assert "CASELORE_LLM_CONTEXT_TOKENS" in caught.value.hint
