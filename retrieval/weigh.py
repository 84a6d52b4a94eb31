"""How well each unit answers the question: what it says of the terms asked, of the kind asked, and by meaning."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.embed import Embedder
from ingest.terms import fold
from retrieval.answer import Passage
from retrieval.asked import Asked, Term
from retrieval.units import Unit

COMPARED_BY_MEANING = 32
"""Units whose vectors are compared with the question's: about 40 ms on two cores."""

CONTEXT_SHARE = 0.7
"""What a term counts when only the unit's title or headings say it, not the unit itself."""


@dataclass(frozen=True)
class Weighed:
    """A unit and its scores: `coverage` is the share of the question's term weight that it speaks of (0 to 1), `own`
    the share its own words speak of, `meaning` the cosine to the question, `fits` whether it names the kind asked for.
    """

    unit: Unit
    coverage: float
    own: float
    meaning: float
    fits: bool
    score: float


def term_weights(asked: Asked, passages: Sequence[Passage]) -> dict[Term, float]:
    """Each term's weight: rarer among the passages found tells more (idf over the pool); one in none tells most."""
    texts = [fold(passage.chunk.embedding_text(passage.document.title)) for passage in passages]
    weights: dict[Term, float] = {}
    for term in asked.terms:
        found = sum(presence(term, text) >= 1 for text in texts)
        weights[term] = term.weight * math.log(1 + (len(texts) + 1) / (found + 0.5))
    return weights


def presence(term: Term, folded: str) -> float:
    """How far a folded text has the term: 1 when it stands there, else the share of its character pairs that do (up to
    a half: 双活架构 in a text that says 双活部署架构).
    """
    if term.text in folded:
        return 1.0
    if term.is_code or len(term.text) < 3:
        return 0.0
    pairs = [term.text[i : i + 2] for i in range(len(term.text) - 1)]
    return 0.5 * sum(pair in folded for pair in pairs) / len(pairs)


def weigh(
    question: str, asked: Asked, found: Sequence[Unit], weights: dict[Term, float], embedder: Embedder
) -> list[Weighed]:
    """The units with their scores, best first. Only the most promising are compared by meaning; the rest fall away."""
    total = sum(weights.values()) or 1.0
    rough = []
    for unit in found:
        text, context = fold(unit.text), fold(unit.context)
        own = sum(weight * presence(term, text) for term, weight in weights.items()) / total
        around = sum(
            weight * max(presence(term, text), CONTEXT_SHARE * presence(term, context))
            for term, weight in weights.items()
        )
        rough.append((around / total, own, asked.fits(text), asked.names_unit(text), unit))
    rough.sort(key=lambda one: (-_score(*one[:4], 0.0, one[4].passage.score), one[4].order))
    rough = rough[:COMPARED_BY_MEANING]
    if not rough:
        return []
    vectors = embedder.embed_passages([f"{unit.context}\n{unit.text}" for *_, unit in rough])
    cosines = vectors @ embedder.embed_query(question)
    weighed = [
        Weighed(
            unit, coverage, own, float(cosine), fits, _score(coverage, own, fits, names, cosine, unit.passage.score)
        )
        for (coverage, own, fits, names, unit), cosine in zip(rough, np.asarray(cosines), strict=True)
    ]
    return sorted(weighed, key=lambda one: (-one.score, one.unit.order))


def _score(coverage: float, own: float, fits: bool, names_unit: bool, cosine: float, passage: float) -> float:
    return 1.0 * coverage + 0.3 * own + 0.25 * fits + 0.15 * names_unit + 1.0 * float(cosine) + 0.1 * passage
