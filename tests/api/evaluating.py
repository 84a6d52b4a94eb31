"""How tests hand in a question set, run it, and wait for the run."""

import time
from typing import Any

from fastapi.testclient import TestClient

from tests.api.reading import Response

QUESTIONS = """问题,可回答,依据,数字,资料没有的,类型
910B3 评了多少张？,是,算力评估.md | 昇腾 910B3 共评估 74 张,74,,=HYPERLINK()
<script>alert(1)</script>报价是多少？,否,,,报价,
""".encode()
NAME = "我的 题.csv"
PATIENCE_S = 30


def add(client: TestClient, name: str = NAME, content: bytes = QUESTIONS) -> Response:
    return client.post("/api/evals/sets", files={"file": (name, content)})


def made(client: TestClient) -> str:
    """The id of a run, made from the set to the end."""
    assert add(client).status_code == 200
    assert client.post("/api/evals/runs", json={"set": NAME, "split": "own"}).status_code == 202
    return str(finished(client)["run"])


def finished(client: TestClient) -> dict[str, Any]:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        now: dict[str, Any] = client.get("/api/evals/progress").json()
        if now["state"] not in ("running", "stopping"):
            return now
        time.sleep(0.02)
    raise AssertionError(now)
