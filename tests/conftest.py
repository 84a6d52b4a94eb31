"""Every test is offline: nothing but loopback can be reached, and no setting of the machine leaks in."""

import os
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

from ingest.settings import Settings


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in list(os.environ):
        if name.startswith("CASELORE_") and name != "CASELORE_MODELS_DIR":
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A library of its own, with the embedder that needs no download."""
    return Settings(data_dir=tmp_path / "data", embed_model="hashing", _env_file=None)  # type: ignore[call-arg]
