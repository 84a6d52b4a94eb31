"""How far a mean can be trusted, and whether two runs differ beyond chance. Seeded: equal scores, equal verdict."""

from collections.abc import Sequence

import numpy as np

from ingest.document import Value

RESAMPLES = 2000
LEVEL = 0.95
_SEED = 20251122


class Interval(Value):
    """A mean with its bootstrap confidence interval (95 %, percentile)."""

    mean: float
    low: float
    high: float


class Difference(Value):
    """How `b` differs from `a` on the questions both have a score for: the mean difference with its confidence interval
    and the p-value of a paired permutation test (two-sided).
    """

    n: int
    a: float
    b: float
    difference: float
    low: float
    high: float
    p: float

    @property
    def is_significant(self) -> bool:
        """Whether the difference is beyond chance at the 5 % level."""
        return self.p < 1 - LEVEL


def interval(values: Sequence[float | None]) -> Interval | None:
    """The mean of the values that are there, with its interval (Efron, 1979); None when none is."""
    defined = np.array([value for value in values if value is not None], dtype=np.float64)
    if not len(defined):
        return None
    low, high = _bounds(defined)
    return Interval(mean=float(defined.mean()), low=low, high=high)


def paired(a: Sequence[float | None], b: Sequence[float | None]) -> Difference | None:
    """Compare two runs question by question; None when no question has a score in both.

    The test flips the signs of the differences (Fisher's randomisation test; Smucker, Allan and Carterette, "A
    Comparison of Statistical Significance Tests for Information Retrieval Evaluation", 2007).
    """
    both = [(one, other) for one, other in zip(a, b, strict=True) if one is not None and other is not None]
    if not both:
        return None
    first, second = (np.array(side, dtype=np.float64) for side in zip(*both, strict=True))
    differences = second - first
    low, high = _bounds(differences)
    return Difference(
        n=len(both),
        a=float(first.mean()),
        b=float(second.mean()),
        difference=float(differences.mean()),
        low=low,
        high=high,
        p=_p(differences),
    )


def _p(differences: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    if not differences.any() or len(differences) < 2:
        return 1.0
    # Every command imports this room, and scipy.stats takes most of a second: who tests pays for it.
    from scipy import stats

    result = stats.permutation_test(
        (differences,),
        np.mean,
        permutation_type="samples",
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(_SEED),
        vectorized=True,
    )
    return float(result.pvalue)


def _bounds(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[float, float]:
    if len(values) < 2 or np.ptp(values) == 0:
        return float(values.min()), float(values.max())
    from scipy import stats

    result = stats.bootstrap(
        (values,),
        np.mean,
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    )
    return float(result.confidence_interval.low), float(result.confidence_interval.high)
