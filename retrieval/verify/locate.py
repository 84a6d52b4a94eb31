"""Where the words stand that a model says it quotes, however sloppily it does."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from retrieval.verify.figures import plain
from retrieval.verify.places import Place

LIKE = 70.0
"""Share of a quote's characters (per cent, in order) that a place must have to be taken for what is quoted."""


def likeness(quotes: Sequence[str], found: Sequence[Place]) -> list[float]:
    """For each place how much like one of the quotes it is, 0 to 1; less than `LIKE` counts as nothing."""
    best = [0.0] * len(found)
    texts = [place.own for place in found]
    for quote in quotes:
        folded = plain(quote)
        if len(folded.strip()) < 2:
            continue
        scores = process.cdist([folded], texts, scorer=fuzz.partial_ratio, processor=utils.default_process)[0]
        for at, score in enumerate(scores):
            if score >= LIKE and len(texts[at]) >= min(len(folded) / 2, 12):
                best[at] = max(best[at], float(score) / 100)
    return best
