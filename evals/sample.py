"""One question's scores, and the mean of many. A score says nothing where it is not defined."""

from collections.abc import Iterable, Mapping, Sequence

from ingest.document import Value
from retrieval.answer import Status


class Sample(Value):
    """What came of one question: its scores, each from 0 to 1 or None where it is not defined, and why in words."""

    id: str
    question: str
    kind: str
    answerable: bool
    status: Status
    scores: dict[str, float | None]
    explanation: str
    milliseconds: float


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that are there; None when none is."""
    defined = [value for value in values if value is not None]
    return sum(defined) / len(defined) if defined else None


def mean_scores(rows: Sequence[Mapping[str, float | None]]) -> dict[str, float | None]:
    """The mean of each score over the rows it is defined for, in the order the names first appear."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: mean(row.get(name) for row in rows) for name in names}
