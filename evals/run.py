"""A question set put to an assistant: every question's scores, and their means."""

from collections.abc import Sequence
from time import perf_counter
from typing import Protocol

from evals.answer_metrics import ReadDocument, citation_scores, document_scores, passage_scores
from evals.dataset import Question, Split
from evals.progress import Watch, unwatched
from evals.refusal_metrics import refusal_scores
from evals.sample import Sample, mean, mean_scores
from ingest.document import Value
from retrieval.answer import Answer
from retrieval.search import SearchResult

DEPTH = 50
"""Passages looked at for the ranking of documents: ten documents need more than ten passages."""


class Assistant(Protocol):
    """What is evaluated."""

    def ask(self, question: str) -> Answer:
        """The answer a user would get."""

    def search(self, question: str, k: int) -> SearchResult:
        """The `k` passages a user would get."""


class RunReport(Value):
    """The means over a split (each over the questions it is defined for, None when there are none) and every sample."""

    set: str
    split: Split
    n: int
    metrics: dict[str, float | None]
    per_question: tuple[Sample, ...]


def run(
    name: str,
    split: Split,
    questions: Sequence[Question],
    assistant: Assistant,
    read_document: ReadDocument,
    watch: Watch = unwatched,
) -> RunReport:
    """Ask every question and score what comes. Raises what the assistant raises."""
    samples = [_score(one, assistant, read_document) for one in watch(questions, f"{name}/{split}", len(questions))]
    refused = [sample.status == "refused" for sample in samples]
    refusals = refusal_scores(refused, [sample.answerable for sample in samples])
    answered = mean(float(sample.status != "refused") for sample in samples if sample.answerable)
    return RunReport(
        set=name,
        split=split,
        n=len(samples),
        metrics={
            **mean_scores([sample.scores for sample in samples]),
            "answerable_answered": answered,
            **{f"refusal_{metric}": value for metric, value in refusals.items()},
        },
        per_question=tuple(samples),
    )


def _score(question: Question, assistant: Assistant, read_document: ReadDocument) -> Sample:
    passages = assistant.search(question.question, DEPTH).passages
    started = perf_counter()
    answer = assistant.ask(question.question)
    milliseconds = round((perf_counter() - started) * 1000, 1)
    documents, where = document_scores(question, passages)
    quotes, which = passage_scores(question, passages)
    citations, reasons = citation_scores(question, answer, read_document)
    if question.answerable == (answer.status == "refused"):
        reasons.insert(
            0, "refused, but the documents answer it" if question.answerable else "answered, but nothing supports it"
        )
    return Sample(
        id=question.id,
        question=question.question,
        kind=question.kind,
        answerable=question.answerable,
        status=answer.status,
        scores={**documents, **quotes, **citations},
        explanation="; ".join([part for part in (where, which) if part] + reasons),
        milliseconds=milliseconds,
    )
