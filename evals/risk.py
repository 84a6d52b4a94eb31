"""The risk–coverage curve: what share of answers is wrong when only the surest questions are answered."""

from collections.abc import Sequence

from ingest.document import Value


class RiskPoint(Value):
    """When questions of at least this `confidence` are answered: their share of all (`coverage`), and the share of
    them whose answer is not correct (`risk`).
    """

    confidence: float
    coverage: float
    risk: float


def risk_coverage(confidence: Sequence[float], correct: Sequence[bool], of: int) -> tuple[RiskPoint, ...]:
    """The curve over the questions that were answered, from the surest to all of them, `of` so many questions asked
    (El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification", 2010).

    Questions of one confidence come together. An answer to an unanswerable question is never correct.
    """
    ranked = sorted(zip(confidence, correct, strict=True), key=lambda one: -one[0])
    points: list[RiskPoint] = []
    wrong = 0
    for count, (sure, is_right) in enumerate(ranked, start=1):
        wrong += not is_right
        if count < len(ranked) and ranked[count][0] == sure:
            continue
        points.append(RiskPoint(confidence=sure, coverage=count / of, risk=wrong / count))
    return tuple(points)


def area(curve: Sequence[RiskPoint]) -> float | None:
    """The mean risk over the coverages reached (AURC; 0 is best). None without a curve."""
    if not curve:
        return None
    total, before = 0.0, 0.0
    for point in curve:
        total += point.risk * (point.coverage - before)
        before = point.coverage
    return total / before
