"""The trace of an answer: its steps in their order, what the model was asked of and cost, and not a word of anybody."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.assistant import Assistant
from tests.fake_llm_server import MODEL, Play, claim, fake_llm, reply
from tests.ingest.test_tracing import parents
from tests.retrieval.library import fill

QUESTION = "云澜证券的 ES 采用什么复制，RPO 不超过多少秒？"
TRUE = claim("ES 采用跨集群复制，RPO 不超过 30 秒。", quote="ES 采用跨集群复制，RPO 不超过 30 秒")
INVENTED = claim("ES 的 RPO 不超过 5 秒。")


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)
        yield library


def attributes(spans: InMemorySpanExporter, name: str) -> list[dict[str, Any]]:
    return [dict(one.attributes or {}) for one in spans.get_finished_spans() if one.name == name]


def test_a_quoted_answer_tells_its_steps(library: Library, spans: InMemorySpanExporter) -> None:
    list(Assistant(library).stream(QUESTION))
    found = parents(spans)
    assert found == {
        "ask": None,
        "understand": "ask",
        "fetch": "ask",
        "lexical": "fetch",
        "embed": "fetch",
        "search": "fetch",
        "fuse": "fetch",
        "read": "fetch",
        "decide": "ask",
        "assemble": "ask",
    }
    assert attributes(spans, "ask") == [{"caselore.status": "answered", "caselore.answerer": "extractive"}]


def test_a_written_answer_tells_what_the_model_cost(
    library: Library, monkeypatch: pytest.MonkeyPatch, spans: InMemorySpanExporter
) -> None:
    with fake_llm(Play(reply(TRUE, INVENTED), cached_tokens=100)) as fake:
        monkeypatch.setattr(library, "settings", fake.settings(library.settings))
        list(Assistant(library).stream(QUESTION, answerer="llm"))
        port = int(fake.url.split(":")[2].split("/")[0])
        sent = fake.headers[0]
    found, chat = parents(spans), f"chat {MODEL}"
    assert (found["write"], found[chat], found["verify"], found["assemble"]) == ("ask", "write", "write", "write")
    (span,) = (one for one in spans.get_finished_spans() if one.name == chat)
    told: dict[str, Any] = dict(span.attributes or {})
    assert told.pop("gen_ai.response.time_to_first_chunk") > 0
    assert span.kind is SpanKind.CLIENT
    assert told == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": MODEL,
        "gen_ai.request.max_tokens": 900,
        "gen_ai.request.stream": True,
        "gen_ai.output.type": "json",
        "gen_ai.usage.input_tokens": 120,
        "gen_ai.usage.output_tokens": 30,
        "gen_ai.usage.cache_read.input_tokens": 100,
        "gen_ai.response.finish_reasons": ("stop",),
        "server.address": "127.0.0.1",
        "server.port": port,
    }
    assert span.context
    assert sent["traceparent"].startswith(f"00-{span.context.trace_id:032x}-{span.context.span_id:016x}-")
    assert [one["caselore.verdict"] for one in attributes(spans, "verify")] == ["supported", "dropped"]
    assert attributes(spans, "ask") == [{"caselore.status": "answered", "caselore.answerer": "llm"}]


def test_a_model_that_fails_is_seen_to(
    library: Library, monkeypatch: pytest.MonkeyPatch, spans: InMemorySpanExporter
) -> None:
    with fake_llm(Play(status=500, body='{"error": {"message": "no"}}')) as fake:
        monkeypatch.setattr(library, "settings", fake.settings(library.settings))
        Assistant(library).ask(QUESTION, answerer="llm")
    assert attributes(spans, f"chat {MODEL}")[0]["error.type"] == "ModelFailed"
    assert attributes(spans, "ask")[0]["caselore.fallback"] == "error"


def test_no_word_of_anybody_is_in_a_trace(
    library: Library, monkeypatch: pytest.MonkeyPatch, spans: InMemorySpanExporter
) -> None:
    with fake_llm(Play(reply(TRUE, INVENTED)), Play("[]"), Play(die_after=0)) as fake:
        monkeypatch.setattr(library, "settings", fake.settings(library.settings))
        told = Assistant(library)
        for _ in range(3):
            told.ask(QUESTION, answerer="llm")
    everything = "".join(
        json.dumps(json.loads(one.to_json()), ensure_ascii=False) for one in spans.get_finished_spans()
    )
    assert "ask" in everything
    assert not [char for char in everything if "\u4e00" <= char <= "\u9fff"]
