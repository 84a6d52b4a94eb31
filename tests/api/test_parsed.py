"""`GET /api/documents/{id}/parsed`: what was read, piece by piece, and where in it a place is."""

import json

import pytest
from fastapi.testclient import TestClient

from api.parsed import PIECE
from tests.api.reading import problem
from tests.api.sending import upload

LINES = "\n\n".join(f"第 {number} 条要求。" for number in range(1, 151))


@pytest.fixture
def document(client: TestClient) -> str:
    return str(upload(client, ("要求.md", f"# 要求\n\n{LINES}\n")).json()["taken"][0]["id"])


def test_all_elements_come_in_their_order(client: TestClient, document: str) -> None:
    whole = client.get(f"/api/documents/{document}/parsed").json()
    assert whole["counts"] == {"heading": 1, "paragraph": 150}
    assert (whole["pieces"], whole["size"], whole["opened"]) == (3, PIECE, None)
    read = [one for n in (1, 2, 3) for one in client.get(f"/api/documents/{document}/parsed/{n}").json()]
    assert [one["text"] for one in read] == ["要求", *(f"第 {number} 条要求。" for number in range(1, 151))]
    assert read[-1]["locator"]["line_start"] == 301


def test_a_place_is_found_in_what_was_read(client: TestClient, document: str) -> None:
    at = json.dumps({"kind": "lines", "line_start": 201, "line_end": 201})
    assert client.get(f"/api/documents/{document}/parsed", params={"at": at}).json()["opened"] == {
        "piece": 2,
        "element": 101,
    }
    nowhere = json.dumps({"kind": "lines", "line_start": 9000})
    assert client.get(f"/api/documents/{document}/parsed", params={"at": nowhere}).json()["opened"] is None


def test_what_is_not_there_is_told(client: TestClient, document: str) -> None:
    problem(client.get(f"/api/documents/{document}/parsed/4"), 404, "document-not-found")
    assert client.get(f"/api/documents/{document}/parsed/0").status_code == 422
    assert client.get(f"/api/documents/{document}/parsed?at=none").status_code == 422
    problem(client.get("/api/documents/0000000000000000/parsed"), 404, "document-not-found")


def test_what_was_left_out_and_not_read_is_told_in_the_readers_language(client: TestClient) -> None:
    page = "<html><body><h1>要求</h1><p>双路供电。</p><p style='display:none'>看不见的话</p></body></html>"
    document = upload(client, ("要求.html", page)).json()["taken"][0]["id"]
    whole = client.get(f"/api/documents/{document}/parsed", headers={"Accept-Language": "zh"}).json()
    assert [(one["reason"], one["text"]) for one in whole["left_out"]] == [("invisible", "看不见的话")]
    assert whole["left_out_in_all"] == 1
