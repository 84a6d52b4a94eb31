"""Finds tables that have no grid of lines: three-line tables (三线表), tables of shaded rows, columns set by blanks.

Where lines or shades say that there is a table, two columns are enough; without them the finding is strict, since
columns of prose and the parts of a drawing have blank stripes between them too.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.document import BBox
from ingest.parse.pdf.bands import Band, joined, ruled_bands, shaded_bands
from ingest.parse.pdf.lattice import Lattice
from ingest.parse.pdf.lines import Line, bounds, read_rows
from ingest.parse.pdf.loose_rows import lattice_of
from ingest.parse.pdf.page import Char, Page

_WORD = 0.45  # ems that part two pieces inside a table
_TAB = 1.2  # ems that make a reader see two columns
_FAR = 3.0  # ems between the rows of one table
_LOW = 2.2  # ems: so high is a part with nothing but a title in it
_CAPTION = re.compile(r"(?:附?[图表]|Figure|Fig\.|Table)\s*[A-Z\d]", re.IGNORECASE)
_MOST_ROWS = 400


def find_loose(page: Page, chars: Sequence[Char], grids: Sequence[BBox], *, airy: bool) -> list[Lattice]:
    """Tables among `chars`, the page's characters outside the ruled tables in `grids`; from top to bottom, none
    overlapping.
    """
    found: list[Lattice] = []
    left = sorted(chars, key=_middle)
    for band in [*_ruled(page, left, grids), *shaded_bands(page)]:
        rows = read_rows(_within(left, band), _WORD, airy=airy)
        if _keep(found, lattice_of(_down_from(rows) if band.open else rows, band)):
            left = [one for one in left if not _holds(found[-1], one)]
    for run in _runs(read_rows(left, _WORD, airy=airy)):
        _keep(found, lattice_of(run, None))
    return sorted(found, key=lambda one: one.ys[0])


def _keep(found: list[Lattice], table: Lattice | None) -> bool:
    if table is None or any(_overlap(table, one) for one in found):
        return False
    found.append(table)
    return True


def _ruled(page: Page, chars: Sequence[Char], grids: Sequence[BBox]) -> Iterator[Band]:
    """Parts between lines that hold rows of several pieces, joined to tables."""
    for chain in ruled_bands(page, grids):
        run: list[Band] = []
        for band in chain:
            kind = _kind(band, chars)
            if kind == "rows" or (kind == "title" and run):
                run.append(band)
                continue
            if run:
                yield joined(run, page)
            run = []
        if run:
            yield joined(run, page)


def _kind(band: Band, chars: Sequence[Char]) -> str:
    """What stands between two lines: `rows` of several pieces, one short `title`, or something else."""
    rows = read_rows(_within(chars, band), _TAB)
    several = sum(len(row) > 1 for row in rows)
    if rows and several * 2 >= len(rows):
        return "rows"
    low = len(rows) == 1 and band.edges[-1] - band.edges[0] < _LOW * rows[0][0].size
    return "title" if low and not _CAPTION.match(rows[0][0].text) else ""


def _middle(char: Char) -> float:
    return (char.box[1] + char.box[3]) / 2


def _within(chars: Sequence[Char], band: Band) -> list[Char]:
    """Those of `chars` (from top to bottom) whose middle lies in the band."""
    first = bisect_left(chars, band.edges[0], key=_middle)
    last = bisect_right(chars, band.edges[-1], key=_middle)
    return [one for one in chars[first:last] if band.left - 2 <= (one.box[0] + one.box[2]) / 2 <= band.right + 2]


def _holds(table: Lattice, char: Char) -> bool:
    return table.slot((char.box[0] + char.box[2]) / 2, (char.box[1] + char.box[3]) / 2) is not None


def _overlap(one: Lattice, other: Lattice) -> bool:
    a, b = one.bbox, other.bbox
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


def _down_from(rows: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """The rows from the first on as far as they look like those of one table."""
    kept: list[Sequence[Line]] = []
    for at, row in enumerate(rows):
        following = rows[at + 1] if at + 1 < len(rows) else None
        if kept and not (_near(kept[-1], row) and (_is_parted(row) or (following and _is_parted(following)))):
            break
        kept.append(row)
    while kept and not _is_parted(kept[-1]):
        kept.pop()
    return kept


def _runs(rows: Sequence[Sequence[Line]]) -> Iterator[list[Sequence[Line]]]:
    """Rows below each other that all have a gap as wide as a tab."""
    run: list[Sequence[Line]] = []
    for row in rows:
        if run and not (_is_parted(row) and _near(run[-1], row)):
            yield run
            run = []
        if _is_parted(row) and len(run) < _MOST_ROWS:
            run.append(row)
    if run:
        yield run


def _is_parted(row: Sequence[Line]) -> bool:
    return any(right.box[0] - left.box[2] > _TAB * left.size for left, right in pairwise(row))


def _near(above: Sequence[Line], below: Sequence[Line]) -> bool:
    one, other = bounds([piece.box for piece in above]), bounds([piece.box for piece in below])
    return other[1] - one[3] < _FAR * below[0].size
