"""The real llama.cpp with the real weights: answers by a schema, streams, stops when nobody listens."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import psutil
import pytest

from ingest.settings import Settings
from retrieval.local_llm.endpoint import LocalEndpoint, local_endpoint

pytestmark = [pytest.mark.llm, pytest.mark.timeout(900)]
PATIENCE = httpx.Timeout(600)
SCHEMA = {
    "type": "object",
    "properties": {"cards": {"type": "integer"}, "sources": {"type": "array", "items": {"type": "integer"}}},
    "required": ["cards", "sources"],
    "additionalProperties": False,
}
PASSAGES = "资料：\n[1] 需求合计 74 张 Ascend 910B3。\n[2] 演练于 3 月完成。\n"


@pytest.fixture(scope="module")
def talker(language_model: Settings) -> Iterator[LocalEndpoint]:
    with local_endpoint(language_model) as talker:
        talker.wait_ready(600)
        yield talker


def body(question: str, **more: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": PASSAGES + question}], "temperature": 0, **more}


@pytest.fixture
def client(talker: LocalEndpoint) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {talker.api_key}"}
    with httpx.Client(base_url=talker.base_url, headers=headers, timeout=PATIENCE) as client:
        yield client


def test_without_the_key_nothing_is_answered(talker: LocalEndpoint) -> None:
    answer = httpx.post(f"{talker.base_url}/chat/completions", json=body("你好"))
    assert answer.status_code == 401


def test_it_answers_by_the_schema_and_uses_the_passages_again(client: httpx.Client) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}}
    for question in ("评了多少张卡？", "一共多少张 910B3？"):
        answer = client.post("/chat/completions", json=body(question, response_format=form, max_tokens=60)).json()
        said = json.loads(answer["choices"][0]["message"]["content"])
        assert said["cards"] == 74
        assert all(isinstance(source, int) for source in said["sources"])
    assert answer["usage"]["prompt_tokens_details"]["cached_tokens"] > 20


def test_it_streams_and_stops_when_nobody_listens(talker: LocalEndpoint, client: httpx.Client) -> None:
    asked = body("请写一篇很长的文章。", stream=True, max_tokens=4000, ignore_eos=True)
    pieces = 0
    with client.stream("POST", "/chat/completions", json=asked) as answer:
        for line in answer.iter_lines():
            pieces += line.startswith("data:")
            if pieces == 5:
                break
    assert talker.pid
    process = psutil.Process(talker.pid)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        before = process.cpu_times().user
        time.sleep(2)
        if process.cpu_times().user - before < 0.05:
            return
    pytest.fail("it still works a minute after the client went away")
