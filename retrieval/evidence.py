"""Whether what was found answers the question, and if not, what is missing."""

import math
from dataclasses import dataclass

from ingest.terms import fold
from retrieval.asked import Asked, Term
from retrieval.weigh import Pool, Weighed, presence

THRESHOLD = 0.4
"""Below this probability an answer is refused: where the dev questions refused no longer grow by answering fewer."""

# A logistic model, as `caselore eval calibrate` fits it on the dev questions and on questions made from tables of the
# same projects; docs/benchmarks.md has what it reaches.
BIAS = -1.89
COVERAGE = 1.08
SUBJECT = 2.06
FITS = 0.11

COMMON = 0.6
"""A name that this share of the passages found has in it (the customer's, say) does not tell one from another."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for an answer: how well the best unit answers, from 0 to 1.

    `coverage`: the share of the question's term weight it speaks of; `subject`: whether it or its headings say what the
    question is about (for how and why: the share of the question's telling names that its passage says); `fits`:
    whether it names the kind of thing asked for. `missing`: names in the question that no passage found says.
    `is_ruled_out`: however well the rest fits, this is no answer: a firm is among the missing, or every code in the
    question is, or a figure or date is asked for and the unit has none.
    """

    coverage: float
    subject: float
    fits: bool
    missing: tuple[Term, ...]
    is_ruled_out: bool = False

    @property
    def probability(self) -> float:
        """How probable it is that the answer is right."""
        x = BIAS + COVERAGE * self.coverage + SUBJECT * self.subject + FITS * self.fits
        return 1 / (1 + math.exp(-x))

    @property
    def suffices(self) -> bool:
        """Whether to answer."""
        return self.probability >= THRESHOLD and not self.is_ruled_out


def gather(asked: Asked, pool: Pool, best: Weighed | None) -> Evidence:
    """The evidence for the best unit."""
    names = {term: count for term, count in pool.having.items() if term.names and (count or not term.guessed)}
    missing = tuple(term for term, count in names.items() if not count)
    codes = [term for term in asked.terms if term.is_code and any(char.isalpha() for char in term.text)]
    is_foreign = any(term.is_firm for term in missing) or (bool(codes) and all(code in missing for code in codes))
    if best is None:
        return Evidence(0.0, 0.0, False, missing, is_ruled_out=True)
    has_none = asked.kind in ("quantity", "time") and not best.fits
    if asked.subject in names:
        subject = _said(asked.subject, best)
    else:
        # How and why are answered by a section, not by a sentence.
        section = fold(best.unit.passage.chunk.embedding_text(best.unit.passage.document.title))
        telling = [presence(term, section) for term, count in names.items() if count < COMMON * pool.size]
        subject = sum(telling) / len(telling) if telling else 1.0
    return Evidence(best.coverage, subject, best.fits, missing, is_foreign or has_none)


def _said(term: Term, best: Weighed) -> float:
    return max(presence(term, fold(best.unit.text)), presence(term, fold(best.unit.context)))
