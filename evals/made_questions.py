"""Questions made from tables: answerable by a row and a column of one, unanswerable where no passage has both."""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.index.store import StoredChunk
from ingest.terms import fold
from retrieval.names import short_name

PER_FIRM = 45
"""Questions of each sort made for a firm; of the unanswerable ones a third in each of three ways."""

_TOTAL = "合计"
_LONGEST_ROW_NAME = 20
_LONGEST_COLUMN_NAME = 12
_NOTHING = re.compile(r"[\s\-—–/无]*|待定|待补|未定|不涉及|n/?a", re.IGNORECASE)
"""Cells that say nothing: a question for them is neither answerable nor clearly unanswerable."""

# As people ask, in turn by chance: a model fitted on one wording would learn the wording.
_WORDINGS = (
    "{firm}{row}的{column}{asking}？",
    "{firm}那边{row}，{column}{asking}",
    "{row}的{column}{asking}，{firm}的",
    "问下{firm}{row}{column}{asking}？",
)
_PERSON = re.compile("负责|责任|联系人|接口人|牵头|找谁|修订人|姓名")
_DATE = re.compile(r"\d{4}[-年/.]\d|\d{1,2}月")


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

    Unanswerable are: a row of the firm with a column that only other firms have; another firm's row with a column of
    this one; and, the hardest, a row with a column of the firm's that no passage of the firm says together.
    """
    chance = random.Random(seed)  # noqa: S311 (nothing secret about it)
    cells: dict[str, list[_Cell]] = {firm: [] for firm in firms}
    texts: dict[str, list[str]] = {firm: [] for firm in firms}
    for stored in sorted(chunks, key=lambda one: (one.document.path, one.chunk.seq)):
        firm = stored.document.customer or ""
        if firm in cells:
            cells[firm].extend(_cells(stored))
            texts[firm].append(fold(stored.chunk.embedding_text(stored.document.title)))
    made: list[MadeQuestion] = []
    for firm, own in cells.items():
        known = [(cell.row, cell) for cell in chance.sample(own, min(PER_FIRM, len(own)))]
        unknown = [
            pair
            for pairs in ((_foreign_column, _foreign_row, _never_together) if own else ())
            for pair in pairs(firm, cells, texts[firm], chance)[: PER_FIRM // 3]
        ]
        for answerable, asked in ((True, known), (False, unknown)):
            made += [MadeQuestion(_worded(firm, row, column, chance), answerable) for row, column in asked]
    return made


def _foreign_column(
    firm: str, cells: Mapping[str, Sequence[_Cell]], texts: Sequence[str], chance: random.Random
) -> list[tuple[str, _Cell]]:
    foreign = [cell for other in cells if other != firm for cell in cells[other] if not _is_said(cell.column, texts)]
    return [(chance.choice(cells[firm]).row, chance.choice(foreign)) for _ in range(PER_FIRM if foreign else 0)]


def _foreign_row(
    firm: str, cells: Mapping[str, Sequence[_Cell]], texts: Sequence[str], chance: random.Random
) -> list[tuple[str, _Cell]]:
    foreign = [cell.row for other in cells if other != firm for cell in cells[other] if not _is_said(cell.row, texts)]
    return [(chance.choice(foreign), chance.choice(cells[firm])) for _ in range(PER_FIRM if foreign else 0)]


def _never_together(
    firm: str, cells: Mapping[str, Sequence[_Cell]], texts: Sequence[str], chance: random.Random
) -> list[tuple[str, _Cell]]:
    own = cells[firm]
    pairs = [(chance.choice(own).row, chance.choice(own)) for _ in range(2 * PER_FIRM)]
    return [
        (row, column)
        for row, column in pairs
        if not any(fold(row) in text and fold(column.column) in text for text in texts)
    ]


def _is_said(words: str, texts: Sequence[str]) -> bool:
    return any(fold(words) in text for text in texts)


def _worded(firm: str, row: str, column: _Cell, chance: random.Random) -> str:
    if _PERSON.search(column.column):
        asking = "是谁"
    elif _DATE.search(column.value):
        asking = "是哪天"
    else:
        asking = "是多少" if any(char.isdigit() for char in column.value) else "是什么"
    return chance.choice(_WORDINGS).format(firm=short_name(firm), row=row, column=column.column, asking=asking)


def _cells(stored: StoredChunk) -> Iterable[_Cell]:
    header = stored.chunk.header
    for span in stored.chunk.spans:
        if span.kind != "row" or len(span.cells) != len(header) or len(header) < 3:
            continue
        row = span.cells[0]
        if not 1 < len(row) <= _LONGEST_ROW_NAME or _TOTAL in row or row.isdigit():
            continue
        for column, value in zip(header[1:], span.cells[1:], strict=True):
            if 1 < len(column) <= _LONGEST_COLUMN_NAME and not _NOTHING.fullmatch(value):
                yield _Cell(row, column, value)
