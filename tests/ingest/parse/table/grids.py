"""Grids for tests, drawn in text."""

from collections.abc import Iterator

from ingest.parse.table.grid import GridCell, Row


def grid(*lines: str) -> list[Row]:
    """Cells split at `|`; `*text` is bold, `<` goes on the cell to the left, `^` the cell above."""
    drawn = [[one.strip() for one in line.split("|")] for line in lines]
    made: dict[tuple[int, int], GridCell | None] = {}
    for at, row in enumerate(drawn):
        for column, text in enumerate(row):
            if text == "<":
                made[at, column] = made[at, column - 1]
            elif text == "^":
                made[at, column] = made[at - 1, column]
            else:
                made[at, column] = _cell(drawn, at, column) if text.strip("*") else None
    return [tuple(made[at, column] for column in range(len(row))) for at, row in enumerate(drawn)]


def _cell(drawn: list[list[str]], at: int, column: int) -> GridCell:
    text = drawn[at][column]
    rows = 1 + _run("^", (row[column] for row in drawn[at + 1 :]))
    columns = 1 + _run("<", iter(drawn[at][column + 1 :]))
    return GridCell(text.lstrip("*"), at, column, rows, columns, bold=text.startswith("*"))


def _run(mark: str, texts: Iterator[str]) -> int:
    count = 0
    for text in texts:
        if text != mark:
            break
        count += 1
    return count
