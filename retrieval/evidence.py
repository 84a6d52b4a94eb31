"""Whether what was found answers the question, and if not, what is missing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.terms import fold
from retrieval.answer import Passage
from retrieval.asked import Term
from retrieval.weigh import Weighed, presence

THRESHOLD = 0.5
"""Below this probability an answer is refused; chosen on the dev questions (docs/benchmarks.md)."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for an answer, each from 0 to 1 (`meaning` and `passage_meaning` are cosines).

    `coverage`: the best unit's; `passage_coverage`: the best that one passage as a whole reaches; `missing_weight`: the
    share of term weight that no passage found speaks of; `fits`: the best unit names the kind of thing asked for.
    """

    coverage: float
    passage_coverage: float
    meaning: float
    passage_meaning: float
    missing_weight: float
    fits: bool
    missing: tuple[str, ...]

    @property
    def probability(self) -> float:
        """How probable it is that the answer is right: a logistic model fitted on dev questions."""
        x = (
            BIAS
            + COVERAGE * self.coverage
            + PASSAGE_COVERAGE * self.passage_coverage
            + MEANING * self.meaning
            + PASSAGE_MEANING * self.passage_meaning
            + MISSING * self.missing_weight
            + FITS * self.fits
        )
        return 1 / (1 + math.exp(-x))

    @property
    def suffices(self) -> bool:
        """Whether to answer."""
        return self.probability >= THRESHOLD


BIAS, COVERAGE, PASSAGE_COVERAGE, MEANING, PASSAGE_MEANING, MISSING, FITS = -6.0, 3.0, 2.0, 2.0, 3.0, -3.0, 0.5


def gather(
    passages: Sequence[Passage], weighed: Sequence[Weighed], weights: Mapping[Term, float], passage_meaning: float
) -> Evidence:
    """The evidence for the best unit. `passage_meaning` is the highest cosine of any passage to the question."""
    total = sum(weights.values()) or 1.0
    texts = [fold(passage.chunk.embedding_text(passage.document.title)) for passage in passages]
    shares = [sum(weight * presence(term, text) for term, weight in weights.items()) / total for text in texts]
    missing = [term for term in weights if not any(presence(term, text) == 1 for text in texts)]
    best = weighed[0] if weighed else None
    return Evidence(
        coverage=best.coverage if best else 0.0,
        passage_coverage=max(shares, default=0.0),
        meaning=best.meaning if best else 0.0,
        passage_meaning=passage_meaning,
        missing_weight=sum(weights[term] for term in missing) / total,
        fits=best.fits if best else False,
        missing=tuple(term.text for term in missing),
    )
