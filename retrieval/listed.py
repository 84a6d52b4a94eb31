"""Lists and tables as answers: which run of items or rows answers as a whole."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.terms import fold
from retrieval.asked import Asked, Term
from retrieval.continued import goes_on
from retrieval.units import Unit
from retrieval.weigh import Weighed, presence

MAX_LIST_ITEMS = 12
MAX_ROWS = 24
"""The same of rows that were picked out of a table because each of them is asked for."""

LONGER = 4
"""Characters that a cell may have more than the word that says of what kind its row is (海光 for 海光7380)."""

FEWEST_STEPS = 3
JUDGED_BY = 3
"""A procedure is judged by its best items, so many of them: the mean of all would favour short ones."""

NEAR_BEST = 0.65
"""A procedure answers when those items' mean score is at least this share of the best unit's."""

_LISTED = ("list_item", "row")


def whole_list(asked: Asked, weighed: Sequence[Weighed], all_units: Sequence[Unit]) -> list[Unit]:
    """The run of list items or rows around the best unit, or after it when it introduces them; else nothing.

    Of rows, only those that have in the same column what the question says and the best row has there (处置: 下线).
    Nothing, too, when the best unit is a row whose words answer better than any other row's: then it is the answer.
    `weighed` is best first and not empty.
    """
    best = weighed[0].unit
    siblings = _of_one_run(best, all_units)
    at = next(index for index, unit in enumerate(siblings) if unit.order == best.order)
    introduces = best.quote.rstrip().endswith(("：", ":"))
    first = inside = at + 1 if introduces else at
    if inside == len(siblings) or siblings[inside].span.kind not in _LISTED:
        return []
    kind, last = siblings[inside].span.kind, inside
    while last < len(siblings) and siblings[last].span.kind == kind:
        last += 1
    while not introduces and first > 0 and siblings[first - 1].span.kind == kind:
        first -= 1
    run = siblings[first:last]
    if kind == "row" and not introduces:
        alike = _alike(asked, best, run)
        if alike:
            return alike[:MAX_ROWS]
        own = {one.unit.order: one.own for one in weighed}
        if all(own[unit.order] < own[best.order] for unit in run if unit is not best):
            return []
    return [*([best] if introduces else []), *run][:MAX_LIST_ITEMS]


def _of_one_run(best: Unit, all_units: Sequence[Unit]) -> list[Unit]:
    """The units of the best one's chunk and of those that its table or list goes on in, in order."""
    chunks = {
        unit.passage.chunk.seq: unit.passage.chunk
        for unit in all_units
        if unit.passage.chunk.document_id == best.passage.chunk.document_id
    }
    first = last = best.passage.chunk
    while first.seq - 1 in chunks and goes_on(chunks[first.seq - 1], first):
        first = chunks[first.seq - 1]
    while last.seq + 1 in chunks and goes_on(last, chunks[last.seq + 1]):
        last = chunks[last.seq + 1]
    ids = [chunks[seq].id for seq in range(first.seq, last.seq + 1)]
    units = [unit for unit in all_units if unit.passage.chunk.id in ids]
    return sorted(units, key=lambda unit: (unit.passage.chunk.seq, unit.order))


def _alike(asked: Asked, best: Unit, rows: Sequence[Unit]) -> list[Unit]:
    """The rows that have in one column, not the first, what the question says and the best row has there.

    Nothing, where it says none of its cells, or all rows have it, or no other.
    """
    for term in sorted(asked.terms, key=lambda term: -term.weight * len(term.text)):
        for column, cell in enumerate(best.span.cells[1:], start=1):
            if _has(term, cell):
                alike = [row for row in rows if column < len(row.span.cells) and _has(term, row.span.cells[column])]
                if 1 < len(alike) < len(rows):
                    return alike
    return []


def _has(term: Term, cell: str) -> bool:
    return len(term.text) > 1 and len(cell) <= len(term.text) + LONGER and presence(term, fold(cell)) == 1


def items_of_steps(weighed: Sequence[Weighed], all_units: Sequence[Unit]) -> list[Unit]:
    """The list that answers best as a procedure, wherever it stands among the passages found; nothing when none comes
    near to the best unit. `weighed` is best first and not empty.
    """
    score = {one.unit.order: one.score for one in weighed}

    def worth(items: Sequence[Unit]) -> float:
        return sum(sorted((score[item.order] for item in items), reverse=True)[:JUDGED_BY]) / JUDGED_BY

    best = max((run for run in _runs(all_units) if len(run) >= FEWEST_STEPS), key=worth, default=[])
    return best[:MAX_LIST_ITEMS] if best and worth(best) >= NEAR_BEST * weighed[0].score else []


def _runs(all_units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Neighbouring list items of one passage."""
    for (_, kind), run in groupby(all_units, key=lambda unit: (unit.passage.rank, unit.span.kind)):
        if kind == "list_item":
            yield list(run)
