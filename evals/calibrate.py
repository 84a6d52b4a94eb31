"""Fits the model by which an answer is refused, on questions people ask and some made from the same projects' tables.

The fitted numbers are written into `retrieval/evidence.py` by hand: what decides at run time stands in the code.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from evals.made_questions import MadeQuestion
from evals.progress import Watch, unwatched
from ingest.document import Value
from retrieval.evidence import Evidence, joint

MADE_WEIGHT = 0.2
"""What a made question counts against one that people ask: made ones are many and alike. The more they count, the
better DuReader's questions are ordered, which are never fitted on, and the worse dev's.
"""

WRONG_COST = 2.0
"""An answer where there is none costs as much as so many refusals of what has one: who builds on it pays."""

UNANSWERABLE = 0.2
"""The share of unanswerable questions for which the threshold is chosen, whatever share the sets have: dev's."""

THRESHOLDS = tuple(step / 100 for step in range(30, 91, 5))
_FINE = tuple(step / 100 for step in range(5, 96))


@dataclass(frozen=True)
class Case:
    """What was found for a question: the evidence for the whole and for its parts, and the project it is about."""

    project: str
    whole: Evidence
    parts: tuple[Evidence, ...]


class Outcome(Value):
    """At a threshold: the share of answerable questions that are answered, and of unanswerable ones refused."""

    threshold: float
    answered: float
    refused: float


class Calibration(Value):
    """The fitted model, and what it reaches on questions of projects it was not fitted on, by origin.

    `threshold` costs least on the held-out questions that people ask, by `WRONG_COST` and `UNANSWERABLE`; `by_words`:
    it is fitted for a library without vectors.
    """

    bias: float
    weights: dict[str, float]
    threshold: float
    by_words: bool
    questions: dict[str, int]
    auc: dict[str, float]
    outcomes: dict[str, tuple[Outcome, ...]]


def calibrate(
    asked: Mapping[str, Sequence[MadeQuestion]],
    made: Sequence[MadeQuestion],
    gather: Callable[[str], Case],
    watch: Watch = unwatched,
) -> Calibration:
    """Gather the evidence for every question, fit, and cross-validate with one project held out at a time.

    `asked` are sets of questions that people ask, by name. Every set needs questions of both sorts, and all of them
    together questions about two projects at least.
    """
    sets = {**asked, "made": made}
    every = [one for questions in sets.values() for one in questions]
    origins = np.repeat(list(sets), [len(questions) for questions in sets.values()])
    cases = [gather(one.question) for one in watch(every, "evidence", len(every))]
    names = list(cases[0].whole.features)
    x = np.array([_row(one.whole, names) for one in cases])
    y = np.array([one.answerable for one in every], dtype=int)
    is_made = origins == "made"
    weights = np.where(is_made, MADE_WEIGHT, 1.0)
    projects = np.array([one.project for one in cases])
    held_out = np.zeros(len(every))
    for project in sorted(set(projects)):
        rest = projects != project
        model = LogisticRegression().fit(x[rest], y[rest], sample_weight=weights[rest])
        for index in np.flatnonzero(~rest):
            held_out[index] = _sure(model, cases[index], names)
    model = LogisticRegression().fit(x, y, sample_weight=weights)
    masks = {name: origins == name for name in sets} | {"asked": ~is_made}
    return Calibration(
        bias=round(float(model.intercept_[0]), 2),
        weights={name: round(float(one), 2) for name, one in zip(names, model.coef_[0], strict=True)},
        threshold=_cheapest(y[~is_made], held_out[~is_made]),
        by_words=cases[0].whole.by_words,
        questions={name: int(mask.sum()) for name, mask in masks.items()},
        auc={name: round(float(roc_auc_score(y[mask], held_out[mask])), 3) for name, mask in masks.items()},
        outcomes={name: _outcomes(y[mask], held_out[mask]) for name, mask in masks.items()},
    )


def _row(evidence: Evidence, names: Sequence[str]) -> list[float]:
    return [evidence.features[name] for name in names]


def _sure(model: LogisticRegression, case: Case, names: Sequence[str]) -> float:
    if case.whole.is_ruled_out:
        return 0.0
    whole, *parts = model.predict_proba([_row(one, names) for one in (case.whole, *case.parts)])[:, 1]
    return joint(float(whole), [float(one) for one in parts])


def _cheapest(y: NDArray[np.int_], sure: NDArray[np.float64]) -> float:
    def cost(threshold: float) -> float:
        answered = sure >= threshold
        wrong, needless = answered[y == 0].mean(), 1 - answered[y == 1].mean()
        return WRONG_COST * UNANSWERABLE * float(wrong) + (1 - UNANSWERABLE) * float(needless)

    return min(_FINE, key=cost)


def _outcomes(y: NDArray[np.int_], probability: NDArray[np.float64]) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(
            threshold=threshold,
            answered=round(float((probability[y == 1] >= threshold).mean()), 3),
            refused=round(float((probability[y == 0] < threshold).mean()), 3),
        )
        for threshold in THRESHOLDS
    )
