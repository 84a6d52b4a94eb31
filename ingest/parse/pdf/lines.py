"""Sets the characters of a page into rows of text, with blanks where the author typed them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from statistics import median

from ingest.document import BBox
from ingest.parse.pdf.page import Char
from ingest.parse.plain.lines import superscript

_AUTOMATIC_SPACE = 0.215
"""Word processors part Chinese from Latin by up to a fifth of an em where nobody typed a blank."""
_BLANK = 0.25
_WIDE_BLANK = 0.8
_RAISED_SIZE = 0.75
_SAME_PLACE = 0.7  # share of a character's width that its second copy covers
_FEWEST_SPACED, _EVEN, _LETTERS_APART = 3, 0.15, 0.6  # characters; ems
_SOFT_HYPHEN = "\xad"
_FIXED_WIDTH = re.compile(r"mono(?!type)|courier|consolas|menlo|monaco|(?<!uni)code(?!c)", re.IGNORECASE)
_OPENS = re.compile(r"[（《【「『“‘(\[{]")
_CLINGS = re.compile(r"[，。；：、！？）】》」』”’％%,.;:!?)\]}]")
_WIDE_MARK = re.compile(r"[　-〿︐-﹏！-／：-＠［-｠]")
_HAN = re.compile(r"[⺀-鿿豈-﫿︰-﹏＀-￯]")
_BROKEN_WORD = re.compile(r"[a-z]-$")


@cache
def _is_han(char: str) -> bool:
    return _HAN.match(char) is not None


@cache
def _is_wide_mark(char: str) -> bool:
    return _WIDE_MARK.match(char) is not None


@lru_cache(maxsize=1024)
def _is_fixed_width(font: str) -> bool:
    return _FIXED_WIDTH.search(font) is not None


@dataclass(frozen=True)
class Line:
    """Characters side by side. `size` in points is that of most characters, `font` that of most Chinese ones (if there
    are any); `bold`: all of them are.

    `left` and `right` are the edges of the column it stands in; both 0 where the page has one column only.
    `first_word` is the width of what could not be parted from its start. `code`: most of it is in a font of fixed
    width. `airy`: around it, blanks are typed between Chinese and Latin. `alone`: its column is a text box, and what
    stands in the next one does not go on with it. `confidence` (0 to 1) is set where it was recognised in a picture.
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
    confidence: float | None = None


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
        if _is_han(before.text) != _is_han(char.text)
        and before.text.isalnum()
        and char.text.isalnum()
        and abs(before.box[1] - char.box[1]) < before.size / 2
        and char.box[0] - before.box[2] < before.size
    ]
    return sum(met) * 2 > len(met)


def join_lines(lines: Sequence[Line]) -> str:
    """Wrapped lines as one text: blanks between them only where the author would have typed one."""
    text, above = "", ""
    for line in lines:
        if _BROKEN_WORD.search(text) and line.text[0].islower() and not _HAN.search(above):
            text = text[:-1]  # in Latin text; Chinese documents break `aicc-oplog` only where it has its hyphen
        elif text and _is_gap(text[-1], line):
            text += " "
        text += line.text
        above = line.text
    return text


def _is_gap(last: str, line: Line) -> bool:
    first = line.text[0]
    if last in "-—–/" or not (last.isascii() or first.isascii()):
        return False
    if last.isascii() and first.isascii():
        return True
    return line.airy and last.isalnum() and first.isalnum()


def read_rows(chars: Sequence[Char], gap: float, *, airy: bool = False) -> list[list[Line]]:
    """The rows of text from top to bottom, each cut into pieces where a gap is wider than so many ems."""
    return [_pieces(row, gap, airy=airy) for row in _rows(chars)]


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
    return [_once(sorted(row, key=lambda one: one.box[0])) for row in rows]


def _once(row: Sequence[Char]) -> list[Char]:
    """The row without characters drawn again almost in place, as some programs do for bold type or shadows."""
    kept: list[Char] = []
    for char in row:
        width = char.box[2] - char.box[0]
        # Of a doubled word each letter stands twice, and may be sorted behind the next one's first copy.
        again = any(
            before.text == char.text and before.box[2] - char.box[0] > _SAME_PLACE * width for before in kept[-2:]
        )
        if not again:
            kept.append(char)
    return kept


def _pieces(row: Sequence[Char], gap: float, *, airy: bool) -> list[Line]:
    pieces: list[list[Char]] = [[row[0]]]
    for before, char in pairwise(row):
        if char.box[0] - before.box[2] > gap * max(char.size, before.size):
            pieces.append([])
        pieces[-1].append(char)
    return [_piece(chars, airy=airy) for chars in pieces]


def _piece(chars: Sequence[Char], *, airy: bool) -> Line:
    sizes = sorted(char.size for char in chars)
    shown = _with_raised(chars, sizes[len(sizes) // 2])
    text = shown[0]
    spaced_out = _is_spaced_out(chars)
    for (before, char), glyph in zip(pairwise(chars), shown[1:], strict=True):
        text += (" " if not spaced_out and _is_blank(before, char) else "") + glyph
    if _SOFT_HYPHEN in text:  # it shows where a line breaks only
        text = text[:-1].replace(_SOFT_HYPHEN, "") + text[-1].replace(_SOFT_HYPHEN, "-")
    fonts = [char.font for char in chars if _is_han(char.text)] or [char.font for char in chars]
    return Line(
        text,
        bounds([char.box for char in chars]),
        sizes[len(sizes) // 2],
        all(char.bold for char in chars),
        max(set(fonts), key=fonts.count),
        first_word=_first_word(chars),
        code=sum(_is_fixed_width(char.font) for char in chars) * 2 > len(chars),
        airy=airy,
    )


def _is_spaced_out(chars: Sequence[Char]) -> bool:
    """Whether the letters of a word, or the characters of a Chinese title, are set apart by one distance."""
    if len(chars) < _FEWEST_SPACED or any(char.spaced == "real" for char in chars[1:]):
        return False
    gaps = [(right.box[0] - left.box[2]) / max(right.size, 1.0) for left, right in pairwise(chars)]
    if min(gaps) < _BLANK or max(gaps) - min(gaps) > _EVEN:
        return False
    if all(_is_han(char.text) for char in chars):
        return True
    return len(chars) > _FEWEST_SPACED and max(gaps) < _LETTERS_APART and all(char.text.isalpha() for char in chars)


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
        or not (_is_han(chars[end].text) or _is_han(chars[end - 1].text) or chars[end].spaced)
    ):
        end += 1
    return chars[end - 1].box[2] - chars[0].box[0]


def _is_blank(before: Char, char: Char) -> bool:
    gap = (char.box[0] - before.box[2]) / max(char.size, 1.0)
    if char.spaced == "real":
        return gap > -0.5
    if _is_wide_mark(before.text) or _is_wide_mark(char.text):  # they bring their own white space
        return gap > _WIDE_BLANK
    if _is_han(before.text) != _is_han(char.text):
        return gap > _AUTOMATIC_SPACE
    return gap > (_BLANK if not char.spaced else 0.1)
