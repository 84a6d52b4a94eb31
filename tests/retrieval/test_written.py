"""An answer by a language model over a real library: checked claims, and the documents' words whenever it fails."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ingest.errors import Stopped
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.answer import Passage
from retrieval.assistant import Assistant
from retrieval.cli import app
from retrieval.generate.failure import SAID
from retrieval.generate.prompt import PROMPT_VERSION
from retrieval.generate.written import ASKS_BACK, AT_ODDS
from retrieval.verify.drafted import DraftClaim
from retrieval.verify.verdict import Support, Supported
from tests.fake_llm_server import MODEL, FakeLLM, Play, claim, fake_llm, reply
from tests.retrieval.library import PASSAGES, fill
from tests.retrieval.tiny_nli import write_nli

QUESTION = "云澜证券的 ES 采用什么复制，RPO 不超过多少秒？"
TRUE = claim("ES 采用跨集群复制，RPO 不超过 30 秒。", quote="ES 采用跨集群复制，RPO 不超过 30 秒")
INVENTED = claim("ES 的 RPO 不超过 5 秒。")
UNANSWERABLE = "食堂周三的菜单有哪些？"


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)
        yield library


def assistant(library: Library, fake: FakeLLM, monkeypatch: pytest.MonkeyPatch, **more: Any) -> Assistant:
    monkeypatch.setattr(library, "settings", fake.settings(library.settings, **more))
    return Assistant(library)


def supported(claim: DraftClaim, passages: Sequence[Passage]) -> Supported:
    """The claim as if the first passage said it."""
    first = passages[0].chunk.spans[0]
    return Supported(text=claim.text, supports=(Support(passage=passages[0], span=first, quote=first.text),))


def test_what_is_true_is_said_and_cited(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(reply(TRUE), cached_tokens=100)) as fake:
        answer = assistant(library, fake, monkeypatch).ask(QUESTION, answerer="llm")
    assert (answer.status, answer.answerer, answer.fallback) == ("answered", "llm", None)
    assert answer.text == "ES 采用跨集群复制，RPO 不超过 30 秒。 [1]"
    assert [(one.citations, one.verified) for one in answer.claims] == [((1,), True)]
    assert answer.citations[0].quote in PASSAGES["sync"][1]
    assert (answer.model, answer.prompt_version) == (MODEL, PROMPT_VERSION)
    assert answer.usage is not None
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens, answer.usage.cached_tokens) == (120, 30, 100)
    assert {"first_token", "model", "verify", "search"} & answer.timings_ms.keys() >= {"first_token", "model", "verify"}


def test_what_is_invented_is_left_out_and_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(reply(INVENTED, TRUE))) as fake:
        answer = assistant(library, fake, monkeypatch).ask(QUESTION, answerer="llm")
    assert answer.status == "answered"
    assert "5 秒" not in answer.text
    assert [one.text for one in answer.dropped] == [INVENTED["text"]]
    assert answer.dropped[0].reason


def test_what_the_model_misses_makes_the_answer_partial(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = ("MySQL 的回切步骤", "预算 500 万", "无")
    with fake_llm(Play(reply(TRUE, missing=missing))) as fake:
        answer = assistant(library, fake, monkeypatch).ask(QUESTION, answerer="llm")
    assert answer.status == "partial"
    assert answer.missing == "资料没有提到：MySQL 的回切步骤"
    assert answer.text.endswith("资料没有提到：MySQL 的回切步骤。")


def test_when_nothing_stands_the_documents_speak(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(reply(INVENTED))) as fake:
        told = assistant(library, fake, monkeypatch)
        answer, plain = told.ask(QUESTION, answerer="llm"), told.ask(QUESTION)
    assert (answer.answerer, answer.fallback) == ("extractive", "dropped")
    assert answer.text == plain.text
    assert "没有通过核对" in answer.notes[0]
    assert len(answer.dropped) == 1


def test_a_question_said_back_is_no_answer(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(reply(claim(QUESTION)))) as fake:
        answer = assistant(library, fake, monkeypatch).ask(QUESTION, answerer="llm")
    assert (answer.answerer, answer.fallback) == ("extractive", "dropped")
    assert [one.reason for one in answer.dropped] == [ASKS_BACK]


def test_claims_beside_the_question_give_way_to_the_documents(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fake_llm(Play(reply(claim("机房在两地三处。")))) as fake:
        answer = assistant(library, fake, monkeypatch).ask(QUESTION, answerer="llm")
    assert answer.answerer == "extractive"


def test_two_numbers_for_one_thing_give_way_to_the_documents(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    both = (claim("ES 的 RPO 不超过 30 秒。"), claim("ES 的 RPO 不超过 5 秒。"))
    monkeypatch.setattr("retrieval.generate.written.check", lambda claim, passages, _: supported(claim, passages))
    with fake_llm(Play(reply(*both))) as fake:
        answer = assistant(library, fake, monkeypatch).ask(QUESTION, answerer="llm")
    assert (answer.answerer, answer.fallback, answer.notes[0]) == ("extractive", "dropped", AT_ODDS)


def test_neither_asked_about_nor_asked_for_is_a_refusal(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(reply(TRUE))) as fake:
        answer = assistant(library, fake, monkeypatch).ask("云澜证券的 ES 复制用了几张 910C？", answerer="llm")
    assert (answer.status, answer.claims) == ("refused", ())
    assert "910C" in answer.text


def test_a_model_that_finds_nothing_refuses(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(reply(missing=("ES 的复制方式",)))) as fake:
        answer = assistant(library, fake, monkeypatch).ask(QUESTION, answerer="llm")
    assert (answer.status, answer.answerer) == ("refused", "llm")
    assert answer.citations == ()


def test_without_evidence_no_model_is_asked(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(reply(TRUE))) as fake:
        answer = assistant(library, fake, monkeypatch).ask(UNANSWERABLE, answerer="llm")
    assert answer.status == "refused"
    assert fake.requests == []


FAILING = {
    "denied": Play(status=401),
    "unknown": Play(status=404),
    "busy": Play(status=429),
    "error": Play(status=500),
    "silent": Play(hang=True),
    "slow": Play(reply(TRUE), hang_after=20),
    "cut": Play(reply(INVENTED, TRUE), die_after=40),
    "context": Play(status=400, body='{"error": {"message": "exceeds the available context size"}}'),
    "garbage": Play("今天天气很好，适合散步。"),
}


@pytest.mark.parametrize("failure", FAILING)
def test_whatever_goes_wrong_the_documents_speak_and_a_note_says_why(
    library: Library, monkeypatch: pytest.MonkeyPatch, failure: Any
) -> None:
    with fake_llm(FAILING[failure]) as fake:
        told = assistant(library, fake, monkeypatch, llm_budget_s=1.0, llm_first_token_s=0.6)
        started = time.monotonic()
        answer, plain = told.ask(QUESTION, answerer="llm"), told.ask(QUESTION)
    assert time.monotonic() - started < 60
    assert (answer.answerer, answer.fallback) == ("extractive", failure)
    assert (answer.text, answer.citations) == (plain.text, plain.citations)
    assert answer.notes[0].startswith(SAID[failure])


def test_an_endpoint_that_is_away_costs_no_answer(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play()) as fake:
        gone = fake
    answer = assistant(library, gone, monkeypatch).ask(QUESTION, answerer="llm")
    assert (answer.status, answer.fallback) == ("answered", "away")


@pytest.mark.parametrize(
    ("raw", "failure"),
    [
        (b"<html><h1>Sign in</h1></html>", "cut"),
        (b"data: {broken\n\n", "garbage"),
        (b'data: {"error": {"message": "out of memory"}}\n\n', "error"),
    ],
)
def test_bytes_that_are_no_stream(library: Library, monkeypatch: pytest.MonkeyPatch, raw: bytes, failure: str) -> None:
    with fake_llm(Play(raw=raw)) as fake:
        answer = assistant(library, fake, monkeypatch).ask(QUESTION, answerer="llm")
    assert (answer.status, answer.fallback) == ("answered", failure)


def test_no_model_set_is_told(library: Library) -> None:
    answer = Assistant(library).ask(QUESTION, answerer="llm")
    assert (answer.status, answer.fallback) == ("answered", "unset")


def test_the_setting_chooses_the_answerer(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(reply(TRUE))) as fake:
        told = assistant(library, fake, monkeypatch, answerer="llm")
        assert told.ask(QUESTION).answerer == "llm"
        assert told.ask(QUESTION, answerer="extractive").answerer == "extractive"
    assert len(fake.requests) == 1


def test_the_command_takes_the_answerer_and_shows_what_was_left_out(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()
    for name in ("data_dir", "models_dir", "embed_model"):
        monkeypatch.setenv(f"CASELORE_{name.upper()}", str(getattr(settings, name)))
    with fake_llm(Play(reply(TRUE, INVENTED))) as fake:
        monkeypatch.setenv("CASELORE_LLM_BASE_URL", fake.url)
        monkeypatch.setenv("CASELORE_LLM_MODEL", MODEL)
        shown = CliRunner().invoke(app, ["ask", QUESTION, "--answerer", "llm"], catch_exceptions=False).stdout
    assert shown.startswith("ES 采用跨集群复制，RPO 不超过 30 秒。 [1]\n")
    assert f"核对后删去大模型的1条说法：\n- {INVENTED['text']}（" in shown


def test_claims_are_streamed_as_they_stand_and_the_tokens_are_the_text(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fake_llm(Play(reply(INVENTED, TRUE, missing=("回切步骤",)), piece=4)) as fake:
        events = list(assistant(library, fake, monkeypatch).stream(QUESTION, answerer="llm"))
    names = [event.name for event in events if event.name != "progress"]
    assert names == ["passages", "token", "citation", "claim", "token", "done"]
    done = events[-1].data
    assert "".join(event.data for event in events if event.name == "token") == done["text"]
    assert [event.data for event in events if event.name == "citation"] == list(map(dict, done["citations"]))
    assert not any("5 秒" in str(event.data) for event in events if event.name in ("token", "claim"))


def test_the_first_claim_is_shown_while_the_model_still_writes(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = reply(TRUE, INVENTED)
    with fake_llm(Play(text, hang_after=len(text) - 10)) as fake:
        stream = assistant(library, fake, monkeypatch, llm_budget_s=2.0).stream(QUESTION, answerer="llm")
        names = [event.name for event in stream]
    assert names.index("claim") < names.index("reset") < names.index("done")
    assert names[names.index("reset") + 1] == "token"


def test_tokens_after_a_reset_are_the_text(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    text = reply(TRUE, INVENTED)
    with fake_llm(Play(text, die_after=len(text) - 10)) as fake:
        events = list(assistant(library, fake, monkeypatch).stream(QUESTION, answerer="llm"))
    reset = [event.name for event in events].index("reset")
    assert "".join(one.data for one in events[reset:] if one.name == "token") == events[-1].data["text"]
    assert events[-1].data["fallback"] == "cut"


def test_who_goes_away_stops_the_model(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = threading.Event()
    with fake_llm(Play(hang=True)) as fake:
        told = assistant(library, fake, monkeypatch)
        threading.Timer(0.3, gone.set).start()
        with pytest.raises(Stopped):
            told.ask(QUESTION, answerer="llm", stop=gone.is_set)
        assert fake.left.wait(3)


def test_a_stream_that_is_closed_stops_the_model(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(reply(TRUE, INVENTED), pause_s=0.05, piece=2)) as fake:
        stream = assistant(library, fake, monkeypatch).stream(QUESTION, answerer="llm")
        for event in stream:
            if event.name == "claim":
                break
        stream.close()  # type: ignore[attr-defined]
        assert fake.left.wait(3)


def test_questions_to_the_model_are_bounded_and_the_rest_is_quoted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fake_llm(Play(reply(TRUE), pause_s=0.04)) as fake:
        told = assistant(library, fake, monkeypatch, llm_parallel=1, llm_queue=1)
        answers: list[str | None] = []
        threads = [
            threading.Thread(target=lambda: answers.append(told.ask(QUESTION, answerer="llm").fallback))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answers, key=str) == [None, None, "full", "full"]
    assert fake.most_running == 1


def test_a_model_of_inference_takes_away_what_it_calls_a_contradiction(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sure = write_nli(tmp_path / "sure", {"entailment": 0.05, "contradiction": 0.95})
    unsure = write_nli(tmp_path / "unsure", {"entailment": 0.4, "contradiction": 0.6})
    with fake_llm(Play(reply(TRUE))) as fake:
        dropped = assistant(library, fake, monkeypatch, nli_model=str(sure)).ask(QUESTION, answerer="llm")
        marked = assistant(library, fake, monkeypatch, nli_model=str(unsure)).ask(QUESTION, answerer="llm")
    assert [one.reason for one in dropped.dropped] == ["推理模型认为它与所引的资料相矛盾"]
    assert (dropped.answerer, dropped.fallback) == ("extractive", "dropped")
    # Nothing that stands is left of it: the documents' own words follow.
    assert (marked.answerer, marked.fallback) == ("extractive", "dropped")
