"""How well each unit answers the question: what it and its surroundings say of the terms and the kind asked for."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.terms import fold
from retrieval.answer import Passage
from retrieval.asked import Asked, Term
from retrieval.expected import Expected
from retrieval.units import Unit

_TOTAL_ROW = re.compile(r"合计|总计|共计|总数")
_HAN = re.compile(r"[\u4e00-\u9fff]")

# How much each counts towards a unit's score. Tuned on the dev questions: within ±50 % of these, the share of questions
# whose gold sentence is among the first three hardly moves. Vectors of single sentences were tried, and took ten times
# as long as everything else for no better order (docs/benchmarks.md).
OWN = 0.5
FITS = 0.1
NAMES_UNIT = 0.15
TOTAL = 0.12
PASSAGE = 0.05
EXPECTED = 0.1
KEY = 0.15
"""A row answers for the thing in its first cell. A ranker learned on the dev questions (46 features; conditional logit,
or one weight at a time) was no better on a project it had not seen than these few weights.
"""
NAMED = 0.3
"""So does one whose first cell names what is asked in other words (接收人 for 谁接)."""
ALIKE = 0.8
"""A synonym instead of the word itself: nearly as good."""

_fold = lru_cache(maxsize=4096)(fold)
"""A question's parts and projects share passages: each text of them is folded once. At most some 5 MB."""

_LONGEST_NUMBER = 3
"""Characters of a first cell that only numbers its row; the next one then names it."""


@dataclass(frozen=True)
class Weighed:
    """A unit and its scores.

    `coverage` is the share of the question's term weight that the unit, its title and headings speak of (0 to 1), `own`
    the share that its own words do; `fits`: it names the kind of thing asked for; `score` puts units in order.
    """

    unit: Unit
    coverage: float
    own: float
    fits: bool
    score: float


@dataclass(frozen=True)
class Pool:
    """The passages found, as the terms see them: how many there are, and how many of them have each term."""

    size: int
    having: Mapping[Term, int]


def survey(asked: Asked, passages: Sequence[Passage]) -> Pool:
    """Count the passages that have each term of the question."""
    texts = [_fold(passage.chunk.embedding_text(passage.document.title)) for passage in passages]
    return Pool(len(texts), {term: sum(presence(term, text) >= ALIKE for text in texts) for term in asked.terms})


def term_weights(pool: Pool) -> dict[Term, float]:
    """Each term's weight: rarer among the passages found tells more (idf over the pool); one in none tells most."""
    return {
        term: term.weight * math.log(1 + (pool.size + 1) / (found + 0.5))
        for term, found in pool.having.items()
        if found or not term.guessed
    }


def presence(term: Term, folded: str) -> float:
    """How far a folded text has the term: 1 when it stands there, else the share of its character pairs that do (up to
    a half: 双活架构 in a text that says 双活部署架构). A word that is called so, too, counts `ALIKE`.
    """
    own = _own_presence(term, folded)
    if own == 1 or not term.alike:
        return own
    return max(own, ALIKE) if any(_is_said(word, folded) for word in term.alike) else own


def _is_said(word: str, folded: str) -> bool:
    return word in folded if _HAN.search(word) else _stands_in(word, folded)


def _own_presence(term: Term, folded: str) -> float:
    if not _HAN.match(term.text):
        return float(_stands_in(term.text, folded))
    if term.text in folded:
        return 1.0
    if len(term.text) < 3:
        return 0.0
    pairs = [term.text[i : i + 2] for i in range(len(term.text) - 1)]
    return 0.5 * len([pair for pair in pairs if pair in folded]) / len(pairs)


def _stands_in(code: str, folded: str) -> bool:
    """Whether a code stands in a text as a word or as the head of a longer code: 910b in 910b3, es not in writeset."""
    at = folded.find(code)
    while at >= 0:
        before, after = folded[at - 1 : at], folded[at + len(code) : at + len(code) + 1]
        joined = after.isascii() and after.isalpha() and code[-1].isalpha()
        if not (before.isascii() and before.isalnum()) and not joined and not (after.isdigit() and code[-1].isdigit()):
            return True
        at = folded.find(code, at + 1)
    return False


def weigh(
    asked: Asked,
    expected: Expected,
    found: Sequence[Unit],
    weights: Mapping[Term, float],
    cosines: Mapping[str, float],
) -> list[Weighed]:
    """The units with their scores, best first. `cosines` has the cosine to the question of each chunk near to it."""
    total = sum(weights.values()) or 1.0
    far = min(cosines.values(), default=0.0)
    weighed = []
    # The units of a passage share their context.
    around: dict[str, list[float]] = {}
    for unit in found:
        text, key = _fold(unit.text), _fold(_key(unit))
        said = [presence(term, text) for term in weights]
        if unit.context not in around:
            context = _fold(unit.context)
            around[unit.context] = [presence(term, context) for term in weights]
        own = _share(said, weights) / total
        coverage = _share(map(max, said, around[unit.context]), weights) / total
        fits = asked.fits(text)
        score = (
            coverage
            + OWN * own
            + FITS * fits
            + NAMES_UNIT * asked.names_unit(text)
            + TOTAL * ((asked.kind == "quantity" or expected.is_change) and _is_total(unit))
            + EXPECTED * expected.shows_in(text)
            + (KEY * _share([presence(term, key) for term in weights], weights) / total if key else 0.0)
            + NAMED * (bool(key) and expected.names(key))
            + PASSAGE * unit.passage.score
            + cosines.get(unit.passage.chunk.id, far)
        )
        weighed.append(Weighed(unit, coverage, own, fits, score))
    return sorted(weighed, key=lambda one: (-one.score, one.unit.order))


def _share(present: Iterable[float], weights: Mapping[Term, float]) -> float:
    return sum(weight * one for weight, one in zip(weights.values(), present, strict=True))


def _key(unit: Unit) -> str:
    """The cells that say what a row is about; empty for what is no row."""
    cells = unit.span.cells
    return " ".join(cells[: 2 if len(cells[0]) <= _LONGEST_NUMBER else 1]) if cells else ""


def _is_total(unit: Unit) -> bool:
    """Whether the unit is a table's last word: how many there are in all, asked without naming one of its rows."""
    return unit.span.kind == "row" and bool(_TOTAL_ROW.search(unit.span.cells[0]))
