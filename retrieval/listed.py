"""Lists and tables as answers: which run of items or rows answers as a whole."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from retrieval.units import Unit
from retrieval.weigh import Weighed

MAX_LIST_ITEMS = 12
FEWEST_STEPS = 3
JUDGED_BY = 3
"""A procedure is judged by its best items, so many of them: the mean of all would favour short ones."""

NEAR_BEST = 0.7
"""A procedure answers when those items' mean score is at least this share of the best unit's."""

_LISTED = ("list_item", "row")


def whole_list(weighed: Sequence[Weighed], all_units: Sequence[Unit]) -> list[Unit]:
    """The run of list items or rows around the best unit, or after it when it introduces them; else nothing.

    Nothing, too, when the best unit is a row whose words answer better than any other row's: then it is the answer.
    `weighed` is best first and not empty.
    """
    best = weighed[0].unit
    siblings = [unit for unit in all_units if unit.passage.chunk.id == best.passage.chunk.id]
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
    own = {one.unit.order: one.own for one in weighed}
    if kind == "row" and not introduces and all(own[unit.order] < own[best.order] for unit in run if unit is not best):
        return []
    return [*([best] if introduces else []), *run][:MAX_LIST_ITEMS]


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
