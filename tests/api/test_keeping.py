"""What is asked in a conversation is kept; what is asked without one is not."""

import json

import pytest
from fastapi.testclient import TestClient

from tests.api.reading import problem

pytestmark = pytest.mark.usefixtures("corpus")
QUESTION = "910B3 评估了多少张？"


def test_without_a_conversation_nothing_is_kept(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert "id" not in answer
    assert client.get("/api/conversations").json() == []


def test_a_conversation_begins_and_goes_on(client: TestClient) -> None:
    first = client.post("/api/ask", json={"question": QUESTION, "conversation": "new"}).json()
    again = {"question": "按多少路并发算的？", "conversation": first["conversation_id"]}
    second = client.post("/api/ask", json=again).json()
    assert second["conversation_id"] == first["conversation_id"]
    turns = client.get(f"/api/conversations/{first['conversation_id']}").json()["turns"]
    assert [one["id"] for one in turns] == [first["id"], second["id"]]
    # The second was completed from the first.
    assert any(one["key"] == "history" for one in second["understood"])


def test_a_streamed_answer_says_where_it_is_kept_and_what_came_nearest(client: TestClient) -> None:
    body = {"question": "报价是多少？", "conversation": "new"}
    lines = client.post("/api/ask/stream", json=body).text.splitlines()
    done = json.loads(lines[lines.index("event: done") + 1].removeprefix("data: "))
    turn = client.get(f"/api/answers/{done['id']}").json()
    assert turn["answer"]["question"] == "报价是多少？"
    assert turn["nearest"]


def test_an_unknown_conversation_is_a_problem_before_anything_is_streamed(client: TestClient) -> None:
    body = {"question": QUESTION, "conversation": "nowhere"}
    problem(client.post("/api/ask", json=body), 404, "conversation-not-found")
    problem(client.post("/api/ask/stream", json=body), 404, "conversation-not-found")
