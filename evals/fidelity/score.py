"""Looks for each fact among a file's elements, and opens the original where its locator says."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evals.fidelity.fact import Fact
from evals.gold import is_covered
from ingest.document import BBox, Element, ElementKind, Locator, ParsedDocument, Value

_WHITE = re.compile(r"\s+")
_SIGNS = re.compile(r"[*`]+")

Opener = Callable[[Locator], str]
"""What the original says at a place. Raises `LookupError` where the place does not exist."""


class Outcome(Value):
    """How one fact fared. `found`: its words stand among the elements. `right`: as they should, where they should, and
    the original says so; for a fact to keep out: it is out. `why` says what is wrong.
    """

    topic: str
    text: str
    kept: bool
    found: bool
    right: bool
    why: str = ""


@dataclass(frozen=True)
class _Hit:
    locator: Locator
    shown: str
    kind: ElementKind
    level: int = 0
    header: str = ""
    row: tuple[str, ...] = ()


def judge(facts: Sequence[Fact], document: ParsedDocument, opener: Opener) -> list[Outcome]:
    """The outcome of each fact in the document that the parser made of the file."""
    hits = list(_hits(document.elements))
    return [_judge(fact, hits, document, opener) for fact in facts]


def squeeze(text: str) -> str:
    """Without white space: where lines break is the layout's affair."""
    return _WHITE.sub("", text)


def _hits(elements: Sequence[Element]) -> Iterator[_Hit]:
    for element in elements:
        if element.table is None:
            yield _Hit(element.locator, squeeze(element.text), element.kind, element.level)
            continue
        names = element.table.header
        for row in element.table.rows:
            cells = tuple(squeeze(cell) for cell in row.cells)
            for at, cell in enumerate(cells):
                yield _Hit(row.locator, cell, "table", 0, squeeze(names[at]) if at < len(names) else "", cells)
        for name in names:
            yield _Hit(element.locator, squeeze(name), "table")


def _judge(fact: Fact, hits: Sequence[_Hit], document: ParsedDocument, opener: Opener) -> Outcome:
    if fact.field:
        said = getattr(document.properties, fact.field)
        why = "" if said == fact.text else f"its {fact.field} is {said!r}"
        return Outcome(topic=fact.topic, text=fact.text, kept=True, found=not why, right=not why, why=why)
    return _judge_kept(fact, hits, opener) if fact.kept else _judge_out(fact, hits, document)


def _judge_kept(fact: Fact, hits: Sequence[_Hit], opener: Opener) -> Outcome:
    where = [hit for hit in hits if squeeze(fact.text) in hit.shown or squeeze(fact.shown or fact.text) in hit.shown]
    reasons = [_wrong(fact, hit, opener) for hit in where]
    # A note may name again what it is about (a link's words before its address); other kinds may not.
    said = {(hit.locator, hit.shown) for hit in where if not hit.row and hit.kind != "note"}
    twice = fact.unique and not fact.key and len(said) > 1
    why = "" if "" in reasons else (reasons[0] if reasons else "not among the elements")
    if not why and twice:
        why = f"stands {len(where)} times among the elements"
    return Outcome(topic=fact.topic, text=fact.text, kept=True, found=bool(where), right=not why, why=why)


def _judge_out(fact: Fact, hits: Sequence[_Hit], document: ParsedDocument) -> Outcome:
    inside = any(squeeze(fact.text) in hit.shown for hit in hits)
    why = "among the elements, to be kept out" if inside else ""
    if not inside and fact.reason:
        said = {one.reason for one in document.left_out if squeeze(fact.text) in squeeze(one.text)}
        if fact.reason not in said:
            why = f"not in left_out as {fact.reason} (said there: {', '.join(sorted(said)) or 'nothing'})"
    return Outcome(topic=fact.topic, text=fact.text, kept=False, found=inside, right=not why, why=why)


def _wrong(fact: Fact, hit: _Hit, opener: Opener) -> str:
    """What is wrong with a hit; empty when nothing is. The fields of the place come before what opens there."""
    if squeeze(fact.shown or fact.text) not in hit.shown:
        return f"shown as {hit.shown[:60]!r}, not as {fact.shown!r}"
    if fact.kind and hit.kind != fact.kind:
        return f"a {hit.kind}, not a {fact.kind}"
    if fact.level is not None and hit.level != fact.level:
        return f"level {hit.level}, not {fact.level}"
    if fact.column and squeeze(fact.column) not in hit.header:
        return f"in column {hit.header!r}, not {fact.column!r}"
    if fact.key and not any(squeeze(fact.key) in cell for cell in hit.row):
        return f"its row does not name {fact.key!r}"
    for name, wanted in fact.place.items():
        got = getattr(hit.locator, name)
        if not _same(name, wanted, got):
            return f"{name} {got!r}, not {wanted!r}"
    if fact.box is not None:
        return (
            "" if hit.locator.bbox and _meet(fact.box, hit.locator.bbox) else f"box {hit.locator.bbox}, not {fact.box}"
        )
    try:
        said = opener(hit.locator)
    except LookupError as error:
        return f"nothing opens at {hit.locator.label}: {error}"
    wanted = fact.raw or fact.text
    if not fact.unique and squeeze(fact.text) in squeeze(said):
        return ""
    # A quote was written by a person from what is shown: markup, and lines of the next cell, may come between. What
    # comes between breaks runs, not their sum.
    if squeeze(wanted) in squeeze(said) or (not fact.unique and is_covered(wanted, [_bare(said)])):
        return ""
    return f"{hit.locator.label} opens {squeeze(said)[:60]!r}"


def _bare(said: str) -> str:
    """Without the signs of Markdown."""
    return _SIGNS.sub("", said)


def _same(name: str, wanted: object, got: object) -> bool:
    if name == "headings" and isinstance(wanted, tuple) and isinstance(got, tuple):
        # A title above the first heading may open the path.
        tail = tuple(map(squeeze, got[len(got) - len(wanted) :]))
        return tail == tuple(map(squeeze, wanted))
    return wanted == got


def _meet(planted: BBox, found: BBox) -> bool:
    """Whether the found box covers most of the planted one, and is no net cast over the whole page."""
    wide = min(planted[2], found[2]) - max(planted[0], found[0])
    high = min(planted[3], found[3]) - max(planted[1], found[1])
    if wide <= 0 or high <= 0:
        return False
    area, net = ((box[2] - box[0]) * (box[3] - box[1]) for box in (planted, found))
    return wide * high >= 0.6 * area and net <= 6 * area
