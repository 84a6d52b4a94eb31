"""What Prometheus is told, in a registry of each application's own."""

from asyncio import CancelledError
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from api.crowd import Crowd
from ingest.errors import Stopped
from ingest.registry import Registry
from ingest.report import Outcome
from retrieval.answer import Answer
from retrieval.generate.failure import FAILURES

_ASK_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
"""Seconds: from an answer out of a small library to one that waits for a language model."""


class Metrics:
    """Answer times by status, documents taken in by outcome, and how many chunks there are to ask."""

    def __init__(self, registry: Registry) -> None:
        self._registry = CollectorRegistry()
        self._ask = Histogram(
            "caselore_ask_seconds",
            "Time to answer a question, in seconds, by the answer's status; without one `error`, or `stopped` where "
            "nobody waited for it any more.",
            ["status"],
            registry=self._registry,
            buckets=_ASK_BUCKETS,
        )
        self._documents = Counter(
            "caselore_documents_total",
            "Documents taken in over HTTP, by outcome (added, updated, unchanged, removed, failed).",
            ["outcome"],
            registry=self._registry,
        )
        self._stages = Histogram(
            "caselore_llm_seconds",
            "Time of answers by a language model, in seconds, by stage (first_token, model, verify).",
            ["stage", "model"],
            registry=self._registry,
            buckets=_ASK_BUCKETS,
        )
        self._tokens = Counter(
            "caselore_llm_tokens_total",
            "Tokens by language model and kind (prompt, completion, cached: of the prompt, read before).",
            ["kind", "model"],
            registry=self._registry,
        )
        self._claims = Counter(
            "caselore_llm_claims_total",
            "Claims of the language model by what the check made of them (verified, unverified, dropped).",
            ["verdict"],
            registry=self._registry,
        )
        self._fallbacks = Counter(
            "caselore_llm_fallbacks_total",
            "Answers without the language model that was asked for, by reason.",
            ["reason"],
            registry=self._registry,
        )
        for reason in (*FAILURES, "dropped"):
            self._fallbacks.labels(reason)
        self._turned_away = Counter(
            "caselore_turned_away_total",
            "Questions that got a 503, since too many were asked.",
            registry=self._registry,
        )
        chunks = Gauge("caselore_chunks", "Chunks that questions can see.", registry=self._registry)
        chunks.set_function(lambda: sum(registry.indexed().values()))
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)

    def watch(self, crowd: Crowd, waiting: Callable[[], int]) -> None:
        """Tell of those who are asking, too, of those sent away, and of those who wait for the language model."""
        for name, said, number in (
            ("caselore_asking", "Questions being answered over HTTP.", lambda: crowd.inside),
            ("caselore_llm_waiting", "Questions that wait for the language model.", waiting),
        ):
            Gauge(name, said, registry=self._registry).set_function(number)
        crowd.tell(self._turned_away.inc)

    @contextmanager
    def asking(self) -> Iterator["Asked"]:
        """Take the time of one answer and count what it cost; without one at the end it counts as an error, or as
        stopped when nobody waited for it any more.
        """
        asked, started = Asked(), perf_counter()
        status = "error"
        try:
            yield asked
        except (GeneratorExit, CancelledError, Stopped):
            status = "stopped"
            raise
        finally:
            self._ask.labels(asked.answer.status if asked.answer else status).observe(perf_counter() - started)
            if asked.answer:
                self._count(asked.answer)

    def _count(self, answer: Answer) -> None:
        if answer.fallback:
            self._fallbacks.labels(answer.fallback).inc()
        if answer.usage is None:
            return
        model = answer.model or ""
        for stage in ("first_token", "model", "verify"):
            if stage in answer.timings_ms:
                self._stages.labels(stage, model).observe(answer.timings_ms[stage] / 1000)
        self._tokens.labels("prompt", model).inc(answer.usage.prompt_tokens)
        self._tokens.labels("completion", model).inc(answer.usage.completion_tokens)
        self._tokens.labels("cached", model).inc(answer.usage.cached_tokens)
        self._claims.labels("dropped").inc(len(answer.dropped))
        if answer.answerer == "llm":
            for claim in answer.claims:
                self._claims.labels("verified" if claim.verified else "unverified").inc()

    def documents(self, outcomes: Mapping[Outcome, int]) -> None:
        """Count documents by outcome."""
        for outcome, number in outcomes.items():
            self._documents.labels(outcome).inc(number)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)


class Asked:
    """A question being answered; whoever answers it notes the answer."""

    answer: Answer | None = None
