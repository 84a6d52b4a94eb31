"""How far the words of a claim stand at a place: there, around it, in other words, or not at all."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from retrieval.glossary import SHIPPED, Glossary, read_glossary
from retrieval.verify.places import Place
from retrieval.verify.statement import Word

WIDE = 0.45
"""What a word counts for that stands in the passage, but not at the place, around or above it."""

HALF = 0.6
"""What a word counts for at least half of whose character pairs stand there (热备原)."""

_ALIKE = Path(__file__).with_name("alike.csv")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def presence(word: Word, place: Place) -> float:
    """How far a word stands at a place: 1 at it or around and above it, `WIDE` elsewhere in its passage, else the share
    of its character pairs there.
    """
    known = place.presences.get(word.text)
    if known is None:
        known = place.presences[word.text] = _presence(word, place)
    return known


def _presence(word: Word, place: Place) -> float:
    said = place.said
    if stands_in(word.text, said) or any(stands_in(other, said) for other in alike(word.text)):
        return 1.0
    if stands_in(word.text, place.wide):
        return WIDE
    if word.is_latin or len(word.text) < 2:
        return 0.0
    if len(word.text) == 2:
        return WIDE * sum(char in place.own for char in word.text) / 2
    pairs = [word.text[at : at + 2] for at in range(len(word.text) - 1)]
    share = sum(pair in said for pair in pairs) / len(pairs)
    return max(share, HALF) if share >= 0.5 else share


def stands_in(word: str, folded: str) -> bool:
    """Whether a word stands in a text; one in Latin letters as a word of its own or before digits."""
    if word not in folded:
        return False
    if _HAN.search(word):
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z])", folded) is not None


def alike(word: str) -> tuple[str, ...]:
    """Other words for the same, folded."""
    return tuple(_glossary().alike(word))


@cache
def _glossary() -> Glossary:
    return Glossary(read_glossary(SHIPPED) + read_glossary(_ALIKE))


def coverage(words: Sequence[Word], place: Place) -> tuple[float, float, list[Word]]:
    """The share of the words that stand there, in its own words, and the words that do not."""
    shares = [(word, presence(word, place)) for word in words]
    lacking = [word for word, share in shares if share < 1]
    # Names must be there anyway, and make up for nothing else.
    counted = [(word, share) for word, share in shares if not word.is_name] or shares
    total = sum(word.weight for word, _ in counted)
    if not total:
        return 1.0, 1.0, []
    own = sum(word.weight * min(share, _is_own(word, place)) for word, share in counted)
    return sum(word.weight * share for word, share in counted) / total, own / total, lacking


def _is_own(word: Word, place: Place) -> float:
    if any(stands_in(one, place.own) for one in (word.text, *alike(word.text))):
        return 1.0
    pairs = [word.text[at : at + 2] for at in range(len(word.text) - 1)]
    return HALF if len(pairs) > 1 and sum(pair in place.own for pair in pairs) * 2 >= len(pairs) else 0.0
