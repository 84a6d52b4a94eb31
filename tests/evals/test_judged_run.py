"""`caselore eval run --judge` through the real client, against an endpoint on loopback."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

import evals.dataset
from evals.cli import app
from ingest.errors import ModelUnavailable
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from tests.retrieval.library import fill


class Endpoint(ThreadingHTTPServer):
    """Says YES to a verdict and 4 to a score, or fails; counts."""

    works = True
    asked = 0


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        prompt = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked += 1
        said = "YES" if "YES" in prompt else "4\n少一处次要内容"
        message = {"role": "assistant", "content": said}
        reply = {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": "m",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 50, "completion_tokens": 2, "total_tokens": 52},
        }
        self.send_response(200 if self.server.works else 503)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(reply if self.server.works else {"error": "busy"}).encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(autouse=True)
def environment(settings: Settings, endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library, two questions about it (one is to be refused), and a model to ask."""
    gold = [{"path": "sync.pdf", "quote": "ES 采用跨集群复制"}]
    rows = [
        {"id": "s1", "question": "ES 采用什么复制？", "kind": "text", "answerable": True, "gold": gold},
        {"id": "s2", "question": "食堂菜单里有什么？", "kind": "refuse", "answerable": False, "gold": []},
    ]
    file = tmp_path / "sets" / "small" / "dev.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    monkeypatch.setattr(evals.dataset, "DATASETS", tmp_path / "sets")
    monkeypatch.setenv("CASELORE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CASELORE_EMBED_MODEL", settings.embed_model)
    monkeypatch.setenv("CASELORE_LLM_BASE_URL", f"http://127.0.0.1:{endpoint.server_port}/v1")
    monkeypatch.setenv("CASELORE_LLM_MODEL", "m")
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)


JUDGED = ["run", "--set", "small", "--judge"]


def test_a_run_is_judged_and_its_tokens_and_agreement_are_told(endpoint: Endpoint) -> None:
    report = json.loads(CliRunner().invoke(app, [*JUDGED, "--json"], catch_exceptions=False).stdout)
    assert report["per_question"][0]["scores"]["judge_correct"] == 0.75
    assert report["metrics"]["judge_faithful"] == 1.0
    assert report["tokens"] == {"judge_read": 50 * endpoint.asked, "judge_wrote": 2 * endpoint.asked}
    assert report["agreement"]["correct"]["n"] == 1
    shown = CliRunner().invoke(app, JUDGED, catch_exceptions=False).stdout
    assert "judge and rule, correct: agree on" in shown
    assert "tokens: judge_read" in shown


def test_a_judge_that_is_away_loses_nothing_and_the_command_goes_on(endpoint: Endpoint) -> None:
    endpoint.works = False
    failed = CliRunner().invoke(app, JUDGED)
    assert isinstance(failed.exception, ModelUnavailable)
    assert "the same command goes on" in failed.exception.hint
    endpoint.works = True
    result = CliRunner().invoke(app, JUDGED, catch_exceptions=False)
    assert "Going on after 2 of 2 questions" in result.stderr


def test_an_opinion_is_kept_from_run_to_run(endpoint: Endpoint) -> None:
    CliRunner().invoke(app, JUDGED, catch_exceptions=False)
    asked = endpoint.asked
    CliRunner().invoke(app, [*JUDGED, "--limit", "1", "--fresh"], catch_exceptions=False)
    assert endpoint.asked == asked > 0


def test_only_some_questions_are_asked() -> None:
    report = json.loads(CliRunner().invoke(app, ["run", "--set", "small", "--limit", "1", "--json"]).stdout)
    assert report["n"] == 1
