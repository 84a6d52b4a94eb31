"""Answers without a language model: verbatim sentences, chosen and ordered to read well."""

from collections.abc import Sequence

from ingest.terms import fold
from retrieval.asked import Asked
from retrieval.units import Unit
from retrieval.weigh import Weighed

MAX_CLAIMS = 4
MAX_LIST_ITEMS = 12
NEAR_BEST = 0.85
"""A further unit joins the answer when its score is at least this share of the best one's."""


def choose(asked: Asked, weighed: Sequence[Weighed], all_units: Sequence[Unit]) -> list[Unit]:
    """The units that make the answer, in reading order: document by document, each in its own order.

    `weighed` is best first. A question for a list or a procedure takes the whole list that the best unit stands in.
    """
    if not weighed:
        return []
    best = weighed[0]
    chosen: list[Unit] = []
    if asked.kind == "list":
        chosen = _whole_list(best.unit, all_units)
    for one in weighed:
        if len(chosen) >= MAX_CLAIMS or one.score < NEAR_BEST * best.score:
            break
        if not any(_repeats(one.unit, other) for other in chosen):
            chosen.append(one.unit)
    return _in_reading_order(chosen)


def compose(units: Sequence[Unit]) -> str:
    """The answer as text: each unit with its citation number, under the name of the document it comes from."""
    lines: list[str] = []
    before = ""
    for number, unit in enumerate(units, start=1):
        document = unit.passage.document
        if document.id != before:
            version = f"（{document.version}）" if document.version and document.version not in document.title else ""
            lines.append(f"据《{document.title}》{version}：")
            before = document.id
        lines.append(f"{unit.text} [{number}]")
    return "\n".join(lines)


def _whole_list(best: Unit, all_units: Sequence[Unit]) -> list[Unit]:
    """The run of list items around the best unit, or after it when it introduces them; else nothing."""
    siblings = [unit for unit in all_units if unit.passage.chunk.id == best.passage.chunk.id]
    at = next(index for index, unit in enumerate(siblings) if unit.order == best.order)
    introduces = best.quote.rstrip().endswith(("：", ":"))
    if best.span.kind != "list_item" and not introduces:
        return []
    first = at
    while first > 0 and siblings[first].span.kind == "list_item":
        first -= 1
    if siblings[first].span.kind != "list_item" and not siblings[first].quote.rstrip().endswith(("：", ":")):
        first += 1
    last = at + 1
    while last < len(siblings) and siblings[last].span.kind == "list_item":
        last += 1
    return siblings[first:last][:MAX_LIST_ITEMS]


def _repeats(unit: Unit, other: Unit) -> bool:
    one, two = fold(unit.text), fold(other.text)
    return one in two or two in one


def _in_reading_order(units: Sequence[Unit]) -> list[Unit]:
    first_rank: dict[str, int] = {}
    for unit in units:
        document = unit.passage.document.id
        first_rank[document] = min(first_rank.get(document, unit.order[0]), unit.order[0])

    def key(unit: Unit) -> tuple[int, int, tuple[int, int, int]]:
        return (first_rank[unit.passage.document.id], unit.passage.chunk.seq, unit.order)

    return sorted(units, key=key)
