"""Takes big words that are printed over the text (`草稿` across the page) apart from it, before rows are made: a row
that both stand in would mix the letters of two or three lines.
"""

from collections import Counter
from dataclasses import replace

from ingest.parse.pdf.lines import Line, read_rows
from ingest.parse.pdf.page import Char, Page

_BIG = 2.5  # times the size of most characters
_GAP = 3.0  # ems within a word whose letters may be set apart


def take_overlaid(page: Page) -> list[Line]:
    """The words over the page's text, which loses their characters. A big initial stands beside its text, not over it,
    and stays.
    """
    if not page.chars:
        return []
    usual = Counter(round(char.size, 1) for char in page.chars).most_common(1)[0][0]
    big = [char for char in page.chars if char.size >= _BIG * usual]
    if not big or len(big) == len(page.chars):
        return []
    small = [char for char in page.chars if char.size < _BIG * usual]
    over = {id(char) for char in big if any(_covers(char, other) for other in small)}
    if not over:
        return []
    words: list[Line] = []
    taken: set[int] = set()
    rows = read_rows(big, _GAP)
    for line in (piece for row in rows for piece in row):
        within = [char for char in big if _stands_in(char, line)]
        if any(id(char) in over for char in within):
            words.append(replace(line, alone=True))
            taken |= {id(char) for char in within}
    page.chars = [char for char in page.chars if id(char) not in taken]
    return words


def _covers(char: Char, other: Char) -> bool:
    x0, y0, x1, y1 = char.box
    return x0 < (other.box[0] + other.box[2]) / 2 < x1 and y0 < (other.box[1] + other.box[3]) / 2 < y1


def _stands_in(char: Char, line: Line) -> bool:
    x0, y0, x1, y1 = line.box
    return x0 <= char.box[0] and char.box[2] <= x1 and y0 <= char.box[1] and char.box[3] <= y1
