"""Reads text that stands: turned to either side, or written downwards, one character below the other."""

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.parse.ocr.recogniser import Glyph, ReadLine, Recogniser, Spot

_HEIGHT = 48  # pixels, as the reader takes them
_NARROW = 2.5
"""A box this many times as high as wide has room for two characters, one below the other."""


def read_standing(spot: Spot, recogniser: Recogniser) -> tuple[ReadLine, bool]:
    """The best of the ways to read a line that is higher than wide, and whether it does stand: a 1 is only narrow."""
    ways = [(line, True) for line in recogniser.read([spot, spot.turned(2)])]
    across, down = sorted(spot.crop.shape[:2])
    if down < _NARROW * across:
        ways += [(line, False) for line in recogniser.read([spot.turned(3)])]
    elif downwards := _stacked(spot):
        ways += [(_placed(spot, line), True) for line in recogniser.read([downwards])]
    return max(ways, key=lambda way: way[0].confidence)


def _stacked(spot: Spot) -> Spot | None:
    """The characters of a column set side by side, each as wide as the column."""
    column = np.rot90(spot.crop, -1)
    height, width = column.shape[:2]
    count = round(height / width)
    if count < 2:
        return None
    edges = _cuts(column, count)
    cells = [cv2.resize(column[top:bottom], (_HEIGHT, _HEIGHT)) for top, bottom in pairwise(edges)]
    return replace(spot, crop=np.asarray(np.hstack(cells), np.uint8))


def _cuts(column: NDArray[np.uint8], count: int) -> list[int]:
    """Where a column of about `count` characters is cut: in the blank rows between them where there are some."""
    height = column.shape[0]
    ink = (255 - column[:, :, 0].astype(float)).sum(axis=1)
    step = height / count
    edges = [0]
    for at in range(1, count):
        middle = round(at * step)
        reach = max(1, int(step * 0.3))
        low = max(edges[-1] + 1, middle - reach)
        edges.append(low + int(np.argmin(ink[low : middle + reach + 1])))
    return [*edges, height]


def _placed(spot: Spot, line: ReadLine) -> ReadLine:
    """A line read from a column: it runs from the top of the column to its foot."""
    top_left, top_right, bottom_right, bottom_left = ((float(x), float(y)) for x, y in spot.corners)
    glyphs = tuple(Glyph(one.text, one.at, False, one.confidence) for one in line.glyphs)
    text = "".join(one.text for one in glyphs)
    return ReadLine(text, line.confidence, (top_right, bottom_right, bottom_left, top_left), glyphs)
