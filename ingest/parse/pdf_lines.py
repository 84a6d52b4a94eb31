"""Sets characters into lines, and lines into reading order: columns of running text one after the other.

A row of text pieces far apart is a line of columns only where the gap goes on over several rows and text flows on
both sides of it; a form or a table without ruling lines is read row by row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.document import BBox
from ingest.parse.lines import superscript
from ingest.parse.pdf_page import Char

_TAB = 1.2
"""A gap of this many ems cuts a row into pieces."""
_AUTOMATIC_SPACE = 0.215
"""Word processors part Chinese from Latin by up to a fifth of an em where nobody typed a blank."""
_BLANK = 0.25
_WIDE_BLANK = 0.8
_RAISED_SIZE = 0.75
_GUTTER = 12.0
_FEWEST_ROWS = 3
_NARROWEST_COLUMN = 12
"""A column of running text is at least this many characters wide."""
_FIXED_WIDTH = re.compile(r"mono|courier|consol|menlo|code", re.IGNORECASE)
_OPENS = re.compile(r"[（《【「『“‘(\[{]")
_CLINGS = re.compile(r"[，。；：、！？）】》」』”’％%,.;:!?)\]}]")
_WIDE_MARK = re.compile(r"[　-〿︐-﹏！-／：-＠［-｠]")
_HAN = re.compile(r"[⺀-鿿豈-﫿︰-﹏＀-￯]")


@dataclass(frozen=True)
class Line:
    """Characters side by side. `size` in points is that of most characters, `font` that of most Chinese ones (if there
    are any); `bold`: all of them are.

    `left` and `right` are the edges of the column it stands in; both 0 where the page has one column only.
    `first_word` is the width of what could not be parted from its start. `code`: most of it is in a font of fixed
    width. `airy`: around it, blanks are typed between Chinese and Latin. `alone`: its column is a text box, and what
    stands in the next one does not go on with it.
    """

    text: str
    box: BBox
    size: float
    bold: bool
    font: str
    left: float = 0.0
    right: float = 0.0
    first_word: float = 0.0
    code: bool = False
    airy: bool = False
    alone: bool = False


def bounds(boxes: Sequence[BBox]) -> BBox:
    """The smallest box around all `boxes` (at least one)."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def is_airy(chars: Sequence[Char]) -> bool:
    """Whether most places where Chinese meets letters or digits have a blank between them."""
    met = [
        _is_blank(before, char)
        for before, char in pairwise(chars)
        if bool(_HAN.match(before.text)) != bool(_HAN.match(char.text))
        and before.text.isalnum()
        and char.text.isalnum()
        and abs(before.box[1] - char.box[1]) < before.size / 2
        and char.box[0] - before.box[2] < before.size
    ]
    return sum(met) * 2 > len(met)


def join_lines(lines: Sequence[Line]) -> str:
    """Wrapped lines as one text: blanks between them only where the author would have typed one."""
    text = ""
    for line in lines:
        text += (" " if text and _is_gap(text[-1], line) else "") + line.text
    return text


def _is_gap(last: str, line: Line) -> bool:
    first = line.text[0]
    if last in "-—–/" or not (last.isascii() or first.isascii()):
        return False
    if last.isascii() and first.isascii():
        return True
    return line.airy and last.isalnum() and first.isalnum()


def read_lines(chars: Sequence[Char], *, columns: bool = True, airy: bool = False) -> list[Line]:
    """The lines of a page or a table cell in reading order; with `columns` False always from top to bottom."""
    rows = [_pieces(row, airy) for row in _rows(chars)]
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


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters that share a line, each row from left to right, the rows from top to bottom."""
    rows: list[list[Char]] = []
    top, bottom = 0.0, 0.0
    for char in sorted(chars, key=lambda one: (one.box[1] + one.box[3], one.box[0])):
        _, y0, _, y1 = char.box
        overlap = min(bottom, y1) - max(top, y0)
        if rows and overlap >= 0.5 * min(bottom - top, y1 - y0):
            rows[-1].append(char)
            if y1 - y0 > bottom - top:  # the tallest character of the row is its measure
                top, bottom = y0, y1
        else:
            rows.append([char])
            top, bottom = y0, y1
    return [sorted(row, key=lambda one: one.box[0]) for row in rows]


def _pieces(row: Sequence[Char], airy: bool, gap: float = _TAB) -> list[Line]:
    pieces: list[list[Char]] = [[row[0]]]
    for before, char in pairwise(row):
        if char.box[0] - before.box[2] > gap * max(char.size, before.size):
            pieces.append([])
        pieces[-1].append(char)
    return [_piece(chars, airy) for chars in pieces]


def _piece(chars: Sequence[Char], airy: bool) -> Line:
    sizes = sorted(char.size for char in chars)
    shown = _with_raised(chars, sizes[len(sizes) // 2])
    text = shown[0]
    for (before, char), glyph in zip(pairwise(chars), shown[1:], strict=True):
        text += (" " if _is_blank(before, char) else "") + glyph
    fonts = [char.font for char in chars if _HAN.match(char.text)] or [char.font for char in chars]
    return Line(
        text,
        bounds([char.box for char in chars]),
        sizes[len(sizes) // 2],
        all(char.bold for char in chars),
        max(set(fonts), key=fonts.count),
        first_word=_first_word(chars),
        code=sum(bool(_FIXED_WIDTH.search(char.font)) for char in chars) * 2 > len(chars),
        airy=airy,
    )


def _with_raised(chars: Sequence[Char], size: float) -> list[str]:
    """The characters' texts, small raised ones as superscripts: `2³²` is not 232."""
    middle = median((char.box[1] + char.box[3]) / 2 for char in chars)
    return [
        superscript(char.text)
        if char.size <= _RAISED_SIZE * size and (char.box[1] + char.box[3]) / 2 < middle - 0.1 * size
        else char.text
        for char in chars
    ]


def _first_word(chars: Sequence[Char]) -> float:
    """The width of a Latin word or of one Han character, with the marks that may not begin a line."""
    end = 1
    while end < len(chars) and (
        _CLINGS.match(chars[end].text)
        or _OPENS.match(chars[end - 1].text)
        or not (_HAN.match(chars[end].text) or _HAN.match(chars[end - 1].text) or chars[end].spaced)
    ):
        end += 1
    return chars[end - 1].box[2] - chars[0].box[0]


def _is_blank(before: Char, char: Char) -> bool:
    gap = (char.box[0] - before.box[2]) / max(char.size, 1.0)
    if char.spaced == "real":
        return gap > -0.5
    if _WIDE_MARK.match(before.text) or _WIDE_MARK.match(char.text):  # they bring their own white space
        return gap > _WIDE_BLANK
    if _WIDE_MARK.match(before.text) or _WIDE_MARK.match(char.text):  # they bring their own white space
        return gap > _WIDE_BLANK
    if bool(_HAN.match(before.text)) != bool(_HAN.match(char.text)):
        return gap > _AUTOMATIC_SPACE
    return gap > (_BLANK if not char.spaced else 0.1)


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


def read_pieces(chars: Sequence[Char], gap: float, *, airy: bool = False) -> list[Line]:
    """The pieces of text between gaps of so many ems, in no particular order."""
    return [piece for row in _rows(chars) for piece in _pieces(row, airy, gap)]


_Row = list[Line]
_Gap = tuple[float, float]


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
