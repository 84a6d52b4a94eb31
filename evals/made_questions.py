"""Questions made from tables: answerable by a row and a column of one table, unanswerable by another firm's column."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.index.store import StoredChunk
from retrieval.names import short_name

PER_FIRM = 90
"""Questions of each sort made for a firm."""

_TOTAL = "合计"
_LONGEST_ROW_NAME = 20
_LONGEST_COLUMN_NAME = 12


@dataclass(frozen=True)
class MadeQuestion:
    """A question, and whether the documents answer it."""

    question: str
    answerable: bool


@dataclass(frozen=True)
class _Cell:
    row: str
    column: str
    value: str


def make_questions(chunks: Iterable[StoredChunk], firms: Sequence[str], seed: int) -> list[MadeQuestion]:
    """For each firm, `PER_FIRM` questions its tables answer and as many that they do not (fewer where there are fewer
    cells). The same chunks and seed give the same questions.
    """
    chance = random.Random(seed)  # noqa: S311 (nothing secret about it)
    cells: dict[str, list[_Cell]] = {firm: [] for firm in firms}
    for stored in sorted(chunks, key=lambda one: (one.document.path, one.chunk.seq)):
        cells.get(stored.document.customer or "", []).extend(_cells(stored))
    made: list[MadeQuestion] = []
    for firm, own in cells.items():
        columns = {cell.column for cell in own}
        foreign = [cell.column for other in firms if other != firm for cell in cells[other]]
        foreign = [column for column in foreign if column not in columns]
        for cell in chance.sample(own, min(PER_FIRM, len(own))):
            asking = "多少？" if any(char.isdigit() for char in cell.value) else "什么？"
            made.append(MadeQuestion(f"{short_name(firm)}{cell.row}的{cell.column}是{asking}", answerable=True))
        for _ in range(PER_FIRM if foreign else 0):
            question = f"{short_name(firm)}{chance.choice(own).row}的{chance.choice(foreign)}是多少？"
            made.append(MadeQuestion(question, answerable=False))
    return made


def _cells(stored: StoredChunk) -> Iterable[_Cell]:
    header = stored.chunk.header
    for span in stored.chunk.spans:
        if span.kind != "row" or len(span.cells) != len(header) or len(header) < 3:
            continue
        row = span.cells[0]
        if not 1 < len(row) <= _LONGEST_ROW_NAME or _TOTAL in row or row.isdigit():
            continue
        for column, value in zip(header[1:], span.cells[1:], strict=True):
            if 1 < len(column) <= _LONGEST_COLUMN_NAME and value.strip():
                yield _Cell(row, column, value)
