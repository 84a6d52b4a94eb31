"""Groups elements into sections by their headings, and small neighbouring sections into one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.chunk import Span
from ingest.document import Element
from ingest.pack import size
from ingest.parse.headings import numbering
from ingest.pieces import Piece, pieces

Path = tuple[str, ...]

_TINY = 0.25
"""A section under this share of the target is joined to its neighbour, unless they have half the target already."""
_SHORTEST_FACT = 8


@dataclass(frozen=True)
class Section:
    """Pieces under one heading path. `titles` are the headings of the path with their places, where they are known;
    `place` is the slide or sheet it stands on, if any.
    """

    headings: Path
    titles: tuple[Span | None, ...]
    place: tuple[int | None, str | None]
    pieces: tuple[Piece, ...]

    @property
    def parent(self) -> Path:
        """The path of the heading above."""
        return self.headings[:-1]


def sections(elements: Sequence[Element], target: int) -> list[Section]:
    """The document's sections in order, small ones joined up to the `target` (in characters).

    Sections are joined only below one heading, whose path is then the section's; their own headings become text. A
    heading with neither text nor headings below it is a section of its own text; one that states a figure is text, too.
    """
    groups: list[list[Section]] = []
    for section in _with_text(_by_heading(elements, target)):
        if groups and _joins(groups[-1], section, target):
            groups[-1].append(section)
        else:
            groups.append([section])
    return [_whole(group) for group in groups]


def _by_heading(elements: Sequence[Element], target: int) -> Iterator[Section]:
    opened: dict[Path, Span] = {}
    path: Path = ()
    place: tuple[int | None, str | None] = (None, None)
    body: list[Element] = []

    def section() -> Section:
        titles = tuple(opened.get(path[: depth + 1]) for depth in range(len(path)))
        return Section(path, titles, place, tuple(pieces(body, target)))

    for element in elements:
        here = _path(element)
        there = (element.locator.slide, element.locator.sheet)
        if element.kind == "heading" or (here, there) != (path, place):
            if body or path:
                yield section()
            path, place, body = here, there, []
        if element.kind == "heading":
            opened[here] = Span(text=element.text, locator=element.locator, kind="heading")
        else:
            body.append(element)
    if body or path:
        yield section()


def _path(element: Element) -> Path:
    above = element.locator.headings
    return above if element.kind != "heading" or above[-1:] == (element.text,) else (*above, element.text)


def _with_text(found: Iterator[Section]) -> list[Section]:
    """Without the headings that only stand above others."""
    every = list(found)
    parents = [one.headings for one, after in pairwise(every) if after.headings[: len(one.headings)] == one.headings]
    return [one for one in every if one.pieces or one.headings not in parents]


def _joins(group: Sequence[Section], section: Section, target: int) -> bool:
    first, last = group[0], group[-1]
    together = sum(map(_size, group))
    tiny = together < target / 2 and min(together, _size(section)) < target * _TINY
    tables = any(piece.table for one in group for piece in one.pieces) and any(piece.table for piece in section.pieces)
    below_one = section.headings[: len(first.parent)] == first.parent
    fits = together + _size(section) <= target
    return tiny and fits and below_one and not tables and last.place == section.place


def _size(section: Section) -> int:
    return size(section.pieces) + len(section.headings[-1] if section.headings else "")


def _whole(group: Sequence[Section]) -> Section:
    """The sections as one, under what their paths have in common."""
    first = group[0]
    if len(group) == 1:
        own = first.titles[-1] if first.titles else None
        if own is None or (first.pieces and not _states_a_figure(own.text)):
            return first
        return replace(first, pieces=(Piece(own, binds=bool(first.pieces)), *first.pieces))
    common = _common([section.headings for section in group])
    found: list[Piece] = []
    before = common
    for section in group:
        for depth in range(len(common), len(section.headings)):
            title = section.titles[depth]
            if title and section.headings[: depth + 1] != before[: depth + 1]:
                found.append(Piece(title, binds=bool(section.pieces)))
        found += section.pieces
        before = section.headings
    return Section(common, first.titles[: len(common)], first.place, tuple(found))


def _common(paths: Sequence[Path]) -> Path:
    shortest = min(paths, key=len)
    same = [all(path[depth] == shortest[depth] for path in paths) for depth in range(len(shortest))]
    return shortest[: same.index(False)] if False in same else shortest


def _states_a_figure(heading: str) -> bool:
    number = numbering(heading)
    text = number.rest if number else heading
    return len(text) >= _SHORTEST_FACT and bool(re.search(r"\d", text))
