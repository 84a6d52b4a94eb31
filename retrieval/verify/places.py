"""Passages read as places that a claim can rest on: a sentence or a table row, its figures, and what each is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta
from ingest.sentences import sentences
from retrieval.verify.figures import Figure, figures, plain
from retrieval.verify.measures import named_measure

_BREAK = re.compile(r"[,。;、!?|()\n]|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff]{2})")
_LONGEST_ROW_NUMBER = 3
"""Digits of a first cell that only numbers its row; a longer one is a code or a year."""

_SHORT_CELL = 3
"""Characters of a first cell that only numbers its row; the next one then names it."""


@dataclass(frozen=True)
class Spot:
    """A figure at its place: `local` are the words around it up to the next break or number, with the name of its
    column; `label` names its row. `column` counts from 0.
    """

    figure: Figure
    local: str
    label: str = ""
    column: int | None = None


@dataclass(frozen=True, eq=False)
class Place:
    """A sentence or row of a passage, all texts folded.

    `quote` stands verbatim in `span`; `own` is what it says, columns named; `near` what surrounds it in its paragraph
    and introduces it; `above` title, headings, project, version; `wide` the whole passage. `header` and `cells` are a
    row's,
    `label` names it, `others` are the other rows' cells and `rivals` their names.
    """

    span: Span
    quote: str
    own: str
    near: str
    above: str
    wide: str
    spots: tuple[Spot, ...]
    around: tuple[Figure, ...]
    header: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    label: str = ""
    rivals: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def said(self) -> str:
        """Everything that a reader who stands here takes in."""
        return f"{self.own}\n{self.near}\n{self.above}"

    @cached_property
    def packed(self) -> str:
        """What it says, without white space."""
        return "".join(self.own.split())

    @cached_property
    def amounts(self) -> frozenset[Fraction | None]:
        """The numbers it has, as they stand there and in the smallest unit."""
        numbers = [spot.figure for spot in self.spots if spot.figure.kind == "number"]
        return frozenset([one.number for one in numbers] + [one.value for one in numbers])

    @cached_property
    def presences(self) -> dict[str, float]:
        """How far words stand here, as far as has been looked: claims on the same passages share most of theirs."""
        return {}

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """What it says, cut where a clause or a cell ends."""
        return tuple(piece for piece in re.split(r"[,。;!?|()\n、]", self.own) if piece.strip())


@lru_cache(maxsize=512)
def places(chunk: Chunk, document: DocumentMeta) -> tuple[Place, ...]:
    """The places of a passage in order. What has been read is kept: several claims rest on the same passages."""
    return tuple(_places(chunk, document))


def segments(folded: str, found: Sequence[Figure]) -> list[str]:
    """For each figure the words around it: to the next break, and to the next number on either side."""
    breaks = sorted({(match.start(), match.end()) for match in _BREAK.finditer(folded)})
    numbers = [one for one in found if one.kind == "number"]
    cut = []
    for one in found:
        starts = [end for _, end in breaks if end <= one.start] + [
            other.end for other in numbers if other.end <= one.start and other is not one
        ]
        ends = [start for start, _ in breaks if start >= one.end] + [
            other.start for other in numbers if other.start >= one.end and other is not one
        ]
        start, end = max(starts, default=0), min(ends, default=len(folded))
        cut.append(folded[start:end])
    return _told_apart(folded, found, cut)


def _told_apart(folded: str, found: Sequence[Figure], cut: list[str]) -> list[str]:
    """北京、厦门分别为12台和8台: each figure gets the name that it belongs to."""
    at = folded.find("分别")
    behind = [index for index, one in enumerate(found) if one.kind == "number" and one.start > at >= 0]
    if len(behind) < 2:
        return cut
    start = max((match.end() for match in re.finditer(r"[,。;]", folded[:at])), default=0)
    names = [name for name in re.split(r"[、和与及]", folded[start:at]) if name.strip()]
    if len(names) == len(behind):
        for index, name in zip(behind, names, strict=True):
            cut[index] = f"{name} {found[index].text}"
    return cut


def _places(chunk: Chunk, document: DocumentMeta) -> Iterator[Place]:
    about = (document.title, document.project, document.customer, document.version, document.date)
    above = plain(" ".join(part for part in (*about, *chunk.headings) if part))
    wide = plain(chunk.text)
    title, lead, before = "", "", ""
    for span in chunk.spans:
        introduction = plain(" ".join(part for part in (title, lead) if part))
        if span.kind == "heading":
            title, lead = span.text, ""
        elif span.kind == "caption":
            lead = span.text
        elif span.kind == "row" and len(set(span.cells)) == 1:
            lead = span.cells[0]
        if span.kind == "row" and span.cells:
            yield _row(chunk, span, introduction, above, wide)
        else:
            yield from _sentences(span, f"{introduction} {before}", above, wide)
            if span.kind == "text":
                lead = span.text if span.text.rstrip().endswith(("：", ":")) else ""
        before = plain(span.text) if span.kind == "text" else ""


def _sentences(span: Span, introduction: str, above: str, wide: str) -> Iterator[Place]:
    whole = plain(span.text)
    pieces = [span.text] if span.kind == "code" else sentences(span.text)
    for quote in pieces:
        own = plain(quote)
        found = [one for one in figures(own) if not _numbers_an_item(one, own)]
        near = f"{introduction} {whole}"
        yield Place(
            span=span,
            quote=quote,
            own=own,
            near=near,
            above=above,
            wide=wide,
            spots=tuple(Spot(one, local) for one, local in zip(found, segments(own, found), strict=True)),
            around=tuple(
                figures(introduction) + figures(above) + [one for one in figures(whole) if one.kind != "number"]
            ),
        )


def _numbers_an_item(figure: Figure, folded: str) -> bool:
    """Whether a number only counts the items of a list: `1. 数据库`, `… 2. 缓存`."""
    if figure.kind != "number" or figure.measure is not None:
        return False
    if not figure.start:
        return bool(re.match(r"[.、)](?!\d)", folded[figure.end :]))
    return folded[figure.start - 1] in " \n" and bool(re.match(r"[.、]\s", folded[figure.end :]))


def _row(chunk: Chunk, span: Span, introduction: str, above: str, wide: str) -> Place:
    cells = tuple(plain(cell) for cell in span.cells)
    header = tuple(plain(name) for name in chunk.header)[: len(cells)]
    header += ("",) * (len(cells) - len(header))
    label = _label(cells)
    rows = _rows(chunk)
    spots = []
    for column, (name, cell) in enumerate(zip(header, cells, strict=True)):
        found = figures(cell) if column or not cell.isdigit() or len(cell) > _LONGEST_ROW_NUMBER else []
        found = [one for one in found if not _numbers_an_item(one, cell)]
        measure = named_measure(name) or named_measure(cells[0])
        for one, local in zip(found, segments(cell, found), strict=True):
            counted = one.counted_in(measure) if measure and one.kind == "number" and one.measure is None else one
            spots.append(Spot(counted, f"{name} {local}", label if column else "", column))
        spots += [Spot(one, name, label, column) for one in figures(name)]
    return Place(
        span=span,
        quote=span.text,
        own=plain(chunk.readable(span)) + " | " + " | ".join(cells),
        near=introduction,
        above=above + " " + " ".join(header),
        wide=wide,
        spots=tuple(spots),
        around=tuple(figures(introduction) + figures(above) + figures(" | ".join(header))),
        header=header,
        cells=cells,
        label=label,
        rivals=tuple(name for row in rows if (name := _label(row)) != label),
        others=tuple(row for row in rows if row != cells),
    )


@lru_cache(maxsize=512)
def _rows(chunk: Chunk) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(plain, span.cells)) for span in chunk.spans if span.kind == "row" and span.cells)


def _label(cells: Sequence[str]) -> str:
    return " ".join(cells[: 2 if len(cells[0]) <= _SHORT_CELL else 1])
