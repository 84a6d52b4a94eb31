"""Brings a scanned page the right way up: which way its text runs, and how far the sheet lay askew."""

import math
from collections.abc import Sequence
from statistics import fmean, median

import numpy as np

from ingest.parse.ocr.recogniser import Image, Recogniser, Spot

_SAMPLE = 5
_SURE = 0.9
"""Read with this confidence, a line is not head down: those come to about .5."""
_LONG = 4.0
"""A line this many times as long as it is high shows how the sheet lies."""
_LEVEL = 0.1  # degrees that are none


def turn_of(spots: Sequence[Spot], recogniser: Recogniser) -> int:
    """How far the page must be turned clockwise to be read (0, 90, 180, 270).

    Lines that stand tell that the page lies on its side; the longest are read from both ends to see where they begin.
    """
    if not spots:
        return 0
    stands = sum(spot.length for spot in spots if spot.stands) > sum(spot.length for spot in spots if not spot.stands)
    sample = sorted((spot for spot in spots if spot.stands is stands), key=lambda spot: spot.length)[-_SAMPLE:]
    sure = _confidence(sample, recogniser)
    head_down = sure < _SURE and sure < _confidence([spot.turned(2) for spot in sample], recogniser)
    if stands:
        return 90 if head_down else 270
    return 180 if head_down else 0


def turned(image: Image, clockwise: int) -> Image:
    """The picture turned by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(image, -clockwise // 90))


def skew_of(spots: Sequence[Spot]) -> float:
    """By how many degrees the lines run downwards to the right (negative: upwards); 0 when that cannot be told."""
    angles = []
    for spot in spots:
        top_left, top_right, bottom_right, bottom_left = spot.corners
        across, down = (top_right - top_left) + (bottom_right - bottom_left), bottom_left - top_left
        if np.linalg.norm(across) / 2 > _LONG * np.linalg.norm(down):
            angles.append(math.degrees(math.atan2(across[1], across[0])))
    skew = median(angles) if angles else 0.0
    return skew if abs(skew) > _LEVEL else 0.0


def _confidence(spots: Sequence[Spot], recogniser: Recogniser) -> float:
    return fmean(line.confidence for line in recogniser.read(spots))
