"""What endpoints refuse is found out once; what was asked is what is sent."""

from time import monotonic

import pytest

from ingest.settings import Settings
from retrieval.generate.ask_model import ChatModel
from retrieval.generate.failure import ModelFailed
from retrieval.generate.prompt import Message
from tests.fake_llm_server import FakeLLM, Play, claim, fake_llm, reply

CHAT = [Message("system", "规则"), Message("user", "问题")]
TEXT = reply(claim("好。"))


def said(model: ChatModel) -> str:
    return "".join(piece.text for piece in model.stream(CHAT, monotonic() + 20, lambda: False))


def formats(fake: FakeLLM) -> list[str]:
    return [one.get("response_format", {}).get("type", "none") for one in fake.requests]


def test_the_schema_is_asked_for_and_the_reply_streamed(settings: Settings) -> None:
    with fake_llm(Play(TEXT)) as fake:
        assert said(ChatModel(fake.settings(settings))) == TEXT
    (request,) = fake.requests
    assert [(one["role"], one["content"]) for one in request["messages"]] == [("system", "规则"), ("user", "问题")]
    assert request["stream"] is True
    assert request["temperature"] == 0
    assert request["response_format"]["json_schema"]["schema"]["required"] == ["claims", "missing"]


@pytest.mark.parametrize(
    ("refuses", "asked"),
    [
        (("json_schema",), ["json_schema", "json_object", "json_object"]),
        (("response_format",), ["json_schema", "json_object", "none", "none"]),
        (("response_format", "stream_options"), ["json_schema", "json_object", "none", "none", "none"]),
    ],
)
def test_what_an_endpoint_refuses_is_not_asked_again(
    settings: Settings, refuses: tuple[str, ...], asked: list[str]
) -> None:
    with fake_llm(Play(TEXT, refuses=refuses)) as fake:
        model = ChatModel(fake.settings(settings))
        assert [said(model), said(model)] == [TEXT, TEXT]
        assert formats(fake) == asked


def test_an_endpoint_that_refuses_everything_is_asked_no_more(settings: Settings) -> None:
    with fake_llm(Play(status=400)) as fake, pytest.raises(ModelFailed) as caught:
        said(ChatModel(fake.settings(settings)))
    assert caught.value.failure == "error"


def test_time_is_up_while_the_model_still_talks(settings: Settings) -> None:
    with fake_llm(Play("很长" * 500, piece=2, pause_s=0.02)) as fake:
        model = ChatModel(fake.settings(settings))
        started = monotonic()
        with pytest.raises(ModelFailed) as caught:
            list(model.stream(CHAT, started + 1.5, lambda: False))
        assert fake.left.wait(3)
    assert caught.value.failure == "slow"
    assert monotonic() - started < 6
