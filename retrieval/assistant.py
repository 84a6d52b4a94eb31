"""The order of answering, and the only place that knows it: search, weigh, judge, choose, quote or have written."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter

from ingest import tracing
from ingest.errors import IndexMissing
from ingest.index.store import Filter
from ingest.library import Library
from retrieval.addressed import without_addressed
from retrieval.answer import Answer, Answerer, Passage
from retrieval.asking import Asking
from retrieval.consider import answers, confidence, consider, heard, merged
from retrieval.context import with_context
from retrieval.continued import with_rest
from retrieval.evidence import THRESHOLD
from retrieval.expected import expect
from retrieval.fetch import Fetcher
from retrieval.finding import Event, Finding
from retrieval.folding import unfolded
from retrieval.generate.ask_model import Stop
from retrieval.generate.writer import Writer
from retrieval.generate.written import write_answer
from retrieval.glossary import load_glossary
from retrieval.name_book import NameBook
from retrieval.quoted import quoted
from retrieval.rerank import load_reranker
from retrieval.scope import in_scope
from retrieval.search import Mode, Searcher, SearchResult
from retrieval.understood import Understood, as_written, take_in
from retrieval.version_book import VersionBook
from retrieval.versions import without_superseded

READ = 24
"""Passages read for an answer."""

READ_FOR_ALL = 72
"""The same for an answer about all projects, who take turns."""

MOST = 8
"""Units in an answer to several questions in one, or about several projects."""

OF_NEWER = 4
"""Passages looked up of newer versions that the search did not find."""

SHOWN = 10
"""Passages shown with it."""


def _never() -> bool:
    return False


def _tell(answer: Answer) -> None:
    tracing.note({"caselore.status": answer.status, "caselore.answerer": answer.answerer})
    if answer.fallback:
        tracing.note({"caselore.fallback": answer.fallback})


class Assistant:
    """Answers questions over one library. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        settings, registry = library.settings, library.registry
        self._searcher = Searcher(
            library.store, library.embedder, load_reranker(settings), lambda: registry.shallow_count() > 0
        )
        self._fetcher = Fetcher(self._searcher)
        self._glossary = load_glossary(settings.glossary, settings.data_dir)
        self._names = NameBook(library, self._glossary)
        self._versions = VersionBook(library)
        self._writer = Writer(settings)

    def search(
        self, asking: Asking | str, k: int = 10, mode: Mode = "hybrid", *, context: bool = False
    ) -> SearchResult:
        """The `k` passages found for a question. Raises `UsageError`s.

        With `context`, passages come with what stands around them. A string is asked as it stands, here and below.
        """
        asking = self._checked(asking)
        with self._library.reading() as visible:
            understood = self._understand(asking, visible)
            found = self._fetcher.fetch(understood, k, mode, replace(visible, equals=asking.filters))
            if context:
                found = replace(found, passages=tuple(with_context(self._library.store, found.passages)))
            return found

    def _checked(self, asking: Asking | str) -> Asking:
        return Asking.of(asking).checked(self._library.settings.max_question_chars)

    def _newer(self, understood: Understood, found: SearchResult, visible: Filter) -> tuple[Passage, ...]:
        """What the newest versions say to it of documents that were found without them."""
        documents = {one.document.id: one.document for one in unfolded(found.passages)}
        lacking = tuple(sorted(self._versions.newest(documents.values()).keys() - documents.keys()))
        if not lacking:
            return ()
        return self._searcher.search(
            understood.topic, OF_NEWER, "hybrid", replace(visible, equals={"document_id": lacking})
        ).passages

    def _understand(self, asking: Asking, visible: Filter) -> Understood:
        if not asking.guess:
            return as_written(asking.question)
        with tracing.span("understand"):
            names = self._names.names(visible)
            return take_in(asking.question, asking.history, names, self._glossary, date.today(), asking.without)

    def find(self, asking: Asking | str) -> Finding:
        """Everything up to the choice of units: what `stream` makes its answer of, and what evaluations look into."""
        asking = self._checked(asking)
        with self._library.reading() as visible:
            understood = self._understand(asking, visible)
            most = READ_FOR_ALL if understood.of_all else READ
            in_full = not understood.of_all and expect(understood.topic).in_full
            found = self._fetcher.fetch(understood, most, "hybrid", replace(visible, equals=asking.filters))
            read = with_rest(self._library.store, found.passages) if in_full else found.passages
            newer = self._newer(understood, found, visible)
        if not found.passages and not self._library.registry.documents():
            raise IndexMissing("The library is empty.", "Ingest files (`caselore ingest PATH`), or upload some.")
        started = perf_counter()
        with tracing.span("decide"):
            passages = without_superseded(understood.on_versions, in_scope(understood, read))
            passages = without_addressed(passages, asking.question)
            cosines = found.cosines()
            whole = consider(understood.topic, passages, cosines, self._glossary)
            each = answers(understood, whole, passages, cosines, self._glossary)
            sure = confidence(whole, each)
            chosen = merged(each, MOST, lists_whole=len(understood.subjects) < 2) if sure >= THRESHOLD else ()
            if chosen and not understood.of_all:
                chosen = heard(whole, passages, chosen)
            tracing.note({"caselore.confidence": round(sure, 4), "caselore.units": len(chosen)})
        timings = {**found.timings_ms, "answer": round((perf_counter() - started) * 1000, 3)}
        return Finding(
            question=asking.question,
            understood=understood,
            filters=asking.filters,
            asked=whole.asked,
            passages=found.passages,
            read=tuple(passages),
            weighed=whole.weighed,
            evidence=whole.evidence,
            parts=tuple(one.evidence for one in each),
            confidence=sure,
            chosen=chosen,
            newer=newer,
            shallow=self._library.registry.shallow_count(),
            timings_ms=timings,
        )

    def ask(self, asking: Asking | str, *, answerer: Answerer | None = None, stop: Stop = _never) -> Answer:
        """A cited answer or a refusal. Raises `UsageError`s.

        `answerer` unset is the setting's. A language model that fails costs no answer: it is quoted then, and a note
        says so. Raises `Stopped` soon after `stop` says that nobody waits any more.
        """
        asking = Asking.of(asking)
        with tracing.span("ask"):
            finding = self.find(asking)
            *_, answer = self._steps(finding, asking.history, answerer, stop)
            assert isinstance(answer, Answer)
            _tell(answer)
            return answer

    def stream(self, asking: Asking | str, *, answerer: Answerer | None = None, stop: Stop = _never) -> Iterator[Event]:
        """The same answer step by step; the last event is `done` with the whole Answer. Raises what `ask` does.

        What is shown while a language model writes has been checked (`retrieval.generate.written`).
        """
        return tracing.steps("ask", self._events(Asking.of(asking), answerer, stop))

    def _events(self, asking: Asking, answerer: Answerer | None, stop: Stop) -> Generator[Event]:
        finding = self.find(asking)
        yield Event("passages", [passage.to_json() for passage in finding.passages[:SHOWN]])
        shown = 0
        for step in self._steps(finding, asking.history, answerer, stop):
            if isinstance(step, Event):
                shown = 0 if step.name == "reset" else shown + (step.name == "token")
                yield step
                continue
            # What claims have shown already is not told again: only what follows them.
            for line in step.text.splitlines(keepends=True)[shown:]:
                yield Event("token", line)
            if not shown:
                yield from (Event("citation", citation.model_dump()) for citation in step.citations)
            _tell(step)
            yield Event("done", step.model_dump())

    def _steps(
        self, finding: Finding, history: Sequence[str], answerer: Answerer | None, stop: Stop
    ) -> Iterator[Event | Answer]:
        if (answerer or self._library.settings.answerer) == "llm":
            yield from tracing.steps("write", write_answer(self._writer, finding, history, stop))
        else:
            with tracing.span("assemble"):
                answer = quoted(finding)
            yield answer

    def waiting_for_model(self) -> int:
        """How many questions wait for their turn with the language model now."""
        return self._writer.waiting

    def close(self) -> None:
        """End the language model of this machine, if one runs."""
        self._writer.model.close()
