"""The order of answering, and the only place that knows it: search, weigh, judge, choose, verify, cite."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from ingest.errors import IndexMissing
from ingest.library import Library
from retrieval.answer import Answer, Citation, Claim, Passage
from retrieval.asked import Asked, understand
from retrieval.evidence import Evidence, gather
from retrieval.expected import expect
from retrieval.extract import choose, compose
from retrieval.query import check_filters, read_question
from retrieval.recognised import recognised
from retrieval.refuse import refusal, shortfall
from retrieval.rerank import load_reranker
from retrieval.scope import in_scope
from retrieval.search import Mode, Searcher, SearchResult
from retrieval.units import Unit, units
from retrieval.verify import is_verbatim
from retrieval.versions import disagreements, without_superseded
from retrieval.weigh import Weighed, survey, term_weights, weigh

READ = 24
"""Passages read for an answer."""

SHOWN = 10
"""Passages shown with it."""


@dataclass(frozen=True)
class Event:
    """One step of an answer that comes about: `passages`, `token`, `citation` or `done`, and the JSON it carries."""

    name: str
    data: Any


@dataclass(frozen=True)
class Finding:
    """All that is known about a question before an answer is made of it."""

    question: str
    filters: Mapping[str, tuple[str, ...]]
    asked: Asked
    passages: tuple[Passage, ...]
    weighed: tuple[Weighed, ...]
    evidence: Evidence
    chosen: tuple[Unit, ...]
    timings_ms: Mapping[str, float]


class Assistant:
    """Answers questions over one library. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._searcher = Searcher(library.store, library.embedder, load_reranker(library.settings))

    def search(
        self, question: str, k: int = 10, mode: Mode = "hybrid", filters: Mapping[str, tuple[str, ...]] = {}
    ) -> SearchResult:
        """The `k` passages found for a question. Raises `UsageError`s."""
        asked, equals = read_question(question, self._library.settings.max_question_chars), check_filters(filters)
        with self._library.reading() as visible:
            return self._searcher.search(asked, k, mode, replace(visible, equals=equals))

    def find(self, question: str, filters: Mapping[str, tuple[str, ...]] = {}) -> Finding:
        """Everything up to the choice of units: what `stream` makes its answer of, and what evaluations look into."""
        found = self.search(question, READ, "hybrid", filters)
        if not found.passages and not self._library.registry.documents():
            raise IndexMissing("The library is empty.", "Ingest files (`caselore ingest PATH`), or upload some.")
        started = perf_counter()
        asked, expected = understand(found.question), expect(found.question)
        passages = without_superseded(found.question, in_scope(asked, found.question, found.passages))
        pool = survey(asked, passages)
        candidates = list(units(passages))
        cosines = {one.id: one.score for one in found.lists["dense"]}
        weighed = weigh(asked, expected, candidates, term_weights(pool), cosines)
        evidence = gather(asked, expected, pool, weighed)
        chosen = choose(asked, expected, weighed, candidates) if evidence.suffices else []
        timings = {**found.timings_ms, "answer": round((perf_counter() - started) * 1000, 3)}
        return Finding(
            question=found.question,
            filters=filters,
            asked=asked,
            passages=found.passages,
            weighed=tuple(weighed),
            evidence=evidence,
            chosen=tuple(unit for unit in chosen if is_verbatim(unit)),
            timings_ms=timings,
        )

    def ask(self, question: str, filters: Mapping[str, tuple[str, ...]] = {}) -> Answer:
        """A cited answer or a refusal. Raises `UsageError`s."""
        return _answer(self.find(question, filters))

    def stream(self, question: str, filters: Mapping[str, tuple[str, ...]] = {}) -> Iterator[Event]:
        """The same answer step by step; the last event is `done` with the whole Answer. Raises `UsageError`s."""
        finding = self.find(question, filters)
        yield Event("passages", [passage.to_json() for passage in finding.passages[:SHOWN]])
        answer = _answer(finding)
        for line in answer.text.splitlines(keepends=True):
            yield Event("token", line)
        for citation in answer.citations:
            yield Event("citation", citation.model_dump())
        yield Event("done", answer.model_dump())


def _answer(finding: Finding) -> Answer:
    timings = dict(finding.timings_ms)
    evidence = finding.evidence
    confidence = 0.0 if evidence.is_ruled_out else round(evidence.probability, 4)
    if not finding.chosen:
        text, lacking = refusal(finding.asked, evidence.missing, finding.passages, finding.filters)
        return Answer(
            question=finding.question,
            status="refused",
            text=text,
            missing=lacking,
            confidence=confidence,
            timings_ms=timings,
        )
    missing = shortfall(evidence.missing)
    return Answer(
        question=finding.question,
        status="partial" if missing else "answered",
        text=compose(finding.chosen) + (f"\n{missing}。" if missing else ""),
        claims=tuple(
            Claim(text=unit.text, citations=(n,), verified=True) for n, unit in enumerate(finding.chosen, start=1)
        ),
        citations=tuple(
            Citation(
                n=n,
                quote=unit.quote,
                document=unit.passage.document,
                locator=unit.span.locator,
                confidence=unit.span.confidence,
            )
            for n, unit in enumerate(finding.chosen, start=1)
        ),
        missing=missing,
        notes=(*disagreements(finding.chosen, finding.passages), *recognised(finding.chosen)),
        confidence=confidence,
        timings_ms=timings,
    )
