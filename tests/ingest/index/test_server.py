"""What only the server's store does: finding the server, trying again, and saying what is wrong with it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from qdrant_client import QdrantClient, models

from ingest.errors import CaseloreError, StoreUnavailable
from ingest.index.open import drop_store
from ingest.index.server import ServerStore
from ingest.index.server_calls import Server
from ingest.index.store import FILTER_KEYS
from ingest.settings import Settings
from tests.contract.points import DIMENSIONS, point
from tests.qdrant_server import free_port, running_qdrant
from tests.quick_disk import quick_folder

Reply = tuple[int, str, str]
VERSION: Reply = (200, "application/json", json.dumps({"title": "qdrant", "version": "1.16.3"}))
BUSY: Reply = (503, "text/plain", "starting")


@contextmanager
def answering(*replies: Reply) -> Iterator[tuple[str, list[str]]]:
    """An HTTP server that gives these answers in turn, the last one ever after; yields its URL and what was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, text = replies[min(len(asked), len(replies) - 1)]
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def refused(open_it: Callable[[], object]) -> CaseloreError:
    with pytest.raises(StoreUnavailable) as raised:
        open_it()
    assert "\n" not in raised.value.message + raised.value.hint
    return raised.value


def test_a_server_that_is_away_is_named_with_what_to_do() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    started = time.monotonic()
    error = refused(lambda: ServerStore(url, None, "caselore", DIMENSIONS))
    assert time.monotonic() - started < 10
    assert url in error.message
    assert "docker compose up" in error.hint
    assert "CASELORE_QDRANT_URL" in error.hint


@pytest.mark.parametrize("url", ["nonsense://x", "http://127.0.0.1:notaport", "http://"])
def test_a_url_that_is_none_is_named(url: str) -> None:
    assert url in refused(lambda: Server(url, None)).message


def test_something_else_at_the_url_is_no_server() -> None:
    with answering((200, "text/html", "<h1>It works!</h1>")) as (url, _):
        assert url in refused(lambda: Server(url, None)).message
    with answering((404, "text/html", "<h1>Not found</h1>")) as (url, _):
        assert "CASELORE_QDRANT_URL" in refused(lambda: Server(url, None)).hint


def test_a_busy_server_is_asked_again() -> None:
    with answering(BUSY, BUSY, VERSION) as (url, asked):
        Server(url, None).close()
    assert asked == ["/", "/", "/"]


def test_a_server_that_stays_busy_is_given_up() -> None:
    with answering(BUSY) as (url, asked):
        error = refused(lambda: Server(url, None))
    assert "503" in error.message
    assert len(asked) == 4


def test_an_old_server_is_refused() -> None:
    with answering((200, "application/json", json.dumps({"title": "qdrant", "version": "1.9.2"}))) as (url, _):
        error = refused(lambda: Server(url, None))
    assert "1.9.2" in error.message
    assert "Update" in error.hint


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_key_on_its_way_in_clear_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(StoreUnavailable):
        Server("http://127.0.0.2:1", "secret")
    assert "unencrypted" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.server
@pytest.mark.filterwarnings("error")
def test_a_missing_or_wrong_key_is_said_to_be_so() -> None:
    with quick_folder() as folder, running_qdrant(folder, api_key="right") as url:
        for key in (None, "wrong"):
            error = refused(lambda key=key: ServerStore(url, key, "caselore", DIMENSIONS))  # type: ignore[misc]
            assert "CASELORE_QDRANT_API_KEY" in error.hint
        store = ServerStore(url, "right", "caselore", DIMENSIONS)
        assert store.count() == 0
        store.close()


@pytest.mark.server
def test_a_store_outlives_a_restart_of_its_server() -> None:
    port = free_port()
    with quick_folder() as folder:
        with running_qdrant(folder, port) as url:
            store = ServerStore(url, None, "caselore", DIMENSIONS)
            store.upsert([point(str(n)) for n in range(250)])
        assert url in refused(store.count).message
        with running_qdrant(folder, port):
            assert store.count() == 250
            store.upsert([point("more")])
            assert store.count() == 251
            store.close()


@pytest.mark.server
def test_a_collection_of_someone_else_is_left_alone(qdrant_url: str) -> None:
    client = QdrantClient(qdrant_url, check_compatibility=False)
    name = f"test-{uuid4().hex}"
    client.create_collection(name, vectors_config=models.VectorParams(size=4, distance=models.Distance.DOT))
    error = refused(lambda: ServerStore(qdrant_url, None, name, DIMENSIONS))
    assert name in error.message
    assert "CASELORE_COLLECTION" in error.hint
    client.delete_collection(name)
    client.close()


@pytest.mark.server
def test_what_a_killed_process_left_undone_is_done_at_the_next_start(qdrant_url: str, settings: Settings) -> None:
    client = QdrantClient(qdrant_url, check_compatibility=False)
    own = settings.model_copy(update={"qdrant_url": qdrant_url, "collection": f"test-{uuid4().hex}"})
    ServerStore(qdrant_url, None, own.collection, DIMENSIONS).close()
    client.delete_payload_index(own.collection, "project")
    client.delete_payload_index(own.collection, "version")
    ServerStore(qdrant_url, None, own.collection, DIMENSIONS).close()
    assert set(client.get_collection(own.collection).payload_schema) == set(FILTER_KEYS)
    client.close()
    drop_store(own, None)  # type: ignore[arg-type]


@pytest.mark.server
def test_a_collection_that_vanishes_is_said_to_be_gone(qdrant_url: str) -> None:
    name = f"test-{uuid4().hex}"
    store = ServerStore(qdrant_url, None, name, DIMENSIONS)
    client = QdrantClient(qdrant_url, check_compatibility=False)
    client.delete_collection(name)
    client.close()
    assert name in refused(store.count).message
    store.close()


@pytest.mark.server
def test_two_processes_may_make_the_collection_at_once(qdrant_url: str) -> None:
    name = f"test-{uuid4().hex}"
    errors: list[Exception] = []

    def open_it() -> None:
        try:
            ServerStore(qdrant_url, None, name, DIMENSIONS).close()
        except CaseloreError as error:
            errors.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
