"""Finds ruled tables on a PDF page: where ruling lines cross, a lattice; where a wall is missing, a merged cell."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.document import BBox
from ingest.parse.pdf.page import Page, Rule

_SNAP = 2.0  # lines no farther apart are one
_GAP = 4.0  # pieces of a line no farther apart are joined; ends no farther from a crossing line meet it
_COVERED = 0.6  # share of a slot's side that a line must cover to be its wall
_FRAMED, _FOOT = 0.8, 0.25  # shares of the top and the bottom edge that must be drawn
_MOST_RULES = 1500


@dataclass(frozen=True)
class LatticeCell:
    """A cell's first row and column (from 0) and how many it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Lattice:
    """A table: the positions of its column and row edges (ascending), and its cells. The lines say that its first
    `header` rows name the columns (0 where they say nothing); `loose`: its columns are parted by blanks only.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    header: int = 0
    loose: bool = False

    @property
    def bbox(self) -> BBox:
        """The outer frame."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def slot(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column that a point lies in, or None outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1
        return (row, column) if inside else None

    def box(self, cell: LatticeCell) -> BBox:
        """Where a cell lies on the page."""
        return (
            self.xs[cell.column],
            self.ys[cell.row],
            self.xs[cell.column + cell.columns],
            self.ys[cell.row + cell.rows],
        )


def find_lattices(page: Page) -> list[Lattice]:
    """The page's ruled tables with at least two cells, from top to bottom."""
    horizontal, vertical = join_rules(page.horizontal), join_rules(page.vertical)
    if len(horizontal) + len(vertical) > _MOST_RULES:
        return []
    made = (_lattice(*part) for part in _connected(horizontal, vertical))
    return sorted((one for one in made if one), key=lambda one: (one.ys[0], one.xs[0]))


def join_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of the same line as one line."""
    joined: list[Rule] = []
    for line in _lines(rules):
        at = sum(rule.at for rule in line) / len(line)
        start, end = line[0].start, line[0].end
        for rule in line[1:]:
            if rule.start > end + _GAP:
                joined.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        joined.append(Rule(at, start, end))
    return joined


def _lines(rules: Iterable[Rule]) -> Iterable[list[Rule]]:
    """Rules at the same position, each group sorted by where they start."""
    line: list[Rule] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if line and rule.at - line[0].at > _SNAP:
            yield sorted(line, key=lambda one: one.start)
            line = []
        line.append(rule)
    if line:
        yield sorted(line, key=lambda one: one.start)


def _connected(horizontal: list[Rule], vertical: list[Rule]) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that cross or touch, each with two lines of either direction at least."""
    group = list(range(len(horizontal) + len(vertical)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = at = group[group[at]]
        return at

    for i, across in enumerate(horizontal):
        for j, down in enumerate(vertical, start=len(horizontal)):
            meets = down.start - _GAP <= across.at <= down.end + _GAP and (
                across.start - _GAP <= down.at <= across.end + _GAP
            )
            if meets:
                group[root(j)] = root(i)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for at, rule in enumerate([*horizontal, *vertical]):
        parts[root(at)][at >= len(horizontal)].append(rule)
    return (part for part in parts.values() if len(part[0]) > 1 and part[1])


def _lattice(horizontal: list[Rule], vertical: list[Rule]) -> Lattice | None:
    ys = _edges(rule.at for rule in horizontal)
    # A table may be open to the left and right: then its horizontal lines end where it ends.
    ends = (min(rule.start for rule in horizontal), max(rule.end for rule in horizontal))
    xs = _edges([rule.at for rule in vertical])
    xs = ([ends[0]] if ends[0] < xs[0] - _GAP else []) + xs + ([ends[1]] if ends[1] > xs[-1] + _GAP else [])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(ys) == 2):
        return None
    # The last rows (a sum, a signature) may be narrower than the table.
    if not (_covered(horizontal, ys[0], xs[0], xs[-1], _FRAMED) and _covered(horizontal, ys[-1], xs[0], xs[-1], _FOOT)):
        return None
    cells = _cells(horizontal, vertical, xs, ys)
    return Lattice(tuple(xs), tuple(ys), tuple(cells)) if len(cells) > 1 else None


def _edges(positions: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _GAP:
            edges.append(position)
    return edges


def _covered(rules: Sequence[Rule], at: float, start: float, end: float, share: float) -> bool:
    parts = (min(rule.end, end) - max(rule.start, start) for rule in rules if abs(rule.at - at) <= _GAP)
    return sum(part for part in parts if part > 0) >= share * (end - start)


def _cells(horizontal: list[Rule], vertical: list[Rule], xs: list[float], ys: list[float]) -> list[LatticeCell]:
    """The slots between the edges, joined where no wall parts them, as long as they make up a rectangle."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(slot: tuple[int, int]) -> tuple[int, int]:
        while owner[slot] != slot:
            owner[slot] = slot = owner[owner[slot]]
        return slot

    at_x = [[rule for rule in vertical if abs(rule.at - x) <= _GAP] for x in xs]
    at_y = [[rule for rule in horizontal if abs(rule.at - y) <= _GAP] for y in ys]
    for row in range(rows):
        for column in range(columns):
            x, y = xs[column + 1], ys[row + 1]
            if column + 1 < columns and not _covered(at_x[column + 1], x, ys[row], y, _COVERED):
                owner[root((row, column + 1))] = root((row, column))
            if row + 1 < rows and not _covered(at_y[row + 1], y, xs[column], x, _COVERED):
                owner[root((row + 1, column))] = root((row, column))
    joined: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for slot in owner:
        joined[root(slot)].append(slot)
    cells: list[LatticeCell] = []
    for slots in joined.values():
        top, left = min(row for row, _ in slots), min(column for _, column in slots)
        height = max(row for row, _ in slots) - top + 1
        width = max(column for _, column in slots) - left + 1
        if height * width == len(slots):
            cells.append(LatticeCell(top, left, height, width))
        else:
            cells += [LatticeCell(row, column, 1, 1) for row, column in slots]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))
