"""A run's answers put before the judge: which ones, what to do about an endpoint that fails, and a sample of them."""

from collections.abc import Callable, Iterator, Sequence

from evals.dataset import Question
from evals.progress import Watch, unwatched
from evals.sample import Sample
from ingest.errors import ModelUnavailable

MOST_FAILURES = 3
"""Answers in a row that the endpoint may fail on: one that took too long is left out, an endpoint that is gone ends
the run."""

Opinion = Callable[[Sample, Sequence[str]], Sample]


def judge_all(samples: Sequence[Sample], opinion: Opinion, watch: Watch = unwatched) -> Iterator[Sample]:
    """The samples in their order, with an opinion on every answer to an answerable question.

    An answer on which the endpoint failed comes back without one, and its explanation says why. Raises
    `ModelUnavailable` at the third failure in a row.
    """
    due = [one for one in samples if is_due(one)]
    opinions, failures = {}, 0
    for at, sample in enumerate(watch(due, "judge", len(due))):
        try:
            opinions[sample.id] = opinion(sample, _foreign(due, at))
            failures = 0
        except ModelUnavailable as error:
            failures += 1
            # Where all is judged already or fails, nothing is gained by going on.
            if failures == min(MOST_FAILURES, len(due)):
                raise
            why = "; ".join(part for part in (sample.explanation, f"not judged: {error}") if part)
            opinions[sample.id] = sample.model_copy(update={"explanation": why})
    yield from (opinions.get(one.id, one) for one in samples)


def is_due(sample: Sample) -> bool:
    """Whether there is an answer to judge, and a gold answer to hold it against."""
    return sample.answerable and sample.status != "refused"


def unjudged(samples: Sequence[Sample]) -> int:
    """How many answers the endpoint failed on."""
    return sum(is_due(one) and "judge_correct" not in one.scores for one in samples)


def drawn(questions: Sequence[Question], n: int | None) -> list[Question]:
    """`n` of the questions, each kind in its share, in their order; always the same ones. All of them without `n`."""
    if n is None or n >= len(questions):
        return list(questions)
    by_kind = sorted(range(len(questions)), key=lambda at: questions[at].kind)
    picked = {by_kind[int((place + 0.5) * len(by_kind) / n)] for place in range(n)}
    return [one for at, one in enumerate(questions) if at in picked]


def _foreign(due: Sequence[Sample], at: int) -> list[str]:
    """The sources of the next answer that shares no document with this one."""
    own = {one.path for one in due[at].citations}
    for other in (*due[at + 1 :], *due[:at]):
        if other.citations and own.isdisjoint(one.path for one in other.citations):
            return [one.text for one in other.citations]
    return []
