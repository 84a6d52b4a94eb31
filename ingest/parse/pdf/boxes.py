"""Reads pages that are laid out in boxes: slides and drawings, which are wider than high.

Pieces of text close above each other make a box; boxes are read in bands from top to bottom, each from left to right.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingest.parse.pdf.lines import Line, bounds, read_rows
from ingest.parse.pdf.page import Char

_APART = 2.0  # ems between pieces of different boxes
_CLOSE = 0.9  # ems between the lines of a box
_OVERLAP = 0.3
_SAME_SIZE = 1.3


def read_boxes(chars: Sequence[Char], *, airy: bool = False) -> list[Line]:
    """The page's lines, box by box."""
    rows = read_rows(chars, _APART, airy=airy)
    pieces = sorted((piece for row in rows for piece in row), key=lambda one: one.box[1])
    boxes = [sorted(box, key=lambda one: (round(one.box[1]), one.box[0])) for box in _boxes(pieces)]
    lines: list[Line] = []
    for box in _in_order(boxes):
        left, _, right, _ = bounds([line.box for line in box])
        lines += [replace(line, left=left, right=right, alone=True) for line in box]
    return lines


def _boxes(pieces: Sequence[Line]) -> list[list[Line]]:
    group = list(range(len(pieces)))

    def root(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    reach = max((piece.box[3] - piece.box[1] + _CLOSE * piece.size for piece in pieces), default=0.0)
    for lower, below in enumerate(pieces):
        for upper in range(lower - 1, -1, -1):
            if below.box[1] - pieces[upper].box[1] > reach:
                break
            if _belong(pieces[upper], below):
                group[root(lower)] = root(upper)
    boxes: dict[int, list[Line]] = defaultdict(list)
    for at, piece in enumerate(pieces):
        boxes[root(at)].append(piece)
    return list(boxes.values())


def _belong(above: Line, below: Line) -> bool:
    size = max(above.size, below.size)
    if size > _SAME_SIZE * min(above.size, below.size):
        return False
    gap = below.box[1] - above.box[3]
    shared = min(above.box[2], below.box[2]) - max(above.box[0], below.box[0])
    width = min(above.box[2] - above.box[0], below.box[2] - below.box[0])
    return -0.5 * size < gap < _CLOSE * size and shared > _OVERLAP * width


def _in_order(boxes: Sequence[list[Line]]) -> list[list[Line]]:
    """Boxes from top to bottom; those that begin before the first of their band ends, from left to right."""
    left = sorted(boxes, key=lambda box: box[0].box[1])
    ordered: list[list[Line]] = []
    while left:
        end = bounds([line.box for line in left[0]])[3]
        band = [box for at, box in enumerate(left) if at == 0 or box[0].box[1] < end - 1]
        ordered += sorted(band, key=lambda box: (round(box[0].box[0] / 10), box[0].box[1]))
        left = left[len(band) :]
    return ordered
