"""Finds where lines across the page, or shaded rows, say that a table without a grid stands between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import BBox
from ingest.parse.pdf.lattice import join_rules
from ingest.parse.pdf.page import Page, Rule

_SAME_END = 6.0  # points
_NARROWEST = 80.0
_LOWEST_SHADE, _HIGHEST_SHADE = 8.0, 80.0
_SAME_HEIGHT = 2.0
_GAP = 3.0  # points between the shades of one row's cells


@dataclass(frozen=True)
class Band:
    """A part of the page that may be a table: its sides, and the heights of the lines across it (ascending). The rows
    above `body`, when that is known, name the columns; `under` are shorter lines among them, each below a name that
    stands over several columns. Where `open`, the table may go on below its last line.
    """

    left: float
    right: float
    edges: tuple[float, ...]
    body: float | None = None
    open: bool = False
    under: tuple[Rule, ...] = ()


def ruled_bands(page: Page, grids: Sequence[BBox]) -> Iterator[list[Band]]:
    """The parts between lines of equal length below each other, as chains from top to bottom. Lines of the ruled tables
    in `grids` belong to those.
    """
    groups: list[list[Rule]] = []
    for rule in sorted(join_rules(page.horizontal), key=lambda one: one.at):
        if rule.end - rule.start < _NARROWEST or any(_belongs(rule, grid) for grid in grids):
            continue
        for group in groups:
            if abs(group[0].start - rule.start) < _SAME_END and abs(group[0].end - rule.end) < _SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    for group in groups:
        if len(group) > 1:
            yield [Band(group[0].start, group[0].end, (above.at, below.at)) for above, below in pairwise(group)]


def _belongs(rule: Rule, grid: BBox) -> bool:
    x0, y0, x1, y1 = grid
    return y0 - _GAP <= rule.at <= y1 + _GAP and rule.start < x1 and rule.end > x0


def joined(parts: Sequence[Band], page: Page) -> Band:
    """Parts below each other as one; the first line inside parts the header from the body."""
    left, right = parts[0].left, parts[0].right
    edges = (parts[0].edges[0], *(part.edges[-1] for part in parts))
    body = edges[1] if len(edges) > 2 else None
    under = [
        rule
        for rule in join_rules(page.horizontal)
        if edges[0] + 1 < rule.at < edges[1] - 1 and left - 2 <= rule.start and rule.end <= right + 2
    ]
    return Band(left, right, edges, body, under=tuple(under) if body is not None else ())


def shaded_bands(page: Page) -> Iterator[Band]:
    """Open parts that begin with a shaded row as wide as a table."""
    rows: list[BBox] = []
    for (x0, y0, x1, y1), colour in sorted(page.shades, key=lambda one: (round(one[0][1]), one[0][0])):
        if not colour or not _LOWEST_SHADE <= y1 - y0 <= _HIGHEST_SHADE:
            continue
        beside = rows[-1] if rows else None
        if (
            beside
            and abs(beside[1] - y0) < _SAME_HEIGHT
            and abs(beside[3] - y1) < _SAME_HEIGHT
            and x0 <= beside[2] + _GAP
        ):
            rows[-1] = (beside[0], beside[1], max(beside[2], x1), beside[3])
        else:
            rows.append((x0, y0, x1, y1))
    taken: list[BBox] = []
    for row in rows:
        if row[2] - row[0] < _NARROWEST or any(_continues(one, row) for one in taken):
            taken += [row]
            continue
        taken.append(row)
        yield Band(row[0], row[2], (row[1], page.height), row[3], open=True)


def _continues(above: BBox, row: BBox) -> bool:
    """Whether a shaded row is a further one of the table that began above: every other row is shaded."""
    same = abs(above[0] - row[0]) < _SAME_END and abs(above[2] - row[2]) < _SAME_END
    return same and row[1] - above[3] < 4 * (above[3] - above[1])
