"""Tables with merged cells, written as rows of text: `LEFT` continues the cell to the left, `UP` the one above."""

from collections.abc import Iterator, Sequence

LEFT = "<"
UP = "^"

Row = Sequence[str]


def merges(rows: Sequence[Row]) -> Iterator[tuple[int, int, int, int]]:
    """The merged rectangles (top, left, bottom, right), both ends inclusive."""
    for top, row in enumerate(rows):
        for left, value in enumerate(row):
            if value in (LEFT, UP):
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == UP:
                bottom += 1
            if (right, bottom) != (left, top):
                yield top, left, bottom, right


def text(value: str) -> str:
    return "" if value in (LEFT, UP) else value
