"""Places on a worksheet: A1 references and rectangles of cells."""

import re
from dataclasses import dataclass
from functools import cache

from openpyxl.utils import get_column_letter

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(
    r"\$?(?P<left>[A-Za-z]{1,3})?\$?(?P<top>\d{1,7})?(?::\$?(?P<right>[A-Za-z]{1,3})?\$?(?P<bottom>\d{1,7})?)?"
)
_MOST_LETTERS = 3


@dataclass(frozen=True)
class Rect:
    """A rectangle of cells; rows and columns count from 1, the last ones belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def reference(self) -> str:
        """The range in A1 notation; one cell alone as `A1`."""
        first, last = (
            f"{get_column_letter(column)}{row}" for row, column in ((self.top, self.left), (self.bottom, self.right))
        )
        return first if first == last else f"{first}:{last}"


def rects(references: str) -> list[Rect]:
    """The rectangles that references like `A1:B3 D4` (also `A:A`, `3:3`, `$A$1`) name; what is none is left out."""
    found = []
    for reference in references.split():
        match = _REFERENCE.fullmatch(reference)
        if not match or not (match["left"] or match["top"]):
            continue
        alone = ":" not in reference
        top, left = int(match["top"] or 1), _number(match["left"], 1)
        bottom = int(match["bottom"] or (top if alone else LAST_ROW))
        right = _number(match["right"], left if alone else LAST_COLUMN)
        top, bottom = sorted((top, bottom))
        left, right = sorted((left, right))
        if top >= 1 and bottom <= LAST_ROW and right <= LAST_COLUMN:
            found.append(Rect(top, left, bottom, right))
    return found


def column_number(reference: str) -> int:
    """The column (from 1) of a reference such as `AB12`; 0 where it names none."""
    letters = reference.rstrip("0123456789")
    return _count(letters) if letters.isalpha() and letters.isascii() and len(letters) <= _MOST_LETTERS else 0


def _number(letters: str | None, otherwise: int) -> int:
    return _count(letters) if letters else otherwise


@cache
def _count(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
