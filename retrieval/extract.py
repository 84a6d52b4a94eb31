"""Answers without a language model: verbatim sentences, chosen and ordered to read well."""

from collections import Counter
from collections.abc import Sequence

from ingest.terms import fold
from retrieval.asked import Asked, Term
from retrieval.expected import Expected
from retrieval.listed import items_of_steps, whole_list
from retrieval.units import Unit
from retrieval.weigh import Weighed, presence

MAX_CLAIMS = 6
MORE = 2
"""Claims that may join a list that is longer than the others may be."""

OF_ONE_PASSAGE = 3
"""Units told of one passage where no list is asked for: rows of a table that only its title speaks for are all alike,
and would fill the answer.
"""

NEAR_BEST = 0.75
"""A further unit joins the answer when its score is at least this share of the best one's. On the dev questions, always
answered, at .85, .75 and .65 with five claims at most: 3.6, 4.4 and 4.8 claims, .64, .73 and .74 of the answers right.
Six claims at most right more answers than five do, on questions nobody tuned on, too (docs/benchmarks.md).
"""

GAP_FILLER = 0.7
"""So does one of at least this share when its own words speak of a name that no unit chosen before speaks of."""


def choose(asked: Asked, expected: Expected, weighed: Sequence[Weighed], all_units: Sequence[Unit]) -> list[Unit]:
    """The units that make the answer, document by document: a list in its own order, other answers best first.

    `weighed` is best first. A question for a list or a procedure takes the whole list that the best unit stands in; the
    sentence that a best sentence goes on with comes along.
    """
    if not weighed:
        return []
    best = weighed[0]
    lists = expected.in_full or (asked.kind == "list" and not expected.is_why)
    chosen = whole_list(asked, weighed, all_units) if lists else []
    if lists and expected.are_steps:
        chosen = chosen or items_of_steps(weighed, all_units)
    taken = {(unit.passage.chunk.id, unit.span.kind) for unit in chosen}
    most = max(MAX_CLAIMS, len(chosen) + MORE)
    open_names = [term for term in asked.terms if term.names and not _is_said(term, chosen)]
    near = GAP_FILLER if expected.is_change else NEAR_BEST
    told = Counter[str]()
    for one in _each_document_first(weighed) if expected.is_change else weighed:
        if len(chosen) >= most or one.score < GAP_FILLER * best.score:
            break
        if (one.unit.passage.chunk.id, one.unit.span.kind) in taken:
            # The rest of a list that was cut.
            continue
        fills = [term for term in open_names if presence(term, fold(one.unit.text)) == 1]
        if not lists and not fills and told[one.unit.passage.chunk.id] >= OF_ONE_PASSAGE:
            continue
        if (one.score >= near * best.score or fills) and not any(repeats(one.unit, other) for other in chosen):
            chosen.append(one.unit)
            told[one.unit.passage.chunk.id] += 1
            if one is best:
                chosen += _going_on(one.unit, all_units)
            open_names = [term for term in open_names if term not in fills]
    return _in_order(chosen, as_written=lists)


def compose(units: Sequence[Unit], *, name_projects: bool = False) -> str:
    """The answer as text: each unit with its citation number, under the name of the document it comes from and, with
    `name_projects`, of that one's project.
    """
    lines: list[str] = []
    before = ""
    for number, unit in enumerate(units, start=1):
        document = unit.passage.document
        if document.id != before:
            version = f"（{document.version}）" if document.version and document.version not in document.title else ""
            project = f"{document.project}，" if name_projects and document.project else ""
            lines.append(f"{project}据《{document.title}》{version}：")
            before = document.id
        lines.append(f"{unit.text} [{number}]")
    return "\n".join(lines)


def _each_document_first(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The best unit of each document, as long as it comes near to the best of all, and then the others."""
    best: dict[str, Weighed] = {}
    for one in weighed:
        if one.score >= GAP_FILLER * weighed[0].score:
            best.setdefault(one.unit.passage.document.id, one)
    first = list(best.values())
    return [*first, *(one for one in weighed if one not in first)]


def _going_on(unit: Unit, all_units: Sequence[Unit]) -> list[Unit]:
    """The next sentence of the same paragraph: the reason, the exception or the second half of what was said."""
    rank, span, sentence = unit.order
    return [other for other in all_units if other.order == (rank, span, sentence + 1)]


def _is_said(term: Term, units: Sequence[Unit]) -> bool:
    return any(presence(term, fold(unit.text)) == 1 for unit in units)


def repeats(unit: Unit, other: Unit) -> bool:
    """Whether one of two units says all that the other does."""
    one, two = fold(unit.text), fold(other.text)
    return one in two or two in one


def _in_order(units: Sequence[Unit], *, as_written: bool) -> list[Unit]:
    """Document by document, that of the best unit first (`units` is best first); in each as written, or best first."""
    documents = list(dict.fromkeys(unit.passage.document.id for unit in units))

    def key(unit: Unit) -> tuple[int, int, tuple[int, int, int]]:
        within = (unit.passage.chunk.seq, unit.order) if as_written else (0, (0, 0, 0))
        return (documents.index(unit.passage.document.id), *within)

    return sorted(units, key=key)
