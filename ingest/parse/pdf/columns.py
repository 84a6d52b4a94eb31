"""Brings the lines of a page into reading order: columns of running text one after the other.

A gap within a row of text is a gutter between columns only where it goes on over several rows and text flows on both
sides of it; a form or a table without ruling lines is read row by row.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.parse.pdf.lines import Line, bounds, read_rows
from ingest.parse.pdf.page import Char

_TAB = 1.2
"""A gap of this many ems cuts a row into pieces."""
_GUTTER = 12.0
_FEWEST_ROWS = 3
_NARROWEST_COLUMN = 12
"""A column of running text is at least this many characters wide."""
_Row = list[Line]
_Gap = tuple[float, float]


def read_lines(chars: Sequence[Char], *, columns: bool = True, airy: bool = False) -> list[Line]:
    """The lines of a page or a table cell in reading order; with `columns` False always from top to bottom."""
    rows = read_rows(chars, _TAB, airy=airy)
    if not rows:
        return []
    lines: list[Line] = []
    for band, parted in _bands(rows) if columns else [(rows, None)]:
        if parted is None:
            lines += [_joined(row, 0.0, 0.0) for row in band]
            continue
        for side in _sides(band, parted):
            left, _, right, _ = bounds([piece.box for row in side for piece in row])
            lines += [_joined(row, left, right) for row in side]
    return lines


def _joined(row: Sequence[Line], left: float, right: float) -> Line:
    sizes = [piece.size for piece in row]
    return Line(
        " ".join(piece.text for piece in row),
        bounds([piece.box for piece in row]),
        max(set(sizes), key=sizes.count),
        all(piece.bold for piece in row),
        row[0].font,
        left,
        right,
        row[0].first_word,
        row[0].code,
        row[0].airy,
    )


def _bands(rows: list[_Row]) -> Iterator[tuple[list[_Row], _Gap | None]]:
    """Rows grouped from top to bottom: those that a gutter parts into columns, with the gutter, and the others."""
    plain: list[_Row] = []
    start = 0
    while start < len(rows):
        end, gutter = _columns_from(rows, start)
        if gutter is None:
            plain.append(rows[start])
            start += 1
            continue
        if plain:
            yield plain, None
            plain = []
        yield rows[start:end], gutter
        start = end
    if plain:
        yield plain, None


def _columns_from(rows: list[_Row], start: int) -> tuple[int, _Gap | None]:
    """How many rows from `start` on leave a common gutter between two columns of running text, and the gutter."""
    best: tuple[int, _Gap | None] = start, None
    gaps = [(left.box[2], right.box[0]) for left, right in pairwise(rows[start])]
    if not gaps:
        return best
    for gap in gaps:
        end, gutter = start, gap
        for row in rows[start:]:
            free = _free(row, gutter)
            if free is None:
                break
            gutter, end = free, end + 1
        if end > best[0] and _flows(rows[start:end], gutter):
            best = end, gutter
    return best


def _free(row: _Row, gutter: _Gap) -> _Gap | None:
    """What of the gutter the row leaves blank, or None when too little."""
    edges = [(float("-inf"), row[0].box[0]), *((a.box[2], b.box[0]) for a, b in pairwise(row))]
    edges.append((row[-1].box[2], float("inf")))
    common = [(max(gutter[0], free[0]), min(gutter[1], free[1])) for free in edges]
    widest = max(common, key=lambda one: one[1] - one[0])
    return widest if widest[1] - widest[0] >= _GUTTER else None


def _sides(rows: Sequence[_Row], gutter: _Gap) -> list[list[_Row]]:
    """The rows left and right of the gutter; further columns are found in either again."""
    middle = (gutter[0] + gutter[1]) / 2
    left = [[piece for piece in row if piece.box[0] < middle] for row in rows]
    right = [[piece for piece in row if piece.box[0] >= middle] for row in rows]
    found: list[list[_Row]] = []
    for side in ([row for row in left if row], [row for row in right if row]):
        for band, parted in _bands(side):
            found += [band] if parted is None else _sides(band, parted)
    return found


def _flows(rows: Sequence[_Row], gutter: _Gap) -> bool:
    """Whether running text stands on both sides: several rows that mostly fill a column of some width."""
    middle = (gutter[0] + gutter[1]) / 2
    for wanted_left in (True, False):
        side = [[piece for piece in row if (piece.box[0] < middle) is wanted_left] for row in rows]
        side = [row for row in side if row]
        if len(side) < _FEWEST_ROWS:
            return False
        left, _, right, _ = bounds([piece.box for row in side for piece in row])
        filled = median(sum(piece.box[2] - piece.box[0] for piece in row) for row in side)
        size = median(piece.size for row in side for piece in row)
        if right - left < _NARROWEST_COLUMN * size or filled < 0.6 * (right - left):
            return False
    return True
