"""A real Qdrant server for tests, on loopback, with its data in a temporary folder."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fetch_qdrant import BINARY
from tests.quick_disk import quick_folder

START_S = 30


@pytest.fixture(scope="session")
def qdrant_url() -> Iterator[str]:
    """URL of a server that runs as long as the tests do. Skips where there is none."""
    with pytest.MonkeyPatch.context() as patch, quick_folder() as folder, running_qdrant(folder) as url:
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield url


@contextmanager
def running_qdrant(folder: Path, port: int | None = None, api_key: str | None = None) -> Iterator[str]:
    """Start a server on `folder` and stop it at the end; gives its URL. Skips where there is none to start."""
    if not BINARY.exists():
        pytest.skip(f"no Qdrant server at {BINARY} (`make qdrant` fetches it)")
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder / "log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(BINARY)], cwd=folder, env=_environment(folder, port, api_key), stdout=output, stderr=output
        )
    try:
        _wait(url, process, log)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _environment(folder: Path, port: int, api_key: str | None) -> dict[str, str]:
    own = {
        "QDRANT__SERVICE__HOST": "127.0.0.1",
        "QDRANT__SERVICE__HTTP_PORT": str(port),
        "QDRANT__SERVICE__GRPC_PORT": str(free_port()),
        "QDRANT__STORAGE__STORAGE_PATH": str(folder / "storage"),
        "QDRANT__STORAGE__SNAPSHOTS_PATH": str(folder / "snapshots"),
        "QDRANT__TELEMETRY_DISABLED": "true",
    }
    if api_key:
        own["QDRANT__SERVICE__API_KEY"] = api_key
    return {"PATH": os.environ.get("PATH", ""), **own}


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    # No proxy of the environment may come between.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with opener.open(f"{url}/readyz", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"Qdrant did not start: {log.read_text(errors='replace')[-2000:]}")
