"""Turns elements into pieces: what a chunk is packed from, and what must not be torn from what."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.chunk import Span
from ingest.document import Element, Locator
from ingest.sentences import sentence_spans

CEILING = 1.5
"""A chunk may grow to this many times the target to keep together what belongs together."""

_LONGEST_CONTEXT = 80
_HOPELESS = 4
"""What has more than this many targets without a stop is no sentence but a dump: it is cut where it can be."""
_WEAK_STOP = re.compile(r"[，、,：:|\s]")
_INTRODUCES = re.compile(r"[：:]\s*$")


@dataclass(frozen=True)
class Piece:
    """A span, and how it hangs together with its neighbours.

    `table` numbers the table a row is of (0: no row) and `header` is that table's; `level` is a list item's depth;
    `binds`: it introduces what follows and must not end a chunk; `follows`: it belongs to what stands before it;
    `context` is repeated in front of it where a chunk begins with it: the line that introduces a list or table, and the
    list items above it.
    """

    span: Span
    header: tuple[str, ...] = ()
    table: int = 0
    level: int = 0
    binds: bool = False
    follows: bool = False
    context: tuple[Span, ...] = ()

    @property
    def size(self) -> int:
        """Characters as they will be read: a row with each of its cells named."""
        if self.span.kind != "row":
            return len(self.span.text)
        names = self.header or ("",) * len(self.span.cells)
        return sum(len(name) + len(cell) + 2 for name, cell in zip(names, self.span.cells, strict=False) if cell)


def pieces(elements: Sequence[Element], target: int) -> list[Piece]:
    """The pieces of a section's elements (its headings not among them), in order. Nothing of a text is left out."""
    found: list[Piece] = []
    for number, element in enumerate(elements, start=1):
        of_element = list(_pieces(elements, number, target))
        if element.confidence is not None and not element.table:
            sure = {"confidence": element.confidence}
            of_element = [replace(piece, span=piece.span.model_copy(update=sure)) for piece in of_element]
        found += of_element
    return _with_context(found)


def _pieces(elements: Sequence[Element], number: int, target: int) -> Iterator[Piece]:
    """Those of the element of this number, counted from 1."""
    element = elements[number - 1]
    if element.table:
        yield from _rows(element, number)
    elif element.kind == "code":
        yield from (Piece(Span(text=text, locator=at, kind="code")) for text, at in _code(element, target))
    elif element.text.strip():
        yield from _texts(element, target, above_table=_is_table(elements, number))


def _is_table(elements: Sequence[Element], at: int) -> bool:
    return at < len(elements) and elements[at].table is not None


def _rows(element: Element, number: int) -> Iterator[Piece]:
    assert element.table
    for row in element.table.rows:
        sure = element.confidence if row.confidence is None else row.confidence
        span = Span(text=" | ".join(row.cells), locator=row.locator, kind="row", cells=row.cells, confidence=sure)
        yield Piece(span, header=element.table.header, table=number)


def _texts(element: Element, target: int, *, above_table: bool) -> Iterator[Piece]:
    kind = element.kind if element.kind in ("list_item", "caption", "note") else "text"
    parts = _sentence_groups(element.text.strip(), target)
    for at, text in enumerate(parts):
        last = at == len(parts) - 1
        binds = last and (bool(_INTRODUCES.search(text)) or (element.kind == "caption" and above_table))
        span = Span(text=text, locator=element.locator, kind=kind)
        level = element.level if kind == "list_item" else 0
        yield Piece(span, level=level, binds=binds, follows=kind == "note")


def _sentence_groups(text: str, target: int) -> list[str]:
    """The text whole where it fits, else whole sentences in groups of about equal length, none over the target."""
    if len(text) <= target * CEILING:
        return [text]
    parts = [part for start, end in sentence_spans(text) for part in _cut(text[start:end], target)]
    goal = len(text) / math.ceil(len(text) / target)
    groups: list[str] = []
    for part in parts:
        grown = len(groups[-1]) + len(part) if groups else 0
        if groups and grown <= target and grown - len(part) / 2 <= goal:
            groups[-1] += part
        else:
            groups.append(part)
    return [group.strip() for group in groups if group.strip()]


def _cut(sentence: str, target: int) -> list[str]:
    parts: list[str] = []
    while len(sentence) > target * _HOPELESS:
        stops = [match.end() for match in _WEAK_STOP.finditer(sentence, target // 2, target)]
        at = stops[-1] if stops else target
        parts.append(sentence[:at])
        sentence = sentence[at:]
    return [*parts, sentence]


def _code(element: Element, target: int) -> Iterator[tuple[str, Locator]]:
    """Whole lines up to the target, each group with its own lines where the element's lines are those of its text."""
    lines = element.text.split("\n")
    place = element.locator
    first, last = place.line_start, place.line_end
    counted = first is not None and last is not None and last - first + 1 == len(lines)
    start, size = 0, 0
    for at, line in enumerate([*lines, None]):
        if line is None or (size and size + len(line) > target):
            text = "\n".join(lines[start:at])
            here = {"line_start": (first or 0) + start, "line_end": (first or 0) + at - 1} if counted else {}
            if text.strip():
                yield text, place.model_copy(update=here)
            start, size = at, 0
        size += len(line or "") + 1


def _with_context(found: Sequence[Piece]) -> list[Piece]:
    lead: Span | None = None
    led = ""  # the kind of block that the lead introduces; it introduces no other
    above: list[Piece] = []
    result: list[Piece] = []
    for piece in found:
        above = [one for one in above if piece.level and one.level < piece.level]
        kind = _block_kind(piece)
        if not kind:
            lead, led = (piece.span, "") if piece.binds else (None, "")
        elif not piece.follows:
            led = led or kind
            lead = lead if kind == led else None
        chain = [*([lead] if lead and kind else []), *(one.span for one in above)]
        context = tuple(span for span in chain if len(span.text) <= _LONGEST_CONTEXT)
        result.append(replace(piece, context=context))
        if piece.level:
            above.append(piece)
    return result


def _block_kind(piece: Piece) -> str:
    """What can go on over chunks: a list, a certain table, a program, a note; empty for plain text."""
    if piece.level:
        return "list"
    return f"table {piece.table}" if piece.table else piece.span.kind if piece.span.kind in ("code", "note") else ""
