"""Fits the model by which an answer is refused, on dev questions and questions made from the same projects' tables.

The fitted numbers are written into `retrieval/evidence.py` by hand: what decides at run time stands in the code.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from evals.made_questions import MadeQuestion
from evals.progress import Watch, unwatched
from ingest.document import Value
from retrieval.evidence import Evidence

DEV_WEIGHT = 2.0
MADE_WEIGHT = 0.2
"""Dev questions are what people ask, but few; made ones are many and alike."""

FOLDS = 10
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


class Outcome(Value):
    """At a threshold: the share of answerable questions that are answered, and of unanswerable ones refused."""

    threshold: float
    answered: float
    refused: float


class Calibration(Value):
    """The fitted model, and what it reaches on questions it was not fitted on (cross-validated), by origin."""

    bias: float
    weights: dict[str, float]
    questions: dict[str, int]
    auc: dict[str, float]
    outcomes: dict[str, tuple[Outcome, ...]]


def calibrate(
    dev: Sequence[MadeQuestion],
    made: Sequence[MadeQuestion],
    gather: Callable[[str], Evidence],
    watch: Watch = unwatched,
) -> Calibration:
    """Gather the evidence for every question, fit, and cross-validate. Both origins need questions of both sorts."""
    every = [*dev, *made]
    evidence = [gather(one.question) for one in watch(every, "evidence", len(every))]
    names = list(evidence[0].features)
    x = np.array([[one.features[name] for name in names] for one in evidence])
    y = np.array([one.answerable for one in every], dtype=int)
    is_dev = np.arange(len(every)) < len(dev)
    weights = np.where(is_dev, DEV_WEIGHT, MADE_WEIGHT)
    held_out = np.zeros(len(every))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for train, test in folds.split(x, y + 2 * is_dev):
        model = LogisticRegression().fit(x[train], y[train], sample_weight=weights[train])
        held_out[test] = model.predict_proba(x[test])[:, 1]
    model = LogisticRegression().fit(x, y, sample_weight=weights)
    origins = {"dev": is_dev, "made": ~is_dev}
    return Calibration(
        bias=round(float(model.intercept_[0]), 2),
        weights={name: round(float(one), 2) for name, one in zip(names, model.coef_[0], strict=True)},
        questions={name: int(mask.sum()) for name, mask in origins.items()},
        auc={name: round(float(roc_auc_score(y[mask], held_out[mask])), 3) for name, mask in origins.items()},
        outcomes={name: _outcomes(y[mask], held_out[mask]) for name, mask in origins.items()},
    )


def _outcomes(y: NDArray[np.int_], probability: NDArray[np.float64]) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(
            threshold=threshold,
            answered=round(float((probability[y == 1] >= threshold).mean()), 3),
            refused=round(float((probability[y == 0] < threshold).mean()), 3),
        )
        for threshold in THRESHOLDS
    )
