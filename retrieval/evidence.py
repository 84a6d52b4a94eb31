"""Whether what was found answers the question, and if not, what is missing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.terms import fold
from retrieval.answer_form import AnswerForm
from retrieval.asked import Asked, Term
from retrieval.expected import Expected
from retrieval.weigh import Pool, Weighed, presence

THRESHOLD = 0.41
"""Below this confidence a question is refused. `caselore eval calibrate` chose it on questions about the dev projects,
each project judged by a model fitted on the others: an unanswerable question answered costs as much there as two
answerable ones refused. With vectors .41 and .48 cost the same there; fewer are refused in vain at .41.
"""

# A logistic model, as `caselore eval calibrate` fitted it on questions people ask about the dev projects and on some
# made from tables of the same. Without vectors the score has no cosine in it, so that state has a model of its own.
BIAS = -2.49
WEIGHTS = {"score": 3.13, "agreement": 0.86, "focus": 1.25, "lacks": -1.68, "put_off": -0.7}
BIAS_BY_WORDS = -1.91
WEIGHTS_BY_WORDS = {"score": 3.11, "agreement": 0.99, "focus": 1.36, "lacks": -1.76, "put_off": -0.59}

HIGHEST = 3.0
"""The score of a unit that speaks of all that is asked, in a passage near to it."""

BEST = 5
"""Units looked at: as many as an answer has claims."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for an answer, each from 0 to 1.

    `score`: that of the best unit which has the form asked for (`AnswerForm`), as a share of `HIGHEST`; `agreement`:
    the share of the best units that stands in one document with the first; `focus`: how far the best unit, its title
    and headings say the thing asked about most closely; `lacks`: a price, an address, a name or the like is asked for
    and none of the best has one; `put_off`: an outcome is asked for, and the best only plans it. `coverage`, the share
    of the question's term weight that the best unit speaks of, tells one project from another, and is not judged by.

    `missing`: names in the question that no passage found says. `is_ruled_out`: however well the rest fits, this is no
    answer: a firm is among the missing, or every code in the question is, and it does not ask whether it is so.
    `by_words`: no passage has a vector yet.
    """

    score: float
    agreement: float
    focus: float
    lacks: bool
    put_off: bool
    coverage: float
    missing: tuple[Term, ...]
    is_ruled_out: bool = False
    by_words: bool = False

    @property
    def features(self) -> dict[str, float]:
        """What the model reads, by the names of `WEIGHTS`."""
        return {
            "score": self.score,
            "agreement": self.agreement,
            "focus": self.focus,
            "lacks": float(self.lacks),
            "put_off": float(self.put_off),
        }

    @property
    def probability(self) -> float:
        """How probable it is that the documents answer the question."""
        bias, weights = (BIAS_BY_WORDS, WEIGHTS_BY_WORDS) if self.by_words else (BIAS, WEIGHTS)
        x = bias + sum(weights[name] * value for name, value in self.features.items())
        return 1 / (1 + math.exp(-x))


def joint(whole: float, parts: Sequence[float]) -> float:
    """How sure an answer to a question is: as the whole question and the surest of its parts are, half each.

    What is asked in several parts says much that no single place repeats; one part that is clearly answered speaks for
    the rest. Held out by project, on dev: AUC .923 for the whole alone, .906 for the surest part, .934 for this.
    """
    return (whole + max(parts)) / 2


def gather(
    asked: Asked,
    expected: Expected,
    form: AnswerForm,
    closest: Term | None,
    pool: Pool,
    weighed: Sequence[Weighed],
    *,
    by_words: bool = False,
) -> Evidence:
    """The evidence in the units found, best first.

    `closest` is the thing asked about most closely; `by_words`: the units were found and weighed without vectors.
    """
    missing = tuple(term for term, count in pool.having.items() if term.names and not count and not term.guessed)
    if not weighed:
        return Evidence(0.0, 0.0, 0.0, lacks=False, put_off=False, coverage=0.0, missing=missing, is_ruled_out=True)
    codes = [term for term in asked.terms if term.is_code and any(char.isalpha() for char in term.text)]
    nothing_known = bool(codes) and all(code in missing for code in codes) and not expected.has_premise
    best = [one.unit for one in weighed[:BEST]]
    texts = [fold(unit.text) for unit in best]
    documents = [unit.passage.document.id for unit in best]
    stating = next((one.score for one in weighed if form.is_in(fold(one.unit.text))), 0.0)
    first = f"{fold(best[0].context)} {texts[0]}"
    return Evidence(
        score=min(max(stating / HIGHEST, 0.0), 1.0),
        agreement=documents.count(documents[0]) / BEST,
        focus=presence(closest, first) if closest else 1.0,
        lacks=expected.is_lacking_in(texts),
        put_off=expected.is_put_off_in(texts[0]),
        coverage=weighed[0].coverage,
        missing=missing,
        is_ruled_out=nothing_known or any(term.is_firm for term in missing),
        by_words=by_words,
    )
