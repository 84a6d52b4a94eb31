"""A question set put to an assistant, question by question, each scored at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import Protocol

from evals.claim_metrics import ReadDocument, claim_scores
from evals.content_metrics import content_scores, is_correct
from evals.dataset import Question
from evals.drafted import DraftedAnswer, draft_scores
from evals.gold_metrics import citation_scores, document_scores, passage_scores
from evals.sample import Sample, Shown
from retrieval.answer import Answer, Passage
from retrieval.asking import Asking
from retrieval.search import SearchResult

DEPTH = 50
"""Passages looked at for the ranking of documents: ten documents need more than ten passages."""

_SHOWN = 5
"""Passages kept with a sample, for the person who looks why it failed."""


class Assistant(Protocol):
    """What is evaluated."""

    def ask(self, asking: Asking) -> Answer:
        """The answer a user would get."""

    def search(self, asking: Asking, k: int) -> SearchResult:
        """The `k` passages that user would get."""


def run(
    questions: Sequence[Question],
    assistant: Assistant,
    read_document: ReadDocument,
    done: Mapping[str, Sample] | None = None,
    keep: Callable[[Sample], None] = lambda _: None,
) -> Iterator[Sample]:
    """Ask every question and score what comes. Raises what the assistant raises.

    Questions that are `done` are not asked again; every new sample is given to `keep` as soon as it is made.
    """
    for question in questions:
        sample = (done or {}).get(question.id)
        if sample is None:
            sample = _score(question, assistant, read_document)
            keep(sample)
        yield sample


def _score(question: Question, assistant: Assistant, read_document: ReadDocument) -> Sample:
    asking = Asking(question.question, history=question.history)
    passages = assistant.search(asking, DEPTH).passages
    started = perf_counter()
    answer = assistant.ask(asking)
    milliseconds = round((perf_counter() - started) * 1000, 1)
    documents, where = document_scores(question, passages)
    quotes, which = passage_scores(question, passages)
    cited, unfounded = claim_scores(answer, read_document)
    citations, reasons = citation_scores(question, answer)
    refused = answer.status == "refused"
    due = {"answerable_answered": float(not refused)} if question.answerable else {"refusal_recall": float(refused)}
    sources = [text for one in answer.citations for text in read_document(one.document.id)]
    content, missed = content_scores(question, answer, sources)
    if question.answerable == refused:
        reasons.insert(
            0, "refused, but the documents answer it" if question.answerable else "answered, but nothing supports it"
        )
    scores = {**documents, **quotes, **citations, **cited, **content, **due}
    sample = Sample(
        id=question.id,
        question=question.question,
        kind=question.kind,
        answerable=question.answerable,
        status=answer.status,
        scores=scores | {"correct": float(is_correct(question, scores, refused=refused))},
        explanation="; ".join([part for part in (where, which) if part] + reasons + missed + unfounded),
        milliseconds=milliseconds,
        confidence=answer.confidence,
        timings_ms=answer.timings_ms,
        answer=answer.text,
        citations=tuple(_shown(one.document.path, one.locator.label, one.quote) for one in answer.citations),
        passages=tuple(map(_passage, passages[:_SHOWN])),
        gold=tuple(_shown(one.path, "", one.quote) for one in question.gold),
        points=question.points,
        missing=question.missing,
    )
    return _with_model(sample, question, answer, read_document) if isinstance(answer, DraftedAnswer) else sample


def _with_model(sample: Sample, question: Question, answer: DraftedAnswer, read_document: ReadDocument) -> Sample:
    usage, draft = answer.usage, answer.draft
    told = [claim for claim in answer.claims if not claim.quoted]
    tokens = {
        "llm_read": usage.prompt_tokens - usage.cached_tokens if usage else 0,
        "llm_cached": usage.cached_tokens if usage else 0,
        "llm_wrote": usage.completion_tokens if usage else 0,
    }
    more = {
        "scores": sample.scores | (draft_scores(question, draft, read_document) if draft else {}),
        "tokens": tokens,
        "milliseconds": round(sample.milliseconds + answer.spared_ms, 1),
        "draft_status": draft.status if draft else None,
        "kept": len(told),
        "dropped": len(answer.dropped),
        "fallback": answer.fallback,
        "draft": draft.text if draft else "",
    }
    return sample.model_copy(update=more)


def _passage(passage: Passage) -> Shown:
    return _shown(passage.document.path, passage.chunk.locator.label, passage.chunk.text)


def _shown(path: str, place: str, text: str) -> Shown:
    return Shown(path=path, place=place, text=text)
