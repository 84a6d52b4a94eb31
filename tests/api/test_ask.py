"""`POST /api/ask` and its stream."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from ingest.errors import StoreUnavailable
from ingest.library import Library
from ingest.settings import Settings
from retrieval.assistant import Assistant, Event
from retrieval.cli import app
from tests.api.reading import events, problem
from tests.api.sending import HERE

pytestmark = pytest.mark.usefixtures("corpus")

QUESTION = "ES 采用什么复制，RPO 不超过多少秒？"
UNANSWERABLE = "食堂周三的菜单有哪些？"


@pytest.fixture(params=["/api/ask", "/api/ask/stream"])
def path(request: pytest.FixtureRequest) -> str:
    """Both ways to ask: what is checked before an answer is checked alike."""
    given: str = request.param
    return given


def test_an_answer_is_cited(client: TestClient, corpus: Path) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert answer["status"] == "answered"
    assert "30 秒" in answer["text"]
    (first, *_) = answer["citations"]
    assert first["document"]["path"] == "云澜证券/双活设计 V1.0.md"
    assert first["quote"] in (corpus / first["document"]["path"]).read_text("utf-8")
    assert first["locator"]["line_start"] == 5
    assert answer["claims"][0]["citations"] == [first["n"]]


def test_what_the_documents_do_not_say_is_refused(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": UNANSWERABLE})
    assert response.status_code == 200
    answer = response.json()
    assert (answer["status"], answer["citations"]) == ("refused", [])
    assert answer["missing"]


def test_an_answer_is_the_same_as_the_command_s(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {"question": QUESTION, "filters": {"project": "云澜证券"}}
    with TestClient(create_app(library), HERE) as client:
        over_http = client.post("/api/ask", json=body).json()
    # The service has ended and let go of the index, so that the command gets it.
    monkeypatch.setenv("CASELORE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CASELORE_EMBED_MODEL", settings.embed_model)
    result = CliRunner().invoke(
        app, ["ask", QUESTION, "--filter", "project=云澜证券", "--json"], catch_exceptions=False
    )
    by_command = json.loads(result.stdout)
    assert over_http.pop("timings_ms").keys() == by_command.pop("timings_ms").keys()
    assert over_http == by_command


def test_filters_narrow_the_answer(client: TestClient, path: str) -> None:
    for value in ("禾川银行", ["禾川银行", "没有这个项目"]):
        response = client.post(path, json={"question": QUESTION, "filters": {"project": value}})
        assert response.status_code == 200
        assert "云澜" not in response.text


def test_an_empty_question_is_a_problem(client: TestClient, path: str) -> None:
    for question in ("", " \n", "？！"):
        problem(client.post(path, json={"question": question}), 422, "empty-question")


def test_a_question_of_20_000_characters_is_a_problem(client: TestClient, path: str) -> None:
    body = problem(client.post(path, json={"question": "双活" * 10_000}), 422, "question-too-long")
    assert "20000" in body["detail"]
    assert len(body["detail"]) < 200


def test_an_unknown_filter_is_a_problem(client: TestClient, path: str) -> None:
    body = problem(client.post(path, json={"question": QUESTION, "filters": {"colour": "red"}}), 422, "unknown-filter")
    assert "colour" in body["detail"]
    assert "project" in body["hint"]


WRONG_JSON = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"question": 3}',
    b'{"question": null}',
    b'{"question": "a", "filters": {"project": []}}',
    b'{"question": "a", "filters": {"project": {"a": 1}}}',
    b'{"question": "a", "answerer": "none"}',
    b'{"question": "\\u53cc\\u6d3b\\ud800"}',
    b'{"question": "a", "filters": {"project": "\\udfff"}}',
    b"{}",
]


def test_wrong_json_is_a_problem(client: TestClient, path: str) -> None:
    for content in WRONG_JSON:
        response = client.post(path, content=content, headers={"content-type": "application/json"})
        problem(response, 422, "invalid-request")


def test_bytes_that_are_no_json_are_a_problem(client: TestClient, path: str) -> None:
    for content in (b"\xff\xfe\xfd", b"[" * 100_000):
        response = client.post(path, content=content, headers={"content-type": "application/json"})
        problem(response, 400, "bad-request")


def test_a_body_over_the_limit_is_a_problem(client: TestClient, path: str) -> None:
    problem(client.post(path, json={"question": "a" * (1 << 20)}), 413, "content-too-large")


def test_a_body_over_the_limit_that_comes_in_pieces_is_not_read_on(client: TestClient, path: str) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        yield b'{"question": "'
        while sent < 64 << 20:
            sent += 1 << 16
            yield b"a" * (1 << 16)

    problem(client.post(path, content=pieces()), 413, "content-too-large")


def test_a_stream_ends_in_the_whole_answer(client: TestClient) -> None:
    response = client.post("/api/ask/stream", json={"question": QUESTION})
    assert "双活" in response.text, "Chinese is sent as it is"
    found = events(response)
    names = [name for name, _ in found]
    assert sorted(set(names), key=names.index) == ["passages", "token", "citation", "done"]
    assert names == sorted(names, key=["passages", "token", "citation", "done"].index)
    done = found[-1][1]
    at_once = client.post("/api/ask", json={"question": QUESTION}).json()
    assert {**done, "timings_ms": {}} == {**at_once, "timings_ms": {}}
    assert "".join(data for name, data in found if name == "token") == done["text"]
    assert [data for name, data in found if name == "citation"] == done["citations"]
    passages = found[0][1]
    assert [passage["rank"] for passage in passages] == list(range(1, len(passages) + 1))
    assert {"score", "text", "document", "locator"} <= passages[0].keys()


def test_a_refusal_streams_too(client: TestClient) -> None:
    found = events(client.post("/api/ask/stream", json={"question": UNANSWERABLE}))
    assert (found[0][0], found[-1][0]) == ("passages", "done")
    assert found[-1][1]["status"] == "refused"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (StoreUnavailable("It is away.", "Start it."), "store-unavailable"),
        (ZeroDivisionError(), "internal-error"),
    ],
)
def test_what_goes_wrong_in_a_stream_is_its_last_event(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: str
) -> None:
    def fail(*_: object, **__: object) -> Iterator[Event]:
        yield Event("passages", [])
        raise error

    monkeypatch.setattr(Assistant, "stream", fail)
    response = client.post("/api/ask/stream", json={"question": QUESTION})
    (_, (name, data)) = events(response)
    assert name == "error"
    assert data["type"] == f"urn:caselore:{kind}"
    assert data["hint"]
    assert "ZeroDivision" not in response.text


def test_a_follow_up_is_completed_and_what_was_understood_is_told(client: TestClient) -> None:
    whole = client.post("/api/ask", json={"question": "那 ES 呢？", "history": ["MySQL 怎么同步？"]}).json()
    assert {"key": "history", "value": "ES 怎么同步？", "words": "那 ES 呢？"} in whole["understood"]
    named = {"question": "云澜证券的 ES 怎么同步？"}
    assert [one["key"] for one in client.post("/api/ask", json=named).json()["understood"]] == ["project"]
    assert client.post("/api/ask", json=named | {"guess": False}).json()["understood"] == []


def test_a_guess_can_be_dropped_by_itself(client: TestClient) -> None:
    def understood(*without: str) -> list[str]:
        body = {"question": "禾川银行评估了多少张卡", "without": list(without)}
        return [one["key"] for one in client.post("/api/ask", json=body).json()["understood"]]

    assert "project" in understood()
    assert "project" not in understood("project=禾川银行")
    problem(client.post("/api/ask", json={"question": "卡", "without": ["colour"]}), 422, "unknown-filter")
