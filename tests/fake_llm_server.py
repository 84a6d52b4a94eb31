"""An OpenAI-compatible endpoint on loopback that plays what it is told, well or badly; no model, no network."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from ingest.settings import Settings

MODEL = "fake-1"


def claim(text: str, source: int = 1, quote: str = "") -> dict[str, Any]:
    """A claim as a model returns it."""
    return {"sources": [source], "quotes": [quote or text], "text": text}


def reply(*claims: dict[str, Any], missing: tuple[str, ...] = ()) -> str:
    """A whole reply as a model returns it."""
    return json.dumps({"claims": list(claims), "missing": list(missing)}, ensure_ascii=False)


@dataclass(frozen=True)
class Play:
    """How one request is answered.

    `text` is streamed in pieces of `piece` characters, `pause_s` between them. Other than 200, `status` comes with
    `body`. `hang`: nothing is said, before or (`hang_after`) after so many characters; `die_after`: the connection is
    broken off then; `raw`: these bytes are the body, whatever they are. `refuses`: fields of a request that get a 400.
    """

    text: str = ""
    status: int = 200
    body: str = "{}"
    piece: int = 8
    pause_s: float = 0.0
    hang: bool = False
    hang_after: int | None = None
    die_after: int | None = None
    raw: bytes | None = None
    refuses: tuple[str, ...] = ()
    finish: Literal["stop", "length"] = "stop"
    cached_tokens: int = 0


@dataclass
class FakeLLM:
    """The endpoint: what it was asked, how many clients left before the end, and what it plays next.

    The last of `plays` is repeated.
    """

    url: str
    plays: list[Play]
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    """Set when a client has gone before all was said."""
    ended: threading.Event = field(default_factory=threading.Event)
    running: int = 0
    most_running: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def settings(self, settings: Settings, **more: Any) -> Settings:
        """The same settings with this endpoint."""
        return settings.model_copy(update={"llm_base_url": self.url, "llm_model": MODEL, **more})

    def next_play(self, request: dict[str, Any]) -> Play:
        """How to answer this request."""
        with self.lock:
            self.requests.append(request)
            return self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]


@contextmanager
def fake_llm(*plays: Play) -> Iterator[FakeLLM]:
    """An endpoint that answers its requests with these, one after the other."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    fake = FakeLLM(f"http://127.0.0.1:{server.server_address[1]}/v1", list(plays))
    server.fake = fake  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        fake: FakeLLM = self.server.fake  # type: ignore[attr-defined]
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        fake.headers.append({name.lower(): value for name, value in self.headers.items()})
        play = fake.next_play(request)
        with fake.lock:
            fake.running += 1
            fake.most_running = max(fake.running, fake.most_running)
        try:
            self._answer(fake, play, request)
        except (BrokenPipeError, ConnectionResetError):
            fake.left.set()
        finally:
            with fake.lock:
                fake.running -= 1
        self.close_connection = True

    def _answer(self, fake: FakeLLM, play: Play, request: dict[str, Any]) -> None:
        refused = [
            one for one in play.refuses if one in json.dumps(request.get("response_format", "")) or one in request
        ]
        if refused:
            return self._plain(400, json.dumps({"error": {"message": f"{refused[0]} is not supported"}}))
        if play.status != 200:
            return self._plain(play.status, play.body)
        if play.hang:
            return self._wait(fake)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        if play.raw is not None:
            self.wfile.write(play.raw)
            return None
        self._event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]})
        for at in range(0, len(play.text), play.piece):
            if play.die_after is not None and at >= play.die_after:
                self.wfile.write(b'data: {"choices": [{"ind')
                return None
            if play.hang_after is not None and at >= play.hang_after:
                return self._wait(fake)
            self._event({"choices": [{"index": 0, "delta": {"content": play.text[at : at + play.piece]}}]})
            time.sleep(play.pause_s)
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": play.finish}]})
        if request.get("stream_options", {}).get("include_usage"):
            details = {"cached_tokens": play.cached_tokens}
            usage = {"prompt_tokens": 120, "completion_tokens": 30, "prompt_tokens_details": details}
            self._event({"choices": [], "usage": usage | {"total_tokens": 150}})
        self.wfile.write(b"data: [DONE]\n\n")
        return None

    def _event(self, part: dict[str, Any]) -> None:
        whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, **part}
        self.wfile.write(f"data: {json.dumps(whole, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def _plain(self, status: int, body: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _wait(self, fake: FakeLLM) -> None:
        """Say nothing until the client goes, or the test is over."""
        self.connection.settimeout(0.05)
        while not fake.ended.is_set():
            try:
                if not self.connection.recv(1):
                    fake.left.set()
                    return
            except TimeoutError:
                continue

    def log_message(self, *_: object) -> None:
        """The test says what it needs to."""
