"""Makes a grid of rows of text: which lines are one row, which columns a piece covers, and whether it is a table."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.parse.pdf.bands import Band
from ingest.parse.pdf.lattice import Lattice, LatticeCell
from ingest.parse.pdf.lines import Line, bounds
from ingest.parse.pdf.stripes import blank_stripes, columns_named, columns_of
from ingest.parse.table.figures import is_figure

_NARROWEST_STRIPE, _NARROWEST_BARE = 0.6, 1.0  # ems; the second where nothing but blanks parts the columns
_TIGHT = 1.5  # ems from line to line within a cell, at most
_LOOSER = 1.2  # by which lines of different rows stand farther apart than lines of one
_NOTHING = re.compile(r"[-–—/]|N/?A|无", re.IGNORECASE)
"""What stands in a column of figures where there is none."""
_LEADERS = re.compile(r"[.．·…]{4,}|(?:[.·]\s){4,}")
_ITEM = re.compile(r"(?:[•●○■□◆◇▪▫➢➤▶√✓·–—*-]|[(（\[]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)）、\]]|[①-⑳])")
_MOSTLY = 0.6
_LONG, _FULL = 12, 0.85  # a line of prose has so many characters and takes so much of its column
_SHORT_CELL = 20
_Row = Sequence[Line]
_Stripes = Sequence[tuple[float, float]]


def lattice_of(rows: Sequence[_Row], band: Band | None) -> Lattice | None:
    """The table that rows of text make, or None where they make none."""
    if len(rows) < 2:
        return None
    size = median(piece.size for row in rows for piece in row)
    body = [row for row in rows if band is None or band.body is None or row[0].box[1] >= band.body - 1] or list(rows)
    stripes = blank_stripes(body, size * (_NARROWEST_STRIPE if band else _NARROWEST_BARE))
    if not stripes:
        return None
    groups = _groups(rows, stripes, band)
    cells = [_texts(group, stripes) for group in groups]
    if not (_is_table(cells, body, stripes, band) if band else _is_bare_table(cells, rows, stripes)):
        return None
    return _lattice(groups, stripes, band)


def _groups(rows: Sequence[_Row], stripes: _Stripes, band: Band | None) -> list[list[_Row]]:
    """Lines of text that are one row of the table."""
    groups: list[list[_Row]] = []
    steps = [_step(above, below) for above, below in pairwise(rows)]
    widest = max(steps, default=0.0)
    for at, row in enumerate(rows):
        if at and _goes_on(groups[-1][-1], row, steps[at - 1], widest, stripes, band):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _step(above: _Row, below: _Row) -> float:
    """From line to line, in ems."""
    return (bounds([one.box for one in below])[3] - bounds([one.box for one in above])[3]) / below[0].size


def _goes_on(above: _Row, row: _Row, step: float, widest: float, stripes: _Stripes, band: Band | None) -> bool:
    """Whether a line wraps within the cells of the one above."""
    if step > _TIGHT:
        return False
    edges = band.edges if band else ()
    middle, before = ((one[0].box[1] + one[0].box[3]) / 2 for one in (row, above))
    if any(before < edge < middle for edge in edges):
        return False
    filled = {column for piece in row for column in columns_of(piece, stripes)}
    if band and band.body is not None and middle < band.body:  # a header wraps, unless it stands over several columns
        return all(len(_columns(piece, stripes, band)) == 1 for piece in above)
    if len(filled) * 2 > len(stripes) + 1:
        return False
    return 0 not in filled or widest > _LOOSER * step


def _columns(piece: Line, stripes: _Stripes, band: Band | None) -> range:
    if band and band.body is not None and piece.box[3] <= band.body + 1:
        return columns_named(piece, stripes, band.under)
    return columns_of(piece, stripes)


def _texts(group: Sequence[_Row], stripes: _Stripes) -> list[str]:
    texts = [""] * (len(stripes) + 1)
    for row in group:
        for piece in row:
            texts[columns_of(piece, stripes)[0]] += piece.text
    return texts


def _is_table(cells: Sequence[Sequence[str]], body: Sequence[_Row], stripes: _Stripes, band: Band) -> bool:
    """Whether rows that lines or shades set apart make a table: not two columns of prose between them, nor the labels
    of a drawing. The less there is to say so, the fuller it must be.
    """
    parted = sum(sum(bool(text) for text in row) > 1 for row in cells)
    filled = sum(bool(text) for row in cells for text in row)
    sure = band.body is not None and not band.open
    if parted < (2 if sure else 3) or filled < (0.4 if sure else 0.7) * len(cells) * len(cells[0]) or _is_list(cells):
        return False
    if band.open and sum(bool(text) for text in cells[0]) < 0.8 * len(cells[0]):
        return False
    if any(_LEADERS.search(text) for row in cells for text in row):
        return False
    return not all(_is_prose(body, column, stripes) for column in range(len(stripes) + 1))


def _is_list(cells: Sequence[Sequence[str]]) -> bool:
    """Whether a column holds the bullets or numbers of a list."""
    columns = ([text for text in column if text] for column in zip(*cells, strict=True))
    return any(sum(bool(_ITEM.fullmatch(text)) for text in column) * 2 > len(column) for column in columns)


def _is_bare_table(cells: Sequence[Sequence[str]], rows: Sequence[_Row], stripes: _Stripes) -> bool:
    """Whether rows make a table although nothing but blanks says so: short cells, and figures or a header."""
    columns = len(stripes) + 1
    if len(cells) < (3 if columns > 2 else 4):
        return False
    texts = [text for row in cells for text in row if text]
    if len(texts) < 0.7 * len(cells) * columns or median(len(text) for text in texts) > _SHORT_CELL:
        return False
    if any(_LEADERS.search(text) for text in texts) or any(piece.code for row in rows for piece in row):
        return False
    if any(_is_prose(rows, column, stripes) for column in range(columns)):
        return False
    if _is_list(cells):
        return False
    figures = [_figures(cells[1:], column) for column in range(1, columns)]
    if columns == 2:
        return figures[0] > _MOSTLY and not _counts_up([row[1] for row in cells])
    bold = [all(piece.bold for piece in row) for row in rows]
    return max(figures) > _MOSTLY or (bold[0] and not any(bold[1:]))


def _figures(cells: Sequence[Sequence[str]], column: int) -> float:
    texts = [row[column] for row in cells if row[column]]
    return sum(is_figure(text) or bool(_NOTHING.fullmatch(text)) for text in texts) / len(texts) if texts else 0.0


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether they are page numbers of a table of contents."""
    numbers = [int(text) for text in texts if text.isdecimal()]
    return len(numbers) > _MOSTLY * len(texts) and numbers == sorted(numbers)


