"""What doctor says of the language model."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.doctor_language import language_model
from ingest.settings import Settings


@contextmanager
def endpoint(status: int, body: bytes, asked: list[str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization')}")
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def told(settings: Settings, status: int, body: object) -> tuple[str, bool, str]:
    asked: list[str] = []
    with endpoint(status, body if isinstance(body, bytes) else json.dumps(body).encode(), asked) as url:
        changes = {"llm_base_url": url, "llm_model": "qwen", "llm_api_key": "secret"}
        found = language_model(settings.model_copy(update=changes))
    assert asked == ["/v1/models Bearer secret"]
    return found


def test_none_set_is_no_fault(settings: Settings) -> None:
    state, fine, hint = language_model(settings)
    assert "none is set" in state
    assert fine
    assert not hint


@pytest.mark.parametrize(
    ("status", "body", "fine", "says"),
    [
        (200, {"data": [{"id": "qwen"}]}, True, "reached"),
        (200, {"data": [{"id": "other"}]}, True, "does not list it"),
        (200, {"models": []}, True, "reached"),
        (200, b"<html>", True, "reached"),
        (404, b"", True, "reached"),
        (401, b"", False, "refuses the key"),
        (502, b"", False, "answers with 502"),
    ],
)
def test_an_endpoint_is_asked_what_it_has(settings: Settings, status: int, body: object, fine: bool, says: str) -> None:
    found = told(settings, status, body)
    assert found[1] == fine
    assert says in found[0]
    assert "secret" not in "".join(map(str, found))


def test_what_it_lists_is_named(settings: Settings) -> None:
    assert "CASELORE_LLM_MODEL to one of other" in told(settings, 200, {"data": [{"id": "other"}]})[2]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "not a url", "http://[/v1"])
def test_an_endpoint_that_is_away_is_told_with_what_happens_meanwhile(settings: Settings, url: str) -> None:
    state, fine, hint = language_model(settings.model_copy(update={"llm_base_url": url, "llm_model": "qwen"}))
    assert "cannot be reached" in state
    assert not fine
    assert "CASELORE_LLM_BASE_URL" in hint
    assert "quoted from the documents" in hint


def test_an_endpoint_without_a_model_is_told(settings: Settings) -> None:
    _, fine, hint = language_model(settings.model_copy(update={"llm_base_url": "http://127.0.0.1:9/v1"}))
    assert not fine
    assert "CASELORE_LLM_MODEL" in hint


def test_a_model_of_this_machine_that_is_not_here_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.model_language.find_spec", lambda name: name)
    _, fine, hint = language_model(settings.model_copy(update={"llm_model": "qwen2.5-coder-1.5b"}))
    assert not fine
    assert "caselore models pull qwen2.5-coder-1.5b" in hint
