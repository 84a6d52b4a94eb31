"""Reads a table written with `|` that CommonMark does not take for one, as when its rule row has too few columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_RULE = re.compile(r"\|?[\s:|\-—–]*[-—–]{2,}[\s:|\-—–]*")


@dataclass(frozen=True)
class PipeTable:
    """`header` (blank cells when there is none) and the body rows, each with the index of its line."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(lines: Sequence[str]) -> PipeTable | None:
    """The table that `lines` are: at least two lines, all of them in bars (`| a | b |`). Else None."""
    if len(lines) < 2 or not all(line.startswith("|") and line.count("|") > 1 for line in lines):
        return None
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    width = max(map(len, cells))
    ruled = [bool(_RULE.fullmatch(line)) for line in lines]
    rows = [(at, tuple(row + [""] * (width - len(row)))) for at, row in enumerate(cells) if not ruled[at]]
    headed = ruled[1] and bool(rows)
    header = rows[0][1] if headed else ("",) * width
    return PipeTable(header, tuple(rows[1:] if headed else rows))
