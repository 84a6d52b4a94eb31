"""Whether what was found answers the question, and if not, what is missing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.terms import fold
from retrieval.asked import Asked, Term
from retrieval.expected import Expected
from retrieval.weigh import Pool, Weighed

THRESHOLD = 0.49
"""Below this confidence a question is refused. `caselore eval calibrate` chose it on dev, each project judged by a
model fitted on the others: an unanswerable question answered costs as much there as two answerable ones refused.
"""

# A logistic model, as `caselore eval calibrate` fitted it on the dev questions and on some made from tables of the same
# projects.
BIAS = -2.57
WEIGHTS = {"score": 3.94, "agreement": 1.49, "lacks": -2.01, "put_off": -1.9}

HIGHEST = 3.0
"""The score of a unit that speaks of all that is asked, in a passage near to it."""

BEST = 5
"""Units looked at: as many as an answer has claims."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for an answer, each from 0 to 1.

    `score`: the best unit's, as a share of `HIGHEST`; `agreement`: the share of the best units that stands in one
    document with the first; `lacks`: a price, an address, a name or the like is asked for and none of them has one;
    `put_off`: an outcome is asked for, and the best only plans it. `coverage`, the share of the question's term weight
    that the best unit speaks of, tells one project from another, and is not judged by.

    `missing`: names in the question that no passage found says. `is_ruled_out`: however well the rest fits, this is no
    answer: a firm is among the missing, or every code in the question is, and it does not ask whether it is so.
    """

    score: float
    agreement: float
    lacks: bool
    put_off: bool
    coverage: float
    missing: tuple[Term, ...]
    is_ruled_out: bool = False

    @property
    def features(self) -> dict[str, float]:
        """What the model reads, by the names of `WEIGHTS`."""
        return {
            "score": self.score,
            "agreement": self.agreement,
            "lacks": float(self.lacks),
            "put_off": float(self.put_off),
        }

    @property
    def probability(self) -> float:
        """How probable it is that the documents answer the question."""
        x = BIAS + sum(WEIGHTS[name] * value for name, value in self.features.items())
        return 1 / (1 + math.exp(-x))


def joint(whole: float, parts: Sequence[float]) -> float:
    """How sure an answer to a question is: as the whole question and the surest of its parts are, half each.

    What is asked in several parts says much that no single place repeats; one part that is clearly answered speaks for
    the rest. Held out by project, on dev: AUC .923 for the whole alone, .906 for the surest part, .934 for this.
    """
    return (whole + max(parts)) / 2


def gather(asked: Asked, expected: Expected, pool: Pool, weighed: Sequence[Weighed]) -> Evidence:
    """The evidence in the units found, best first."""
    missing = tuple(term for term, count in pool.having.items() if term.names and not count and not term.guessed)
    if not weighed:
        return Evidence(0.0, 0.0, lacks=False, put_off=False, coverage=0.0, missing=missing, is_ruled_out=True)
    codes = [term for term in asked.terms if term.is_code and any(char.isalpha() for char in term.text)]
    nothing_known = bool(codes) and all(code in missing for code in codes) and not expected.has_premise
    best = [one.unit for one in weighed[:BEST]]
    texts = [fold(unit.text) for unit in best]
    documents = [unit.passage.document.id for unit in best]
    return Evidence(
        score=min(max(weighed[0].score / HIGHEST, 0.0), 1.0),
        agreement=documents.count(documents[0]) / BEST,
        lacks=expected.is_lacking_in(texts),
        put_off=expected.is_put_off_in(texts[0]),
        coverage=weighed[0].coverage,
        missing=missing,
        is_ruled_out=nothing_known or any(term.is_firm for term in missing),
    )
