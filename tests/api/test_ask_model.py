"""Asking over HTTP with a language model: what a page is sent, what is counted, and who leaves stops the model."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.library import Library
from tests.api.reading import events
from tests.api.sending import HERE
from tests.fake_llm_server import FakeLLM, Play, claim, fake_llm, reply

pytestmark = pytest.mark.usefixtures("corpus")

QUESTION = "ES 采用什么复制，RPO 不超过多少秒？"
TRUE = claim("ES 采用跨集群复制，RPO 不超过 30 秒。")
ASKED = {"question": QUESTION, "answerer": "llm"}


@contextmanager
def asking(library: Library, fake: FakeLLM) -> Iterator[TestClient]:
    library.settings = fake.settings(library.settings)
    with TestClient(create_app(library), HERE, raise_server_exceptions=False) as client:
        yield client


@contextmanager
def serving(library: Library, fake: FakeLLM) -> Iterator[str]:
    """The application behind a real server, whose clients can hang up."""
    library.settings = fake.settings(library.settings)
    server = uvicorn.Server(uvicorn.Config(create_app(library), log_level="error", lifespan="on"))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def test_the_answer_tells_who_wrote_it_and_what_it_cost(library: Library) -> None:
    with (
        fake_llm(Play(reply(TRUE, claim("RTO 不超过 5 分钟。")), cached_tokens=90)) as fake,
        asking(library, fake) as client,
    ):
        answer = client.post("/api/ask", json=ASKED).json()
        metrics = client.get("/metrics").text
    assert (answer["answerer"], answer["model"], answer["status"]) == ("llm", "fake-1", "answered")
    assert answer["usage"] == {"prompt_tokens": 120, "completion_tokens": 30, "cached_tokens": 90}
    assert len(answer["dropped"]) == 1
    assert 'caselore_llm_tokens_total{kind="cached",model="fake-1"} 90.0' in metrics
    assert 'caselore_llm_claims_total{verdict="verified"} 1.0' in metrics
    assert 'caselore_llm_claims_total{verdict="dropped"} 1.0' in metrics
    assert 'caselore_llm_seconds_count{model="fake-1",stage="first_token"} 1.0' in metrics


def test_a_stream_holds_checked_claims_only(library: Library) -> None:
    with fake_llm(Play(reply(claim("RTO 不超过 5 分钟。"), TRUE))) as fake, asking(library, fake) as client:
        found = events(client.post("/api/ask/stream", json=ASKED))
    assert [name for name, _ in found if name != "progress"] == ["passages", "token", "citation", "claim", "done"]
    assert "5 分钟" not in "".join(str(data) for name, data in found if name in ("token", "claim", "progress"))
    assert found[-1][1]["dropped"][0]["text"] == "RTO 不超过 5 分钟。"


def test_a_model_that_fails_is_counted_and_no_error(library: Library) -> None:
    with fake_llm(Play(status=500)) as fake, asking(library, fake) as client:
        response = client.post("/api/ask", json=ASKED)
        metrics = client.get("/metrics").text
    assert (response.status_code, response.json()["fallback"]) == (200, "error")
    assert 'caselore_llm_fallbacks_total{reason="error"} 1.0' in metrics


def test_passages_come_before_the_model_has_said_a_word(library: Library) -> None:
    with (
        fake_llm(Play(hang=True)) as fake,
        serving(library, fake) as url,
        httpx.stream("POST", f"{url}/api/ask/stream", json=ASKED, timeout=10) as response,
    ):
        lines = response.iter_lines()
        assert next(lines) == "event: passages"
        assert json.loads(next(lines).removeprefix("data: "))
        assert not fake.ended.is_set()


@pytest.mark.parametrize("play", [Play(hang=True), Play(reply(TRUE, TRUE), piece=1, pause_s=0.05)])
def test_who_leaves_a_stream_stops_the_model(library: Library, play: Play) -> None:
    with fake_llm(play) as fake, serving(library, fake) as url:
        with httpx.stream("POST", f"{url}/api/ask/stream", json=ASKED, timeout=10) as response:
            lines = response.iter_lines()
            assert next(lines) == "event: passages"
            _until_asked(fake)
        assert fake.left.wait(5)
        _until_stopped(url)


def test_who_hangs_up_on_a_question_stops_the_model(library: Library) -> None:
    body = json.dumps(ASKED).encode()
    head = f"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    with fake_llm(Play(hang=True)) as fake, serving(library, fake) as url:
        with socket.create_connection(("127.0.0.1", httpx.URL(url).port or 0)) as connection:
            connection.sendall(head.encode() + b"\r\n\r\n" + body)
            _until_asked(fake)
        assert fake.left.wait(5)
        _until_stopped(url)


def _until_asked(fake: FakeLLM) -> None:
    deadline = time.monotonic() + 20
    while not fake.requests:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _until_stopped(url: str) -> None:
    deadline = time.monotonic() + 5
    while 'caselore_ask_seconds_count{status="stopped"} 1.0' not in httpx.get(f"{url}/metrics").text:
        assert time.monotonic() < deadline
        time.sleep(0.05)
