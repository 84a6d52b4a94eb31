"""Finds what is drawn on a scanned page as far as it makes tables: ruling lines and shaded areas."""

from dataclasses import dataclass

import cv2
import numpy as np

from ingest.document import BBox
from ingest.parse.ocr.recogniser import Image

_WIDE = 2.0
"""Ems that a horizontal ruling line is long at least."""
_HIGH = 1.2
"""Ems for a vertical one, which may be as short as a row of a table is high."""
_PIECE = 0.8  # ems: shorter pieces are grain and remains of characters
_GAP = 0.6  # ems that a line may be broken for
_THICK = 0.5  # ems from which on it is a bar
_PAPER = 12
"""Grey values below the paper's from which on an area is shaded."""
_GRAIN = 8  # pixels to a side of what shades are looked for in


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line from `start` to `end`, at `at` across it; in pixels."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn: lines, and shaded rectangles with their grey value (0 to 255)."""

    horizontal: tuple[Stroke, ...]
    vertical: tuple[Stroke, ...]
    shades: tuple[tuple[BBox, int], ...]


def find_drawn(image: Image, em: float) -> Drawn:
    """The lines and shades of a level picture, the text painted over; that was `em` pixels high."""
    # Against what is around it, so that a line stands out on a shaded cell as on the paper.
    size = max(3, round(2 * em) | 1)
    found = cv2.adaptiveThreshold(image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, 12)
    ink = np.asarray(found, np.uint8)
    return Drawn(_strokes(ink, em, _WIDE), _strokes(np.ascontiguousarray(ink.T), em, _HIGH), tuple(_shades(image, em)))


def _strokes(ink: Image, em: float, shortest: float) -> tuple[Stroke, ...]:
    """The horizontal ones: what is left of the ink when all that is short has been taken away."""
    thick = cv2.dilate(ink, np.ones((2, 1), np.uint8))  # a line that is not quite level stays in one piece
    pieces = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, max(3, round(_PIECE * em))), np.uint8))
    long = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, max(3, round(_GAP * em))), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    return tuple(
        Stroke(y + height / 2, float(x), float(x + width))
        for x, y, width, height, _ in boxes[1:].tolist()
        if height <= _THICK * em and width >= shortest * em
    )


def _shades(image: Image, em: float) -> list[tuple[BBox, int]]:
    """Rectangles darker than the paper, whatever is written on them."""
    height, width = image.shape[0] // _GRAIN * _GRAIN, image.shape[1] // _GRAIN * _GRAIN
    if not height or not width:
        return []
    grains = image[:height, :width].reshape(height // _GRAIN, _GRAIN, width // _GRAIN, _GRAIN)
    ground = np.percentile(grains, 70, axis=(1, 3)).astype(np.uint8)
    ground = np.asarray(cv2.medianBlur(ground, 3), np.uint8)
    paper = int(np.percentile(ground, 90))
    dark = (ground < paper - _PAPER).astype(np.uint8)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    found: list[tuple[BBox, int]] = []
    for at, (x, y, across, down, area) in enumerate(boxes.tolist()):
        if at and min(across, down) * _GRAIN > em and area > 0.7 * across * down:
            grey = int(np.median(ground[labels == at])) // 8 * 8
            x0, y0 = float(x * _GRAIN), float(y * _GRAIN)
            found.append(((x0, y0, x0 + across * _GRAIN, y0 + down * _GRAIN), grey))
    return found
