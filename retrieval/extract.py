"""Answers without a language model: verbatim sentences, chosen and ordered to read well."""

from collections.abc import Sequence

from ingest.terms import fold
from retrieval.asked import Asked, Term
from retrieval.units import Unit
from retrieval.weigh import Weighed, presence

MAX_CLAIMS = 4
MAX_LIST_ITEMS = 12
NEAR_BEST = 0.85
"""A further unit joins the answer when its score is at least this share of the best one's."""

GAP_FILLER = 0.7
"""So does one of at least this share when its own words speak of a name that no unit chosen before speaks of."""

_LISTED = ("list_item", "row")


def choose(asked: Asked, weighed: Sequence[Weighed], all_units: Sequence[Unit]) -> list[Unit]:
    """The units that make the answer, document by document: a list in its own order, other answers best first.

    `weighed` is best first. A question for a list or a procedure takes the whole list that the best unit stands in.
    """
    if not weighed:
        return []
    best = weighed[0]
    chosen = _whole_list(weighed, all_units) if asked.kind == "list" else []
    open_names = [term for term in asked.terms if term.names and not _is_said(term, chosen)]
    for one in weighed:
        if len(chosen) >= MAX_CLAIMS or one.score < GAP_FILLER * best.score:
            break
        fills = [term for term in open_names if presence(term, fold(one.unit.text)) == 1]
        if (one.score >= NEAR_BEST * best.score or fills) and not any(_repeats(one.unit, other) for other in chosen):
            chosen.append(one.unit)
            open_names = [term for term in open_names if term not in fills]
    return _in_order(chosen, as_written=asked.kind == "list")


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


def _whole_list(weighed: Sequence[Weighed], all_units: Sequence[Unit]) -> list[Unit]:
    """The run of list items or rows around the best unit, or after it when it introduces them; else nothing.

    Nothing, too, when the best unit is a row whose words answer better than any other row's: then it is the answer.
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


def _is_said(term: Term, units: Sequence[Unit]) -> bool:
    return any(presence(term, fold(unit.text)) == 1 for unit in units)


def _repeats(unit: Unit, other: Unit) -> bool:
    one, two = fold(unit.text), fold(other.text)
    return one in two or two in one


def _in_order(units: Sequence[Unit], *, as_written: bool) -> list[Unit]:
    """Document by document, that of the best unit first (`units` is best first); in each as written, or best first."""
    documents = list(dict.fromkeys(unit.passage.document.id for unit in units))

    def key(unit: Unit) -> tuple[int, int, tuple[int, int, int]]:
        within = (unit.passage.chunk.seq, unit.order) if as_written else (0, (0, 0, 0))
        return (documents.index(unit.passage.document.id), *within)

    return sorted(units, key=key)
