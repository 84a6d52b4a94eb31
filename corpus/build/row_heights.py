"""Row heights for wrapped text: a spreadsheet program sets them when a person types, a library does not."""

import math
import unicodedata

from kit_xlsx import Sheet

LINE = 15.0
TITLE = 30.0


def width(text: str) -> int:
    """Columns the text takes: a Chinese character is two wide."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def fit(sheet: Sheet, widths: list[float], rows: dict[int, list[object]], *, titles: tuple[int, ...] = (1,)) -> None:
    """Sets the height of each row (numbered as in Excel) to that of its longest wrapped cell; `titles` are tall."""
    for row in titles:
        sheet.raw.set_row(row - 1, TITLE)
    for row, values in rows.items():
        lines = 1
        for value, columns in zip(values, widths, strict=False):
            if isinstance(value, str) and not value.startswith("="):
                lines = max(lines, sum(max(1, math.ceil(width(part) * 1.05 / columns)) for part in value.split("\n")))
        sheet.raw.set_row(row - 1, LINE * lines + 3)
