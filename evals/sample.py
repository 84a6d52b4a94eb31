"""One question's scores with what they rest on, and the mean of many. A score says nothing where it is not defined."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import Field

from ingest.document import Value
from retrieval.answer import Status

Scores = dict[str, float | None]
"""Scores by metric; None where a metric does not apply."""


class Shown(Value):
    """Words at a place, as a person compares them: a passage found, a citation, or a gold quote."""

    path: str
    place: str
    text: str


class Sample(Value):
    """What came of one question: its scores, each from 0 to 1 or None where it is not defined, and why in words.

    `confidence` is the answer's own; `timings_ms` its stages'; `tokens` what a language model read and wrote, if any.
    With a language model: `draft_status` is what it would have been without any check, `dropped` how many claims did
    not stand it, `kept` how many did, and `fallback` why the answer is not the model's.
    """

    id: str
    question: str
    kind: str
    answerable: bool
    status: Status
    scores: Scores
    explanation: str
    milliseconds: float
    confidence: float = 0.0
    timings_ms: dict[str, float] = Field(default_factory=dict)
    tokens: dict[str, int] = Field(default_factory=dict)
    draft_status: Status | None = None
    kept: int = 0
    dropped: int = 0
    fallback: str | None = None
    answer: str = ""
    draft: str = ""
    citations: tuple[Shown, ...] = ()
    passages: tuple[Shown, ...] = ()
    gold: tuple[Shown, ...] = ()
    points: tuple[str, ...] = ()
    missing: str | None = None

    @property
    def is_correct(self) -> bool:
        """Whether the answer is right, or the refusal due."""
        return self.scores.get("correct") == 1.0


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that are there; None when none is."""
    defined = [value for value in values if value is not None]
    return sum(defined) / len(defined) if defined else None


def mean_scores(rows: Sequence[Mapping[str, float | None]]) -> Scores:
    """The mean of each score over the rows it is defined for, in the order the names first appear."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: mean(row.get(name) for row in rows) for name in names}
