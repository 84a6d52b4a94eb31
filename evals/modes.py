"""Whether hybrid search is worth it: against the better of its two sides, question by question."""

from collections.abc import Mapping, Sequence

from evals.sample import mean
from evals.significance import Difference, paired
from ingest.document import Value
from retrieval.search import Mode

SIDES: tuple[Mode, ...] = ("dense", "sparse")

JUDGED = ("ndcg@10", "recall@5")
"""What fusion must not lose."""

Rows = Sequence[Mapping[str, float | None]]


class Gain(Value):
    """How hybrid differs from `side`, the side that is better on the whole set by this metric."""

    side: Mode
    difference: Difference


def gain(rows: Mapping[Mode, Rows], metric: str) -> Gain | None:
    """Hybrid against its better side by `metric`; None unless all three modes are there and some question has a score.

    `rows` hold each mode's scores of the same questions in the same order. The better side is chosen with the answers
    at hand, which no setting could: a hard comparison on purpose.
    """
    if not {"hybrid", *SIDES} <= set(rows):
        return None
    scores = {mode: [row.get(metric) for row in rows[mode]] for mode in ("hybrid", *SIDES)}
    means = {side: mean(scores[side]) or 0.0 for side in SIDES}
    side = max(SIDES, key=lambda one: means[one])
    difference = paired(scores[side], scores["hybrid"])
    return Gain(side=side, difference=difference) if difference else None
