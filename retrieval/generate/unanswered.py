"""Which parts of a question an answer passes over: a model that has answered the first part likes to stop there."""

from collections.abc import Sequence

from ingest.terms import fold
from retrieval.asked import Asked, Term, understand
from retrieval.subquestions import parts
from retrieval.units import Unit

UNANSWERED = "以上没有答到"

MOST_QUOTES = 2
"""Quotes that may stand in for what a model passes over of one part."""


def unanswered(topic: str, claims: Sequence[str]) -> list[str]:
    """The parts of a question of several that none of the claims speaks of, as they were asked.

    A claim speaks of a part when it has a word that only this part asks about; where such words are verbs alone, which
    answers put in other words, it is enough that it names a thing of the kind asked for.
    """
    asked = {part: understand(part) for part in parts(topic)}
    if len(asked) < 2:
        return []
    said = [fold(claim) for claim in claims]
    return [part for part, one in asked.items() if not any(_speaks_of(one, _own(part, asked), text) for text in said)]


def quotes_for(part: str, topic: str, units: Sequence[Unit]) -> list[Unit]:
    """Of the units, best first, those that speak of a part of the question: what the model passes over, in the
    documents' own words.
    """
    asked = {one: understand(one) for one in (*parts(topic), part)}
    own = _own(part, asked) or list(asked[part].terms)
    fitting = [unit for unit in units if _speaks_of(asked[part], own, fold(f"{unit.context} {unit.text}"))]
    said = [sum(term.weight for term in own if _has(term, fold(unit.text))) for unit in fitting]
    best = sorted((at for at in range(len(fitting)) if said[at] > 0), key=lambda at: -said[at])
    return [fitting[at] for at in sorted(best[:MOST_QUOTES])]


def _has(term: Term, folded: str) -> bool:
    return any(word in folded for word in (term.text, *term.alike))


def _own(part: str, asked: dict[str, Asked]) -> list[Term]:
    others = {term.text for other, one in asked.items() if other != part for term in one.terms}
    return [term for term in asked[part].terms if term.text not in others]


def _speaks_of(asked: Asked, own: Sequence[Term], claim: str) -> bool:
    if not asked.fits(claim):
        return False
    named = any(_has(term, claim) for term in own)
    return named or not any(term.names for term in own)
