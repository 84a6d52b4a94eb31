"""What Prometheus is told, in a registry of each application's own."""

from collections.abc import Iterator, Mapping
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

from ingest.registry import Registry
from ingest.report import Outcome
from retrieval.answer import Status

_ASK_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Seconds: from an answer out of a small library to one that waits for a language model."""


class Metrics:
    """Answer times by status, documents taken in by outcome, and how many chunks there are to ask."""

    def __init__(self, registry: Registry) -> None:
        self._registry = CollectorRegistry()
        self._ask = Histogram(
            "caselore_ask_seconds",
            "Time to answer a question, in seconds, by the answer's status (`error`: none was given).",
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
        chunks = Gauge("caselore_chunks", "Chunks that questions can see.", registry=self._registry)
        chunks.set_function(lambda: sum(registry.indexed().values()))
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)

    @contextmanager
    def asking(self) -> Iterator["Asked"]:
        """Take the time of one answer; without a status at the end it counts as an error."""
        asked, started = Asked(), perf_counter()
        try:
            yield asked
        finally:
            self._ask.labels(asked.status or "error").observe(perf_counter() - started)

    def documents(self, outcomes: Mapping[Outcome, int]) -> None:
        """Count documents by outcome."""
        for outcome, number in outcomes.items():
            self._documents.labels(outcome).inc(number)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)


class Asked:
    """A question being answered; whoever answers it notes the status."""

    status: Status | None = None
