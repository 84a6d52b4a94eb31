"""Which parts of a question an answer passes over: a model that has answered the first part likes to stop there."""

from collections.abc import Sequence

from ingest.terms import fold
from retrieval.asked import Asked, Term, understand
from retrieval.subquestions import parts

UNANSWERED = "以上没有答到"


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


def _own(part: str, asked: dict[str, Asked]) -> list[Term]:
    others = {term.text for other, one in asked.items() if other != part for term in one.terms}
    return [term for term in asked[part].terms if term.text not in others]


def _speaks_of(asked: Asked, own: Sequence[Term], claim: str) -> bool:
    if not asked.fits(claim):
        return False
    named = any(word in claim for term in own for word in (term.text, *term.alike))
    return named or not any(term.names for term in own)
