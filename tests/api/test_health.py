"""`/healthz`, `/readyz` and `/metrics`."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from ingest.errors import StoreUnavailable
from ingest.library import Library
from ingest.registry import Registry
from tests.api.reading import problem
from tests.api.sending import HERE


def samples(client: TestClient) -> dict[tuple[str, str], float]:
    """Every sample by name and the value of its first own label."""
    response = client.get("/metrics")
    assert response.status_code == 200
    found = {}
    for family in text_string_to_metric_families(response.text):
        for one in family.samples:
            labels = {key: value for key, value in one.labels.items() if key != "le"}
            found[one.name, next(iter(labels.values()), "")] = one.value
    return found


def test_the_process_lives_before_it_has_documents(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    problem(client.get("/readyz"), 503, "index-missing")


def test_it_is_ready_once_there_are_documents(client: TestClient, corpus: Path) -> None:
    body = client.get("/readyz").json()
    assert body == {"status": "ready", "chunks": 3, "model": "hashing"}


def test_half_written_documents_do_not_make_it_ready(client: TestClient, corpus: Path, library: Library) -> None:
    library.registry.hide(library.registry.indexed())
    problem(client.get("/readyz"), 503, "index-missing")


def test_it_is_not_ready_without_its_store(
    client: TestClient, corpus: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> int:
        raise StoreUnavailable("The store is away.", "Start it.")

    monkeypatch.setattr(library.store, "count", away)
    problem(client.get("/readyz"), 503, "store-unavailable")
    assert client.get("/healthz").status_code == 200


def test_metrics_tell_answer_times_documents_and_chunks(client: TestClient, corpus: Path) -> None:
    for path in ("/api/ask", "/api/ask/stream"):
        client.post(path, json={"question": "ES 采用什么复制，RPO 不超过多少秒？"})
        client.post(path, json={"question": "食堂周三的菜单有哪些？"})
        client.post(path, json={"question": ""})
    for text in ("# 备忘\n\n周五演练。", ""):
        client.post("/api/documents", files={"files": ("a.md", text)})
    found = samples(client)
    assert found["caselore_ask_seconds_count", "answered"] == 2
    assert found["caselore_ask_seconds_count", "refused"] == 2
    assert 0 < found["caselore_ask_seconds_sum", "answered"] < 60
    assert ("caselore_ask_seconds_count", "error") not in found, "an empty question is no failed answer"
    assert found["caselore_documents_total", "added"] == 1
    assert found["caselore_documents_total", "failed"] == 1
    assert found["caselore_chunks", ""] == 4
    assert found["process_resident_memory_bytes", ""] > 0


def test_an_answer_that_fails_counts_as_an_error(
    client: TestClient, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Registry) -> frozenset[str]:
        raise ZeroDivisionError

    monkeypatch.setattr(Registry, "hidden", fail)
    assert client.post("/api/ask", json={"question": "双活"}).status_code == 500
    client.post("/api/ask/stream", json={"question": "双活"})
    assert samples(client)["caselore_ask_seconds_count", "error"] == 2


def test_two_applications_in_one_process_count_apart(client: TestClient, corpus: Path, library: Library) -> None:
    other = TestClient(create_app(library), HERE)
    client.post("/api/ask", json={"question": "食堂周三的菜单有哪些？"})
    assert samples(client)["caselore_ask_seconds_count", "refused"] == 1
    assert ("caselore_ask_seconds_count", "refused") not in samples(other)


def test_metrics_are_named_as_prometheus_asks(client: TestClient) -> None:
    lines = client.get("/metrics").text.splitlines()
    types = dict(one.split()[2:4] for one in lines if one.startswith("# TYPE caselore_"))
    explained = {one.split()[2] for one in lines if one.startswith("# HELP") and len(one.split()) > 3}
    assert {name for name, kind in types.items() if kind == "counter"} == {
        name for name in types if name.endswith("_total")
    }
    # Of base units; what has none is a number of things.
    assert all(name.endswith("_seconds") for name, kind in types.items() if kind == "histogram")
    assert not [name for name in types if name.endswith(("_ms", "_mb", "_minutes", "_count", "_sum", "_bucket"))]
    assert types.keys() <= explained
    assert types["caselore_turned_away_total"] == "counter"
