"""The service makes what was taken in fast findable by its meaning, too, and says so until it is done."""

import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api import deps
from api.app import create_app
from ingest.index.lock import Holder
from ingest.index.store import Filter
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings
from tests.api.sending import DRILL, HERE, NAME, upload

LACKING = Filter(lacks_dense=True)
NOTE = "份文档尚未完成语义索引"


def wait_until_deep(library: Library) -> None:
    patience = time.monotonic() + 30
    while library.registry.shallow_count():
        assert time.monotonic() < patience
        time.sleep(0.01)


@pytest.fixture
def fast(settings: Settings) -> Settings:
    return settings.model_copy(update={"ingest_profile": "fast"})


def test_what_an_earlier_run_left_shallow_is_deepened(fast: Settings, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(DRILL, encoding="utf-8")
    with Library(fast, Holder("serve"), create=True) as library:
        ingest(library, [tmp_path])
        assert library.store.count(LACKING) == library.store.count() > 0
        with TestClient(create_app(library), HERE):
            wait_until_deep(library)
            assert library.store.count(LACKING) == 0


def test_uploads_are_answered_from_at_once_and_deepened_behind(fast: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    question, absent = "灾备演练的切换步骤共多少步？", "食堂菜单的报价是多少？"

    def ask(client: TestClient, asked: str) -> dict[str, Any]:
        answer: dict[str, Any] = client.post("/api/ask", json={"question": asked}).json()
        return answer

    with monkeypatch.context() as held_back, Library(fast, Holder("serve"), create=True) as library:
        held_back.setattr(deps, "deepen_next", lambda _: False)
        with TestClient(create_app(library), HERE) as client:
            upload(client, (NAME, DRILL))
            assert library.registry.shallow_count() == 1
            assert "十二步" in ask(client, question)["text"]
            assert [NOTE in ask(client, asked)["notes"][-1] for asked in (question, absent)] == [True, True]
    with Library(fast, Holder("serve")) as library, TestClient(create_app(library), HERE) as client:
        wait_until_deep(library)
        upload(client, ("另一份.md", "# 另一份\n\n未完事项由李工接手。\n"))
        wait_until_deep(library)
        assert library.store.count(LACKING) == 0
        assert not [note for note in ask(client, question)["notes"] if NOTE in note]
