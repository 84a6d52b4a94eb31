"""Understands a grid of cells as a reader does: its caption, its header, its rows, or the pairs of a form.

Nothing is lost where the guess is wrong: a header that was missed is a row, and a row taken for a header still stands
in the header.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.parse.table.forms import has_pairs, units
from ingest.parse.table.grid import Row, distinct, real_columns, texts
from ingest.parse.table.groups import caption_height, is_group_row
from ingest.parse.table.header import column_names, header_height


@dataclass(frozen=True)
class ShapeRow:
    """A row of the body, or a pair out of a form's row: the grid's row (from 0), the first column it takes and the one
    after its last, its cells. A sub-heading (`group`) has its text once, in its first cell.
    """

    row: int
    columns: tuple[int, int]
    cells: tuple[str, ...]
    group: bool = False


@dataclass(frozen=True)
class Shape:
    """A grid, understood. `captions` are (the grid's row, text); `columns` are those of the grid that are shown, and
    `header` names each of them, or is empty when there is none. Pairs of a form have two cells each.
    """

    captions: tuple[tuple[int, str], ...]
    columns: tuple[int, ...]
    header: tuple[str, ...]
    rows: tuple[ShapeRow, ...]

    def groups(self) -> Iterator[tuple[ShapeRow | None, list[ShapeRow]]]:
        """The rows cut at sub-headings: each with the rows below it, None before the first one."""
        title: ShapeRow | None = None
        rows: list[ShapeRow] = []
        for row in self.rows:
            if row.group:
                if rows or title:
                    yield title, rows
                title, rows = row, []
            else:
                rows.append(row)
        if rows or title:
            yield title, rows


def understand(grid: Sequence[Row], stated: int | None = None) -> Shape:
    """The shape of a grid, whose rows have equally many slots.

    `stated` is how many rows at the top the file marks as header, a caption above them included; None where it says
    nothing. A merged cell repeats its text in each column it covers where there is a header, else it stands once.
    """
    filled = [at for at, row in enumerate(grid) if distinct(row)]
    captions = caption_height([grid[at] for at in filled])
    if stated:
        stated = sum(at < stated for at in filled[captions:]) or None
    said = tuple((at, " ".join(cell.text for cell in distinct(grid[at]))) for at in filled[:captions])
    body = filled[captions:]
    rows = [grid[at] for at in body]
    height = header_height(rows, stated)
    columns = real_columns(rows)
    if height:
        names = column_names(rows, height)
        return Shape(said, tuple(columns), tuple(names[at] for at in columns), headed(grid, body[height:], columns))
    return Shape(said, tuple(columns), (), _unheaded(grid, body, columns))


def headed(grid: Sequence[Row], rows: Sequence[int], columns: Sequence[int]) -> tuple[ShapeRow, ...]:
    """These rows and columns of the grid as the body of a table with a header."""
    whole = (columns[0], len(grid[0])) if columns else (0, 0)
    found: list[ShapeRow] = []
    for at in rows:
        if is_group_row(grid[at]):
            cells = (distinct(grid[at])[0].text, *[""] * (len(columns) - 1))
            found.append(ShapeRow(at, whole, cells, group=True))
        else:
            found.append(ShapeRow(at, whole, texts([grid[at][column] for column in columns])))
    return tuple(found)


def _unheaded(grid: Sequence[Row], rows: Sequence[int], columns: Sequence[int]) -> tuple[ShapeRow, ...]:
    """The rows of a form or a list: pairs of label and value, or whole rows with merged cells once."""
    shown = [[grid[at][column] for column in columns] for at in rows]
    ends = [*columns, len(grid[0]) if grid else 0]
    found: list[ShapeRow] = []
    pairs = has_pairs(shown)
    for at, row in zip(rows, shown, strict=True):
        apart = units(row)
        if pairs:
            starts = [start for start, _ in apart[0::2]] + [len(columns)]
            cells = [cell.text if cell else "" for _, cell in apart]
            for index, (start, end) in enumerate(pairwise(starts)):
                pair = (cells[2 * index], cells[2 * index + 1])
                if any(pair):
                    found.append(ShapeRow(at, (ends[start], ends[end]), pair))
        else:
            once = {start: cell.text for start, cell in apart if cell}
            found.append(ShapeRow(at, (ends[0], ends[-1]), tuple(once.get(index, "") for index in range(len(columns)))))
    return tuple(found)
