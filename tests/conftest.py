"""Every test is offline: nothing but loopback can be reached, and no setting of the machine leaks in."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_socket import socket_allow_hosts

from ingest.cli import SAMPLE_CORPUS
from ingest.errors import ModelUnavailable
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.model_language import find_runnable
from ingest.models import locate, read_ready
from ingest.parse.workers.limits import Limits
from ingest.parse.workers.pool import ParsePool
from ingest.pipeline import ingest
from ingest.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

# In the background of a shell, tests inherit that Ctrl-C is ignored, and so would the processes they stop by it.
signal.signal(signal.SIGINT, signal.default_int_handler)

_ROOT = Path(__file__).resolve().parents[1]
_MODELS_DIR = _ROOT / os.environ.get("CASELORE_MODELS_DIR", ".cache/models")


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in list(os.environ):
        if name.startswith("CASELORE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


class _Kept(ParsePool):
    """Outlives the libraries that use it."""

    def close(self) -> None: ...

    def close_at_last(self) -> None:
        super().close()


@pytest.fixture(scope="session")
def _parsers() -> Iterator[ParsePool]:
    pool = _Kept(Limits(workers=2, stall_s=60, total_s=300, memory_mb=2048))
    yield pool
    pool.close_at_last()


@pytest.fixture(autouse=True)
def _warm_parsers(_parsers: ParsePool, monkeypatch: pytest.MonkeyPatch) -> None:
    """One pool of workers for all tests: most open a library, and starting a worker takes longer than the rest."""
    monkeypatch.setattr("ingest.library.open_parsers", lambda _: _parsers)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A library and a model store of its own, with the embedder that needs no download."""
    data_dir = tmp_path / "data"
    return Settings(data_dir=data_dir, models_dir=data_dir / "models", embed_model="hashing", _env_file=None)


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> "InMemorySpanExporter":
    """What is traced from now on to the end of the test, as a collector would get it."""
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    # The API lets a provider be set once in a process, and its tracers keep it.
    monkeypatch.setattr("opentelemetry.trace._TRACER_PROVIDER", provider)
    monkeypatch.setattr("ingest.tracing._tracer", provider.get_tracer("caselore"))
    return exporter


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The folder with the real model; skips where `make model` has not fetched it."""
    if read_ready(locate("m3e-small", Settings(models_dir=_MODELS_DIR))) is None:
        pytest.skip(f"the embedding model is not in {_MODELS_DIR}: run `make model`")
    return _MODELS_DIR


@pytest.fixture(scope="session")
def language_model() -> Settings:
    """Settings with the real language model, ready to run; skips where `make llm` has not fetched it."""
    settings = Settings(models_dir=_MODELS_DIR, llm_model="qwen2.5-coder-1.5b", _env_file=None)
    try:
        find_runnable(settings)
    except ModelUnavailable as error:
        pytest.skip(f"{error.message} Run `make llm`.")
    return settings


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Library]:
    """The sample corpus, indexed with the real model; for reading only."""
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("sample"), models_dir=models_dir, embed_model="m3e-small", _env_file=None
    )
    with Library(settings, Holder("test"), create=True) as library:
        report = ingest(library, [SAMPLE_CORPUS])
        assert not report.failures
        yield library


@pytest.fixture
def real_model(settings: Settings, models_dir: Path) -> Settings:
    """Settings with the default model, ready to load."""
    return settings.model_copy(update={"models_dir": models_dir, "embed_model": "m3e-small"})
