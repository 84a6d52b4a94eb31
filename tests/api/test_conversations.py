"""`/api/conversations`, `/api/answers` and `/api/gaps`."""

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient

from ingest.document import Locator
from ingest.library import Library
from retrieval.answer import Citation
from retrieval.conversations.conversations import Conversations
from retrieval.conversations.turn import Turn
from tests.api.reading import problem
from tests.retrieval.conversations.kept import answer, document


@pytest.fixture
def turn(library: Library) -> Turn:
    """A refused question, kept."""
    kept = Conversations(library.settings)
    try:
        return kept.add(answer("=报价是多少？", "refused"), nearest=[document()])
    finally:
        kept.close()


def test_a_conversation_is_listed_read_renamed_and_deleted(client: TestClient, turn: Turn) -> None:
    at = f"/api/conversations/{turn.conversation_id}"
    assert [one["title"] for one in client.get("/api/conversations").json()] == ["=报价是多少？"]
    assert client.get(at).json()["turns"][0]["answer"]["question"] == "=报价是多少？"
    assert client.patch(at, json={"title": " 报价 "}).status_code == 204
    assert client.get("/api/conversations").json()[0]["title"] == "报价"
    assert client.delete(at).json() == {"id": turn.conversation_id, "removed": True}
    problem(client.get(at), 404, "conversation-not-found")


def test_an_answer_is_opened_and_judged(client: TestClient, turn: Turn) -> None:
    at = f"/api/answers/{turn.id}"
    assert client.get(at).json()["vote"] is None
    assert client.put(f"{at}/vote", json={"vote": -1, "reason": "wrong_source", "citation": 1}).status_code == 204
    assert client.get(at).json()["vote"]["reason"] == "wrong_source"
    assert client.delete(f"{at}/vote").status_code == 204
    assert client.get(at).json()["vote"] is None


@pytest.mark.usefixtures("corpus")
def test_what_was_found_is_read_again_until_the_conversation_is_deleted(client: TestClient, turn: Turn) -> None:
    asked = {"question": "双活的 RPO 是多少？", "conversation": turn.conversation_id}
    told = client.post("/api/ask/stream", json=asked).text
    first = next(line for line in told.splitlines() if line.startswith("data:"))
    answer_id = client.get(f"/api/conversations/{turn.conversation_id}").json()["turns"][-1]["id"]
    found = client.get(f"/api/answers/{answer_id}/passages").json()
    assert found
    assert found == json.loads(first.removeprefix("data:"))
    assert client.get(f"/api/answers/{turn.id}/passages").json() == []
    client.delete(f"/api/conversations/{turn.conversation_id}")
    problem(client.get(f"/api/answers/{answer_id}/passages"), 404, "answer-not-found")


@pytest.mark.parametrize(
    "wrong", [{"vote": 2}, {"vote": -1, "reason": "wrong_source"}, {"vote": -1, "reason": "ugly"}, {}]
)
def test_a_wrong_vote_is_a_problem(client: TestClient, turn: Turn, wrong: dict[str, object]) -> None:
    problem(client.put(f"/api/answers/{turn.id}/vote", json=wrong), 422, "invalid-request")


def test_what_is_not_kept_is_not_found(client: TestClient) -> None:
    problem(client.get("/api/answers/none"), 404, "answer-not-found")
    problem(client.put("/api/answers/none/vote", json={"vote": 1}), 404, "answer-not-found")
    problem(client.delete("/api/conversations/none"), 404, "conversation-not-found")


def test_gaps_are_listed_and_exported(client: TestClient, turn: Turn) -> None:
    (gap,) = client.get("/api/gaps").json()
    assert gap["question"] == turn.answer.question
    assert gap["nearest"][0]["title"] == "设计说明书"
    exported = client.get("/api/gaps", params={"format": "csv"})
    assert "attachment" in exported.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(exported.content.decode("utf-8-sig"))))
    # A spreadsheet would run it as a formula.
    assert rows[1][0] == "'=报价是多少？"
    assert rows[1][1:4] == ["1", "1", "0"]


def test_what_readers_find_wrong_is_exported(client: TestClient, library: Library) -> None:
    kept = Conversations(library.settings)
    source = Citation(n=2, quote="5 秒", document=document(), locator=Locator(kind="page", page=1))
    turn = kept.add(answer().model_copy(update={"citations": (source,)}))
    kept.close()
    wrong = {"vote": -1, "reason": "wrong_source", "citation": 2, "comment": "是旧版"}
    assert client.put(f"/api/answers/{turn.id}/vote", json=wrong).status_code == 204
    exported = client.get("/api/gaps", params={"format": "csv"}).content.decode("utf-8-sig")
    assert "出处不对 [2]《设计说明书》 是旧版" in exported
