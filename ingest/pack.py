"""Packs pieces into chunks: as near the target as can be without tearing apart what belongs together."""

from collections.abc import Sequence
from itertools import groupby

from ingest.pieces import CEILING, Piece

Unit = list[Piece]
"""Pieces that stay in one chunk."""

_SMALL_TAIL = 0.3


def pack(pieces: Sequence[Piece], target: int) -> list[list[Piece]]:
    """The pieces of each chunk, in order. None is over 1.5 times the `target` (in characters) but by a single piece, or
    by a line and the one piece it introduces; none mixes rows of two tables.
    """
    packed: list[Unit] = []
    for unit in _units(pieces, target):
        if packed and _joins(packed[-1], unit, target):
            packed[-1] += unit
        else:
            packed.append(list(unit))
    if len(packed) > 1 and size(packed[-1]) < target * _SMALL_TAIL and _fits(packed[-2], packed[-1], target * CEILING):
        packed[-2:] = [packed[-2] + packed[-1]]
    return packed


def size(pieces: Sequence[Piece]) -> int:
    """Characters of the pieces together."""
    return sum(piece.size for piece in pieces)


def _joins(chunk: Unit, unit: Unit, target: int) -> bool:
    return _fits(chunk, unit, target) or (size(chunk) < target / 2 and _fits(chunk, unit, target * CEILING))


def _fits(chunk: Unit, unit: Unit, limit: float) -> bool:
    tables = {piece.table for piece in [*chunk, *unit] if piece.table}
    return len(tables) < 2 and size(chunk) + size(unit) <= limit


def _units(pieces: Sequence[Piece], target: int) -> list[Unit]:
    """Glue each introducing line to what it introduces, and each note to what it is about; keep a list or a table whole
    where it is not over the ceiling.
    """
    units: list[Unit] = []
    for run in _runs(pieces):
        whole = size(run) <= target * CEILING
        parts = [run] if whole else [part for block in _blocks(run) for part in _parts(block, target)]
        for part in parts:
            attached = units and (part[0].follows or units[-1][-1].binds)
            if attached and size(units[-1]) + size(part) <= target * CEILING:
                units[-1] += part
            else:
                units.append([*_take_binding(units), *part])
    return [unit for unit in units if unit]


def _take_binding(units: list[Unit]) -> Unit:
    """Take off the last unit the lines that introduce what comes next."""
    taken: Unit = []
    while units and units[-1] and units[-1][-1].binds:
        taken.insert(0, units[-1].pop())
    return taken


def _runs(pieces: Sequence[Piece]) -> list[Unit]:
    """Cut where neither a list nor a table goes on nor something was announced."""
    runs: list[Unit] = []
    for piece in pieces:
        last = runs[-1][-1] if runs else None
        if last and (last.binds or piece.follows or (_block_of(piece) and _block_of(piece) == _block_of(last))):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _block_of(piece: Piece) -> str:
    """What goes on over several pieces: a list, a certain table; empty for anything else."""
    return "list" if piece.level else f"table {piece.table}" if piece.table else ""


def _blocks(run: Unit) -> list[Unit]:
    return [list(group) for _, group in groupby(run, key=_block_of)]


def _parts(block: Unit, target: int) -> list[Unit]:
    """An over-long block in parts: a list by its outermost items, each with what is below it; else piece by piece."""
    outermost = min(piece.level for piece in block)
    parts: list[Unit] = []
    for piece in block:
        if outermost and piece.level > outermost and parts and size(parts[-1]) + piece.size <= target * CEILING:
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return parts
