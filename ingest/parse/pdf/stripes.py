"""Finds the columns of a table that has no lines between them: the stripes that stay blank from row to row."""

from collections.abc import Sequence

from ingest.parse.pdf.lines import Line
from ingest.parse.pdf.page import Rule

_STRAY = 0.1  # share of the rows that may cross a stripe: titles over several columns
_ENOUGH = 4  # rows from which on one of them may


def blank_stripes(rows: Sequence[Sequence[Line]], narrowest: float) -> list[tuple[float, float]]:
    """The stripes at least `narrowest` points wide between columns, from left to right."""
    spans = [(piece.box[0], piece.box[2]) for row in rows for piece in row]
    if not spans:
        return []
    allowed = max(int(_STRAY * len(rows)), 1 if len(rows) >= _ENOUGH else 0)
    events = sorted([(start, 1) for start, _ in spans] + [(end, -1) for _, end in spans])
    stripes: list[tuple[float, float]] = []
    open_since: float | None = None
    count = 0
    last = max(end for _, end in spans)
    for x, step in events:
        count += step
        if count > allowed and open_since is not None:
            if x - open_since >= narrowest:
                stripes.append((open_since, x))
            open_since = None
        elif count <= allowed and open_since is None and x < last:
            open_since = x
    # Before the first text and after the last there is no column.
    first = min(start for start, _ in spans)
    return [(start, end) for start, end in stripes if start > first and _both_sides(rows, start, end)]


def _both_sides(rows: Sequence[Sequence[Line]], start: float, end: float) -> bool:
    left = any(piece.box[2] <= start + 1 for row in rows for piece in row)
    return left and any(piece.box[0] >= end - 1 for row in rows for piece in row)


def columns_of(piece: Line, stripes: Sequence[tuple[float, float]]) -> range:
    """The columns (from 0) that a piece of text lies in: several where it crosses stripes."""
    middles = [(start + end) / 2 for start, end in stripes]
    centre = (piece.box[0] + piece.box[2]) / 2
    own = sum(middle < centre for middle in middles)
    crossed = [at for at, (start, end) in enumerate(stripes) if piece.box[0] < start and piece.box[2] > end]
    return range(crossed[0], crossed[-1] + 2) if crossed else range(own, own + 1)


def columns_named(piece: Line, stripes: Sequence[tuple[float, float]], under: Sequence[Rule]) -> range:
    """The columns that a piece of the header names: those above a line right below it, or both beside the stripe that
    it stands in.
    """
    centre = (piece.box[0] + piece.box[2]) / 2
    for rule in under:
        if rule.start <= centre <= rule.end and -1 <= rule.at - piece.box[3] + piece.size / 2 < piece.size:
            middles = [(start + end) / 2 for start, end in stripes]
            first = sum(middle <= rule.start + piece.size / 2 for middle in middles)
            last = sum(middle < rule.end - piece.size / 2 for middle in middles)
            return range(first, max(last, first) + 1)
    for at, (start, end) in enumerate(stripes):
        if start - 1 <= piece.box[0] and piece.box[2] <= end + 1:
            return range(at, at + 2)
    return columns_of(piece, stripes)
