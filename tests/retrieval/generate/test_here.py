"""A model of this machine is started at the first question, asked like any endpoint, and ended with the assistant."""

from time import monotonic, sleep

import pytest

from ingest.errors import ModelUnavailable
from ingest.settings import Settings
from retrieval.generate.ask_model import ChatModel
from retrieval.generate.failure import ModelFailed
from retrieval.generate.prompt import Message
from tests.fake_llm_server import Play, claim, fake_llm, reply

CHAT = [Message("user", "问题")]
TEXT = reply(claim("好。"))


class _Endpoint:
    model, api_key = "small-1", "k"

    def __init__(self, url: str) -> None:
        self.base_url, self.closed, self.waits = url, False, 0

    def wait_ready(self, timeout_s: float | None = None) -> None:
        self.waits += 1

    def close(self) -> None:
        self.closed = True


def said(model: ChatModel) -> str:
    return "".join(piece.text for piece in model.stream(CHAT, monotonic() + 20, lambda: False))


def test_it_is_started_once_and_ended(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(TEXT)) as fake:
        started: list[_Endpoint] = []
        monkeypatch.setattr(
            "retrieval.generate.ask_model.local_endpoint",
            lambda _: started.append(_Endpoint(fake.url)) or started[-1],  # type: ignore[func-returns-value]
        )
        model = ChatModel(settings.model_copy(update={"llm_model": "qwen2.5-coder-1.5b"}))
        assert not started
        assert [said(model), said(model)] == [TEXT, TEXT]
        assert [one.waits for one in started] == [2]
        assert {one["model"] for one in fake.requests} == {model.name} == {"small-1"}
        model.close()
    assert started[0].closed


def test_a_model_that_does_not_start_is_away(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Settings) -> None:
        raise ModelUnavailable("It is not here.", "Pull it.")

    monkeypatch.setattr("retrieval.generate.ask_model.local_endpoint", fail)
    with pytest.raises(ModelFailed) as caught:
        said(ChatModel(settings.model_copy(update={"llm_model": "qwen2.5-coder-1.5b"})))
    assert caught.value.failure == "away"


def test_loading_it_is_no_silence_of_its_answer(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(_Endpoint):
        def wait_ready(self, timeout_s: float | None = None) -> None:
            sleep(0.6)

    with fake_llm(Play(TEXT)) as fake:
        monkeypatch.setattr("retrieval.generate.ask_model.local_endpoint", lambda _: Slow(fake.url))
        here = settings.model_copy(update={"llm_model": "qwen2.5-coder-1.5b", "llm_first_token_s": 0.5})
        assert said(ChatModel(here)) == TEXT
    with fake_llm(Play(hang=True)) as fake:
        monkeypatch.setattr("retrieval.generate.ask_model.local_endpoint", lambda _: Slow(fake.url))
        started = monotonic()
        with pytest.raises(ModelFailed, match="silent"):
            said(ChatModel(here))
        assert 1 < monotonic() - started < 10
