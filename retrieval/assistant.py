"""The order of answering, and the only place that knows it: search, weigh, judge, choose, verify, cite."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter
from typing import Any

from ingest.errors import IndexMissing
from ingest.index.store import Filter
from ingest.library import Library
from retrieval.answer import Answer, Citation, Claim, Passage
from retrieval.asked import Asked
from retrieval.consider import answers, consider, merged
from retrieval.context import with_context
from retrieval.evidence import Evidence
from retrieval.extract import compose
from retrieval.fetch import Fetcher
from retrieval.folding import unfolded
from retrieval.glossary import load_glossary
from retrieval.name_book import NameBook
from retrieval.query import check_filters, read_dropped, read_question
from retrieval.recognised import recognised
from retrieval.refuse import refusal, shortfall
from retrieval.rerank import load_reranker
from retrieval.scope import in_scope
from retrieval.search import Mode, Searcher, SearchResult
from retrieval.silent import silent
from retrieval.understood import Understood, as_written, take_in
from retrieval.units import Unit
from retrieval.versions import disagreements, without_superseded
from retrieval.weigh import Weighed

READ = 24
"""Passages read for an answer."""

READ_FOR_ALL = 72
"""The same for an answer about all projects, who take turns."""

MOST = 8
"""Units in an answer to several questions in one, or about several projects."""

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
    understood: Understood
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
        self._fetcher = Fetcher(Searcher(library.store, library.embedder, load_reranker(library.settings)))
        settings = library.settings
        self._glossary = load_glossary(settings.glossary, settings.data_dir)
        self._names = NameBook(library)

    def search(
        self,
        question: str,
        k: int = 10,
        mode: Mode = "hybrid",
        filters: Mapping[str, tuple[str, ...]] = {},
        history: Sequence[str] = (),
        *,
        guess: bool = True,
        without: Sequence[str] = (),
        context: bool = False,
    ) -> SearchResult:
        """The `k` passages found for a question. Raises `UsageError`s.

        `history` are the questions asked before, oldest first, that complete it. With `guess`, what its words tell of
        projects, kinds of document, versions and times is used; without, it is searched for as it is written. `without`
        names guesses to drop (`version`, `version=终版`). With `context`, passages come with what stands around them.
        """
        asked, equals = read_question(question, self._library.settings.max_question_chars), check_filters(filters)
        with self._library.reading() as visible:
            understood = self._understand(asked, history, visible, guess=guess, without=without)
            found = self._fetcher.fetch(understood, k, mode, replace(visible, equals=equals))
            if context:
                found = replace(found, passages=tuple(with_context(self._library.store, found.passages)))
            return found

    def _understand(
        self, asked: str, history: Sequence[str], visible: Filter, *, guess: bool, without: Sequence[str]
    ) -> Understood:
        dropped = read_dropped(without)
        if not guess:
            return as_written(asked)
        return take_in(asked, history, self._names.names(visible), self._glossary, date.today(), dropped)

    def find(
        self,
        question: str,
        filters: Mapping[str, tuple[str, ...]] = {},
        history: Sequence[str] = (),
        *,
        guess: bool = True,
        without: Sequence[str] = (),
    ) -> Finding:
        """Everything up to the choice of units: what `stream` makes its answer of, and what evaluations look into."""
        asked, equals = read_question(question, self._library.settings.max_question_chars), check_filters(filters)
        with self._library.reading() as visible:
            understood = self._understand(asked, history, visible, guess=guess, without=without)
            found = self._fetcher.fetch(
                understood, READ_FOR_ALL if understood.of_all else READ, "hybrid", replace(visible, equals=equals)
            )
        if not found.passages and not self._library.registry.documents():
            raise IndexMissing("The library is empty.", "Ingest files (`caselore ingest PATH`), or upload some.")
        started = perf_counter()
        passages = without_superseded(understood.on_versions, in_scope(understood, found.passages))
        cosines = {one.id: one.score for one in found.lists["dense"]}
        whole = consider(understood.topic, passages, cosines, self._glossary)
        each = answers(understood, whole, passages, cosines, self._glossary)
        chosen = merged(each, MOST) if whole.evidence.suffices else ()
        timings = {**found.timings_ms, "answer": round((perf_counter() - started) * 1000, 3)}
        return Finding(
            question=asked,
            understood=understood,
            filters=filters,
            asked=whole.asked,
            passages=found.passages,
            weighed=whole.weighed,
            evidence=whole.evidence,
            chosen=chosen,
            timings_ms=timings,
        )

    def ask(
        self,
        question: str,
        filters: Mapping[str, tuple[str, ...]] = {},
        history: Sequence[str] = (),
        *,
        guess: bool = True,
        without: Sequence[str] = (),
    ) -> Answer:
        """A cited answer or a refusal; `history`, `guess` and `without` as for `search`. Raises `UsageError`s."""
        return _answer(self.find(question, filters, history, guess=guess, without=without))

    def stream(
        self,
        question: str,
        filters: Mapping[str, tuple[str, ...]] = {},
        history: Sequence[str] = (),
        *,
        guess: bool = True,
        without: Sequence[str] = (),
    ) -> Iterator[Event]:
        """The same answer step by step; the last event is `done` with the whole Answer. Raises `UsageError`s."""
        finding = self.find(question, filters, history, guess=guess, without=without)
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
            understood=finding.understood.guesses,
            status="refused",
            text=text,
            missing=lacking,
            confidence=confidence,
            timings_ms=timings,
        )
    missing = shortfall(evidence.missing)
    return Answer(
        question=finding.question,
        understood=finding.understood.guesses,
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
        notes=(
            *([] if finding.filters else silent(finding.understood, finding.chosen)),
            *disagreements(finding.chosen, unfolded(finding.passages)),
            *recognised(finding.chosen),
        ),
        confidence=confidence,
        timings_ms=timings,
    )
