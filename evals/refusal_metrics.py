"""How well refusals fall on the questions that have no answer."""

from collections.abc import Sequence

import numpy as np


def auc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float | None:
    """The probability that an answerable question scores higher than an unanswerable one; a tie counts half.

    The area under the ROC curve by Mann and Whitney's U; .5 is a coin. None when either side is empty.
    """
    if not answerable or not unanswerable:
        return None
    ordered = np.sort(np.asarray(unanswerable, dtype=np.float64))
    scores = np.asarray(answerable, dtype=np.float64)
    below = np.searchsorted(ordered, scores, side="left")
    ties = np.searchsorted(ordered, scores, side="right") - below
    return float((below + ties / 2).sum() / (len(scores) * len(ordered)))


def refusal_scores(refused: Sequence[bool], answerable: Sequence[bool]) -> dict[str, float | None]:
    """`precision` (of what was refused, how much had to be), `recall` (of what had to be, how much was) and `f1`.

    Each is None where it would divide by nothing.
    """
    right = sum(was and not may for was, may in zip(refused, answerable, strict=True))
    due = len(answerable) - sum(answerable)
    return {
        "precision": right / sum(refused) if any(refused) else None,
        "recall": right / due if due else None,
        "f1": 2 * right / (sum(refused) + due) if sum(refused) + due else None,
    }
