"""Whether what was found answers the question, and if not, what is missing."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.terms import fold
from retrieval.asked import Asked, Term
from retrieval.expected import Expected
from retrieval.units import Unit
from retrieval.weigh import Pool, Weighed, presence

THRESHOLD = 0.66
"""Below this confidence a question is refused. `caselore eval calibrate` chose it on dev, each project judged by a
model fitted on the others: an unanswerable question answered costs as much there as two answerable ones refused.
"""

# A logistic model, as `caselore eval calibrate` fitted it on the dev questions and on some made from tables of the same
# projects, before the last change to the weights of units (a fit since then differs by .1 at most).
BIAS = -0.41
WEIGHTS = {
    "coverage": 0.73,
    "subject": 0.98,
    "agreement": 1.88,
    "lacks": -2.87,
    "unmeasured": -1.39,
    "put_off": -2.51,
}

COMMON = 0.6
"""A name that this share of the passages found has in it (the customer's, say) does not tell one from another."""

NEAR = 8
"""Characters from a name to its number."""

_NUMBER = re.compile("[0-9]|[一二三四五六七八九十两](?=[个台张人家条项次])")

BEST = 5
"""Units looked at: as many as an answer has claims."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for an answer, each from 0 to 1.

    `coverage`: the share of the question's term weight that the best unit speaks of; `subject`: whether it or its
    headings say what the question is about (for how and why: the share of the question's telling names that its passage
    says); `agreement`: the share of the best units that stands in one document with the first; `lacks`: a price, an
    address, a name or the like is asked for and none of them has one; `unmeasured`: a quantity is asked for, and none
    of them has a number by what is to be measured; `put_off`: an outcome is asked for, and the best only plans it.

    `missing`: names in the question that no passage found says. `is_ruled_out`: however well the rest fits, this is no
    answer: a firm is among the missing, or every code in the question is, and it does not ask whether it is so.
    """

    coverage: float
    subject: float
    agreement: float
    lacks: bool
    missing: tuple[Term, ...]
    unmeasured: bool = False
    put_off: bool = False
    is_ruled_out: bool = False

    @property
    def features(self) -> dict[str, float]:
        """What the model reads, by the names of `WEIGHTS`."""
        return {
            "coverage": self.coverage,
            "subject": self.subject,
            "agreement": self.agreement,
            "lacks": float(self.lacks),
            "unmeasured": float(self.unmeasured),
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
    names = {term: count for term, count in pool.having.items() if term.names and (count or not term.guessed)}
    missing = tuple(term for term, count in names.items() if not count)
    if not weighed:
        return Evidence(0.0, 0.0, 0.0, False, missing, is_ruled_out=True)
    codes = [term for term in asked.terms if term.is_code and any(char.isalpha() for char in term.text)]
    nothing_known = bool(codes) and all(code in missing for code in codes) and not expected.has_premise
    best = [one.unit for one in weighed[:BEST]]
    texts = [fold(unit.text) for unit in best]
    documents = [unit.passage.document.id for unit in best]
    return Evidence(
        coverage=weighed[0].coverage,
        subject=_subject(asked, names, pool, weighed[0]),
        agreement=documents.count(documents[0]) / BEST,
        lacks=expected.is_lacking_in(texts),
        missing=missing,
        unmeasured=asked.kind == "quantity" and asked.subject is not None and not _is_measured(asked.subject, best),
        put_off=expected.is_put_off_in(texts[0]),
        is_ruled_out=nothing_known or any(term.is_firm for term in missing),
    )


def _is_measured(subject: Term, units: Sequence[Unit]) -> bool:
    """Whether one of the units has a number near to the subject's name, in a row with it, or below it as a heading."""
    return any(
        (presence(subject, text) == 1 and (unit.span.kind == "row" or _has_number_near(subject.text, text)))
        or (presence(subject, fold(unit.context)) == 1 and any(char.isdigit() for char in text))
        for unit, text in ((unit, fold(unit.text)) for unit in units)
    )


def _has_number_near(name: str, folded: str) -> bool:
    return any(
        _NUMBER.search(folded[max(0, at.start() - NEAR) : at.start()] + " " + folded[at.end() : at.end() + NEAR])
        for at in re.finditer(re.escape(name), folded)
    )


def _subject(asked: Asked, names: Mapping[Term, int], pool: Pool, best: Weighed) -> float:
    if asked.subject and asked.subject in names:
        return max(presence(asked.subject, fold(best.unit.text)), presence(asked.subject, fold(best.unit.context)))
    # How and why are answered by a section, not by a sentence.
    section = fold(best.unit.passage.chunk.embedding_text(best.unit.passage.document.title))
    telling = [presence(term, section) for term, count in names.items() if count < COMMON * pool.size]
    return sum(telling) / len(telling) if telling else 1.0
