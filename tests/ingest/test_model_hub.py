import errno
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import model_hub
from ingest.model_hub import choose_files, fetch_from_hub, fetch_from_hub_cache
from ingest.model_origin import SourceFailed
from tests.ingest.fake_hub import REVISION, fake_hub

HUB_ID = "maker/tiny-zh"
FILES = {
    "config.json": b'{"model_type": "bert"}',
    "tokenizer.json": b"{}",
    "model.safetensors": b"safe" * 1000,
    "pytorch_model.bin": b"pickle" * 1000,
    "1_Pooling/config.json": b"{}",
    "modeling_tiny.py": b"import os",
    "onnx/model.onnx": b"graph",
    "README.md": b"# tiny",
}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    from huggingface_hub import constants

    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    with fake_hub(HUB_ID, FILES) as (endpoint, asked):
        monkeypatch.setenv("HF_ENDPOINT", endpoint + "/")
        yield asked


@pytest.mark.usefixtures("hub")
def test_configuration_tokenizer_and_one_format_of_weights_are_fetched(tmp_path: Path) -> None:
    origin = fetch_from_hub(HUB_ID, tmp_path)
    fetched = {
        file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()
    }
    wanted = ("config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json")
    assert fetched == {name: FILES[name] for name in wanted}
    assert origin.origin == f"hub: {HUB_ID}@{REVISION[:12]}"
    assert origin.licence == "mit"


def test_a_broken_pull_goes_on_with_what_is_there(tmp_path: Path, hub: list[str]) -> None:
    fetch_from_hub(HUB_ID, tmp_path)
    (tmp_path / "model.safetensors").unlink()
    hub.clear()
    fetch_from_hub(HUB_ID, tmp_path)
    assert (tmp_path / "model.safetensors").read_bytes() == FILES["model.safetensors"]


@pytest.mark.usefixtures("hub")
def test_an_unknown_model_says_so_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match="404") as caught:
        fetch_from_hub("maker/other", tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("hub")
def test_a_full_disk_is_not_taken_for_a_missing_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("huggingface_hub.snapshot_download", full)
    with pytest.raises(OSError, match="No space left"):
        fetch_from_hub(HUB_ID, tmp_path)


def test_offline_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_hub(HUB_ID, FILES) as (endpoint, asked):
        monkeypatch.setenv("HF_ENDPOINT", endpoint)
        with pytest.raises(SourceFailed, match="HF_HUB_OFFLINE"):
            fetch_from_hub(HUB_ID, tmp_path)
    assert asked == []


def test_a_hub_that_refuses_is_given_up_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: refused
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(SourceFailed, match="cannot be reached"):
            fetch_from_hub(HUB_ID, tmp_path)


def test_a_hub_that_never_answers_is_given_up_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setattr(model_hub, "_PROBE_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        started = time.monotonic()
        with pytest.raises(SourceFailed, match="cannot be reached"):
            fetch_from_hub(HUB_ID, tmp_path)
    assert time.monotonic() - started < 2


def test_a_name_that_never_resolves_is_given_up_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setattr(model_hub, "_PROBE_SECONDS", -0.8)
    monkeypatch.setattr(httpx, "head", lambda *args, **kwargs: time.sleep(3))
    started = time.monotonic()
    with pytest.raises(SourceFailed, match="no answer"):
        fetch_from_hub(HUB_ID, tmp_path)
    assert time.monotonic() - started < 2


def test_the_cache_of_the_hubs_own_tools_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    repository = tmp_path / "cache" / "models--maker--tiny-zh"
    snapshot = repository / "snapshots" / REVISION
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text(REVISION)
    for name, data in FILES.items():
        (snapshot / name).parent.mkdir(parents=True, exist_ok=True)
        (snapshot / name).write_bytes(data)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    into = tmp_path / "into"
    into.mkdir()
    origin = fetch_from_hub_cache(HUB_ID, into)
    assert (into / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    assert not (into / "modeling_tiny.py").exists()
    assert origin.origin == f"hub cache: {HUB_ID}@{REVISION[:12]}"
    with pytest.raises(SourceFailed):
        fetch_from_hub_cache("maker/other", into)


def test_pickled_weights_are_taken_where_there_are_no_others() -> None:
    names = ["config.json", "pytorch_model.bin", "2_Dense/model.safetensors", "2_Dense/config.json", "colbert.pt"]
    assert sorted(choose_files(names)) == sorted(set(names) - {"colbert.pt"})


def test_sharded_weights_come_with_their_index() -> None:
    names = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "model.safetensors.index.json"]
    assert sorted(choose_files(names)) == sorted(names)


@pytest.mark.parametrize("names", [[], ["README.md"], ["config.json", "tf_model.h5"]])
def test_a_repository_without_weights_is_refused(names: list[str]) -> None:
    with pytest.raises(SourceFailed):
        choose_files(names)