def _is_prose(rows: Sequence[_Row], column: int, stripes: _Stripes) -> bool:
    """Whether the lines in a column mostly fill it with many characters."""
    pieces = [[piece for piece in row if columns_of(piece, stripes) == range(column, column + 1)] for row in rows]
    lines = [line for line in pieces if line]
    if not lines:
        return False
    left, _, right, _ = bounds([piece.box for line in lines for piece in line])
    full = [
        sum(len(piece.text) for piece in line) >= _LONG and line[-1].box[2] - line[0].box[0] >= _FULL * (right - left)
        for line in lines
    ]
    return len(lines) > 2 and sum(full) > 0.5 * len(lines)


def _lattice(groups: Sequence[Sequence[_Row]], stripes: _Stripes, band: Band | None) -> Lattice:
    boxes = [bounds([piece.box for row in group for piece in row]) for group in groups]
    left, top, right, bottom = bounds(boxes)
    if band:
        left, right = min(left, band.left), max(right, band.right)
        top, bottom = min(top, band.edges[0]), bottom if band.open else max(bottom, band.edges[-1])
    xs = (left, *((start + end) / 2 for start, end in stripes), right)
    ys = (top, *((above[3] + below[1]) / 2 for above, below in pairwise(boxes)), bottom)
    header = sum(box[3] <= band.body + 1 for box in boxes) if band and band.body is not None else 0
    header = min(header, len(groups) - 1)
    spans = [[_columns(piece, stripes, band) for row in group for piece in row] for group in groups]
    cells: list[LatticeCell] = []
    for column in range(len(stripes) + 1):
        for at in range(len(groups)):
            widths = [len(span) for span in spans[at] if span[0] == column]
            if widths or not any(column in span for span in spans[at]):
                cells.append(LatticeCell(at, column, 1, max(widths, default=1)))
    return Lattice(xs, ys, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), header, loose=True)
