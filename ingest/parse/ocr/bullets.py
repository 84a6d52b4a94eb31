"""Finds the dots before the items of a list: the recogniser looks for lines of text, and a dot apart is none."""

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from ingest.parse.ocr.recogniser import Image, Point

Start = tuple[Point, float]
"""Where a line of text begins (the middle of its left edge) and its em, in pixels."""

_REACH = (0.35, 3.0)
"""Ems to the left of the text between which its dot stands."""
_HIGH = 0.45  # ems above and below the middle of the line that are looked at
_SIZES = (0.16, 0.6)  # ems
_SPECK = 0.12  # ems; what is smaller is dirt
_ROUND = 1.5  # the longer side by the shorter
_FILLED = 0.6  # share of its box; that of a disc is .79
_DARK = 0.6  # of the ground's brightness
_SAME = 0.3  # ems by which the distances from dot to text differ in one list
_FEWEST = 2


def with_bullets(image: Image, starts: Sequence[Start]) -> list[bool]:
    """Whether a dot stands before each of the lines. `image` is the level page without its text. A single dot is dirt:
    a list has two at least, all as far from their text.
    """
    distances = [_dot(image, start) for start in starts]
    found = [one for one in distances if one]
    if len(found) < _FEWEST:
        return [False] * len(starts)
    usual = median(found)
    alike = [one is not None and abs(one - usual) <= _SAME for one in distances]
    return alike if sum(alike) >= _FEWEST else [False] * len(starts)


def _dot(image: Image, start: Start) -> float | None:
    """How far the one dot before the text is from it, in ems."""
    (x, y), em = start
    left, right = max(0, int(x - _REACH[1] * em)), max(0, int(x - _REACH[0] * em))
    top, bottom = max(0, int(y - _HIGH * em)), max(0, int(y + _HIGH * em) + 1)
    crop = image[top:bottom, left:right]
    if min(crop.shape) < 2:
        return None
    ink = (crop < _DARK * float(np.median(crop))).astype(np.uint8)
    count, _, stats, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    marks = [at for at in range(1, count) if max(stats[at, 2], stats[at, 3]) >= _SPECK * em]
    if len(marks) != 1:
        return None
    _, _, width, height, area = (int(one) for one in stats[marks[0]])
    small, large = sorted((width, height))
    if not _SIZES[0] * em <= small <= large <= min(_SIZES[1] * em, _ROUND * small) or area < _FILLED * width * height:
        return None
    return (x - left - float(middles[marks[0]][0])) / em
