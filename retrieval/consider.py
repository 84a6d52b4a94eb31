"""One question held against the passages found for it: what answers it, how surely, and what is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.answer import Passage
from retrieval.answer_form import answer_form
from retrieval.asked import Asked, understand
from retrieval.evidence import Evidence, gather, joint
from retrieval.expected import expect
from retrieval.extract import choose, repeats
from retrieval.focus import focus
from retrieval.glossary import Glossary
from retrieval.prefer import by_project
from retrieval.subquestions import parts
from retrieval.understood import Understood
from retrieval.units import Unit, units
from retrieval.verify.verbatim import is_verbatim
from retrieval.weigh import Weighed, survey, term_weights, weigh

NEAR = 0.75
"""Share of the best project's coverage that another's must reach to be named in answer to “which projects”."""

NEAR_OF_EACH = 0.5
"""The same where each project is asked for: none is expected to know nothing."""

PART = 0.4
"""A part of a question is left unanswered when it is less probable than this that the documents answer it."""

FEWEST = 2
"""Units left to each of several questions, where another is answered by a long list."""

OF_ONE = 2
"""Units told of each project then."""

HEARD = 3
"""Passages, the best ones found, that each have a say: a search seldom errs where the choice of sentences does."""

WORTH_HEARING = 0.6
"""Share of the best unit's score that the best of such a passage must reach."""


@dataclass(frozen=True)
class Considered:
    """What speaks for an answer to one question, and the units that would make it: none when it is ruled out."""

    asked: Asked
    weighed: tuple[Weighed, ...]
    evidence: Evidence
    chosen: tuple[Unit, ...]


def consider(
    question: str, passages: Sequence[Passage], cosines: Mapping[str, float], glossary: Glossary
) -> Considered:
    """Weigh all that the passages say. `cosines` has the cosine to the question of each chunk near to it."""
    asked, expected = understand(question, glossary), expect(question)
    pool = survey(asked, passages)
    candidates = list(units(passages))
    weighed = weigh(asked, expected, candidates, term_weights(pool), cosines)
    form, closest = answer_form(question, asked), focus(question, asked)
    evidence = gather(asked, expected, form, closest, pool, weighed, by_words=not cosines)
    chosen = [] if evidence.is_ruled_out else choose(asked, expected, weighed, candidates)
    return Considered(asked, tuple(weighed), evidence, tuple(unit for unit in chosen if is_verbatim(unit)))


def confidence(whole: Considered, each: Sequence[Considered]) -> float:
    """How sure an answer is, from 0 to 1."""
    if whole.evidence.is_ruled_out:
        return 0.0
    return joint(whole.evidence.probability, [one.evidence.probability for one in each])


def answers(
    understood: Understood,
    whole: Considered,
    passages: Sequence[Passage],
    cosines: Mapping[str, float],
    glossary: Glossary,
) -> list[Considered]:
    """The question considered part by part, and for each part project by project, where it has several of them."""
    asked = parts(understood.topic)
    sides = [list(passages)]
    if len(understood.subjects) > 1:
        sides = [[one for one in passages if one.document.id in subject.documents] for subject in understood.subjects]
    elif understood.of_all:
        sides = by_project(passages)
    if len(asked) == len(sides) == 1:
        return [whole]
    each = [consider(question, side, cosines, glossary) for question in asked for side in sides]
    if understood.of_all:
        # Of a question for all projects, most projects know nothing: who knows clearly less than the best is left out.
        surest = max(one.evidence.coverage for one in each)
        near = NEAR_OF_EACH if understood.of_each else NEAR
        each = [replace(one, chosen=_best(one)) for one in each if one.evidence.coverage >= near * surest]
    sure = [one for one in each if one.chosen and one.evidence.probability >= PART]
    return sure or [whole]


def merged(each: Sequence[Considered], most: int, *, lists_whole: bool = True) -> tuple[Unit, ...]:
    """The units chosen for several questions, question by question, each unit once: `most` of them, shared out.

    With `lists_whole`, as many more as the longest share needs beside the others'.
    """
    shares = [list(one.chosen) for one in each]
    worth = [_worth(one) for one in each]
    if lists_whole:
        most = max(most, max(map(len, shares)) + FEWEST * (len(shares) - 1))
    while sum(map(len, shares)) > most and max(map(len, shares)) > 1:
        longest = max(range(len(shares)), key=lambda n: len(shares[n]))
        shares[longest].remove(min(reversed(shares[longest]), key=lambda unit: worth[longest][unit.order]))
    found = {(unit.passage.chunk.id, unit.order[1:]): unit for share in reversed(shares) for unit in reversed(share)}
    return tuple(reversed(found.values()))


def heard(whole: Considered, passages: Sequence[Passage], chosen: Sequence[Unit]) -> tuple[Unit, ...]:
    """What was chosen, and behind it the best unit of each of the best passages that none was chosen of."""
    told = list(chosen)
    for passage in passages[:HEARD]:
        key = passage.chunk.id
        own = (one for one in whole.weighed if one.unit.passage.chunk.id == key and is_verbatim(one.unit))
        best = next(own, None)
        if (
            best is not None
            and best.score >= WORTH_HEARING * whole.weighed[0].score
            and not any(unit.passage.chunk.id == key or repeats(best.unit, unit) for unit in told)
        ):
            told.append(best.unit)
    return tuple(told)


def _best(one: Considered) -> tuple[Unit, ...]:
    worth = _worth(one)
    best = sorted(one.chosen, key=lambda unit: -worth[unit.order])[:OF_ONE]
    return tuple(unit for unit in one.chosen if unit in best)


def _worth(one: Considered) -> dict[tuple[int, int, int], float]:
    """The score of each unit by its place; a sentence that goes on from another is worth no less than that one."""
    score = {weighed.unit.order: weighed.score for weighed in one.weighed}
    return {(rank, span, at): max(own, score.get((rank, span, at - 1), own)) for (rank, span, at), own in score.items()}
