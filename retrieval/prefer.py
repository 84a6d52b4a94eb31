"""Passages of what a question names before those of anything else, and none lost that speaks of it elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from ingest.index.store import Filter, Scored, VectorName
from ingest.terms import fold
from retrieval.answer import Passage
from retrieval.filters_from_words import Preference
from retrieval.names import Subject
from retrieval.search import SearchResult
from retrieval.versions import sets_versions_side_by_side

SIDE_BY_SIDE = 1.0
"""What such a table's fused score (in standard deviations) gains."""

ASIDE = 4
"""Every fourth place goes to a passage of another project that says the name: what one project's papers tell of
another is evidence, too."""


def about(where: Filter, subject: Subject) -> Filter:
    """`where`, narrowed to the documents about the subject."""
    asked_for = where.equals.get("document_id")
    documents = tuple(sorted(subject.documents if asked_for is None else subject.documents & set(asked_for)))
    return replace(where, equals={**where.equals, "document_id": documents})


def by_project(passages: Sequence[Passage]) -> list[list[Passage]]:
    """The passages project by project, that of the best passage first."""
    projects: dict[str, list[Passage]] = {}
    for passage in passages:
        projects.setdefault(passage.document.project or passage.document.customer or "", []).append(passage)
    return list(projects.values())


def in_turn(rankings: Sequence[Sequence[Passage]]) -> list[Passage]:
    """The first of each ranking, then the second of each…; each passage once."""
    turns = chain.from_iterable(zip_longest(*rankings))
    return list({passage.chunk.id: passage for passage in turns if passage}.values())


def woven(own: Sequence[Passage], others: Sequence[Passage], names: Sequence[str]) -> list[Passage]:
    """`own` in its order, and of `others` those that say one of the (folded) names in between."""
    held = {passage.chunk.id for passage in own}
    aside = (one for one in others if one.chunk.id not in held and any(name in fold(one.chunk.text) for name in names))
    found: list[Passage] = []
    for passage in own:
        if len(found) % ASIDE == ASIDE - 1 and (other := next(aside, None)):
            found.append(other)
        found.append(passage)
    return [*found, *aside]


def preferred(
    passages: Sequence[Passage], preferences: Sequence[Preference], *, is_change: bool = False
) -> list[Passage]:
    """The passages in order of their scores with what the preferences add; where a change is asked for, with what is
    added to tables that set versions side by side.
    """
    if not preferences and not is_change:
        return list(passages)

    def score(passage: Passage) -> float:
        return (
            passage.score
            + max((one.bonus for one in preferences if passage.document.id in one.documents), default=0.0)
            + SIDE_BY_SIDE * (is_change and sets_versions_side_by_side(passage.chunk.header))
        )

    return sorted(passages, key=lambda one: (-score(one), one.rank))


def ranked(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with their ranks from 1."""
    return [passage.model_copy(update={"rank": rank}) for rank, passage in enumerate(passages, start=1)]


def joined(question: str, passages: Sequence[Passage], results: Sequence[SearchResult]) -> SearchResult:
    """One result of several: these passages, each list with the best score that any has, and the times added up."""
    best: dict[VectorName, dict[str, float]] = {}
    timings: dict[str, float] = {}
    for result in results:
        for name, scored in result.lists.items():
            scores = best.setdefault(name, {})
            for one in scored:
                scores[one.id] = max(scores.get(one.id, one.score), one.score)
    # Results of one round trip share their clock.
    for laps in {id(result.timings_ms): result.timings_ms for result in results}.values():
        for step, spent in laps.items():
            timings[step] = round(timings.get(step, 0.0) + spent, 3)
    lists = {
        name: tuple(Scored(key, score) for key, score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))
        for name, scores in best.items()
    }
    shallow = frozenset[str]().union(*(result.shallow for result in results))
    return SearchResult(question, tuple(passages), lists, timings, shallow)
