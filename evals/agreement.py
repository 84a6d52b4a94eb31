"""How far a language model that judges answers and the rules that score them agree."""

from collections.abc import Sequence

from evals.sample import Sample
from ingest.document import Value

_PASSING = 0.75
"""The judge calls an answer right from 4 of 1 to 5."""


class Agreement(Value):
    """How far the judge and a rule agree: on how many answers (`n`), in what share of them, and Cohen's κ (1960), which
    is 0 for chance; None when either always says the same.
    """

    n: int
    share: float
    kappa: float | None


def agreements(samples: Sequence[Sample]) -> dict[str, Agreement]:
    """The judge's verdicts held against the rules', on the answers that have both."""
    pairs = {
        "faithful to its own sources and to another answer's": [
            *((one.scores.get("judge_faithful"), _whole(one.scores.get("citation_recall"))) for one in samples),
            *((one.scores.get("judge_swapped"), one.scores.get("rule_swapped")) for one in samples),
        ],
        "correct": [(_passes(one.scores.get("judge_correct")), one.scores.get("correct")) for one in samples],
    }
    # Every command imports this room, and sklearn takes most of a second: who judges pays for it.
    from sklearn.metrics import cohen_kappa_score

    found = {}
    for name, verdicts in pairs.items():
        both = [(a, b) for a, b in verdicts if a is not None and b is not None]
        if both:
            judged, ruled = zip(*both, strict=True)
            varied = len(set(judged)) > 1 and len(set(ruled)) > 1
            found[name] = Agreement(
                n=len(both),
                share=sum(a == b for a, b in both) / len(both),
                kappa=float(cohen_kappa_score(judged, ruled)) if varied else None,
            )
    return found


def _whole(share: float | None) -> float | None:
    return None if share is None else float(share == 1)


def _passes(score: float | None) -> float | None:
    return None if score is None else float(score >= _PASSING)
