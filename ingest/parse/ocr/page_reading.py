"""Reads the picture of a page: its lines of text and what is drawn, level and the right way up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median

import cv2
import numpy as np

from ingest.parse.ocr.bullets import Start, with_bullets
from ingest.parse.ocr.recogniser import Image, Point, ReadLine, Recogniser
from ingest.parse.ocr.rules import Drawn, find_drawn
from ingest.parse.ocr.standing import read_standing
from ingest.parse.ocr.upright import skew_of, turn_of, turned

LEAST_CONFIDENCE = 0.6
"""What is read with less is left out as illegible. No line of the scans in `docs/benchmarks.md` comes below .8, with or
without a wrong character.
"""
_TOLD_EVERY = 16
"""Lines; they are read one by one, whatever their number."""
_USUAL_EM = 0.72
"""Of a line's box, which reaches over the characters."""
_FEWEST_PITCHES = 3
_ODD_STEP = 1.5
_PAINTED = 0.55  # ems from a character's middle
_NARROW = 0.6  # Latin ones are that much narrower
_GROUND = 80  # per cent of the pixels around a character are darker than the ground, at most


@dataclass(frozen=True)
class Written:
    """A line on the level page. `em` is the size of its characters in pixels; `standing`: it does not run across;
    `bullet`: a dot stands before it.
    """

    line: ReadLine
    em: float
    bold: float
    standing: bool
    bullet: bool = False


@dataclass(frozen=True)
class PageReading:
    """What a picture of a page says. All pixels are those of the page as it is read: turned clockwise by `turn`, then
    turned by `-skew` degrees about its middle.

    `width` and `height` are the read page's; `em` is the usual size of characters (0 without any); `dim` are the lines
    too uncertain to be text.
    """

    width: int
    height: int
    turn: int
    skew: float
    em: float
    written: tuple[Written, ...]
    dim: tuple[ReadLine, ...]
    drawn: Drawn


def read_page_picture(
    image: Image, recogniser: Recogniser, told: Callable[[int], None] = lambda _lines: None
) -> PageReading:
    """The picture of a page, in grey; white paper, black text or the other way round. `told` is called with the number
    of lines read since it was called last.
    """
    spots = recogniser.spots(image)
    turn = turn_of(spots, recogniser)
    if turn:
        image = turned(image, turn)
        spots = recogniser.spots(image)
    skew = skew_of(spots)
    across = [spot for spot in spots if not spot.stands]
    lines: list[tuple[ReadLine, bool]] = []
    for at in range(0, len(across), _TOLD_EVERY):
        batch = recogniser.read(across[at : at + _TOLD_EVERY])
        lines += [(line, False) for line in batch]
        told(len(batch))
    for spot in spots:
        if spot.stands:
            lines.append(read_standing(spot, recogniser))
            told(1)
    kept = [(line, standing) for line, standing in lines if line.confidence >= LEAST_CONFIDENCE and line.glyphs]
    share = _em_share([line for line, standing in kept if not standing])
    height, width = image.shape
    level = _levelled(image, skew)
    dim = tuple(
        replace(line, corners=_level_corners(line, skew, width, height))
        for line, _ in lines
        if line.confidence < LEAST_CONFIDENCE and line.glyphs
    )
    written = []
    for line, standing in kept:
        flat = replace(line, corners=_level_corners(line, skew, width, height))
        em = _pitch(line) or share * _height(line)
        written.append(Written(flat, em, 0.0 if standing else _boldness(level, flat, em), standing))
    usual = median([one.em for one in written for _ in one.line.glyphs]) if written else 0.0
    drawn = Drawn((), (), ())
    if usual:
        bare = _without_text(level, written)
        drawn = find_drawn(bare, usual)
        dots = with_bullets(bare, [_start(one) for one in written])
        written = [replace(one, bullet=dot and not one.standing) for one, dot in zip(written, dots, strict=True)]
    return PageReading(width, height, turn, skew, usual, tuple(written), dim, drawn)


def _start(one: Written) -> Start:
    (ax, ay), _, _, (dx, dy) = one.line.corners
    return ((ax + dx) / 2, (ay + dy) / 2), one.em


def about_middle(point: Point, degrees: float, width: float, height: float) -> Point:
    """A point turned clockwise about the middle of a page."""
    angle = np.radians(degrees)
    x, y = point[0] - width / 2, point[1] - height / 2
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    return x * cos - y * sin + width / 2, x * sin + y * cos + height / 2


def _level_corners(line: ReadLine, skew: float, width: int, height: int) -> tuple[Point, Point, Point, Point]:
    if not skew:
        return line.corners
    first, second, third, fourth = (about_middle(corner, -skew, width, height) for corner in line.corners)
    return first, second, third, fourth


def _levelled(image: Image, skew: float) -> Image:
    if not skew:
        return image
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    made = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(made, np.uint8)


def _without_text(image: Image, written: Sequence[Written]) -> Image:
    """The picture with each character painted over in the colour of the ground it stands on."""
    cleared = image.copy()
    for one in written:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = one.line.corners
        half = _PAINTED * one.em
        for glyph in one.line.glyphs:
            x = (ax + dx) / 2 + glyph.at * (bx + cx - ax - dx) / 2
            y = (ay + dy) / 2 + glyph.at * (by + cy - ay - dy) / 2
            wide = half if is_han(glyph.text) or one.standing else half * _NARROW
            left, top = max(0, int(x - wide)), max(0, int(y - half))
            box = cleared[top : max(0, int(y + half) + 1), left : max(0, int(x + wide) + 1)]
            if box.size:
                box[:] = np.uint8(np.percentile(box, _GROUND))
    return cleared


def _length(line: ReadLine) -> float:
    (x0, y0), (x1, y1) = line.corners[:2]
    return float(np.hypot(x1 - x0, y1 - y0))


def _height(line: ReadLine) -> float:
    (x0, y0), _, _, (x3, y3) = line.corners
    return float(np.hypot(x3 - x0, y3 - y0))


def _pitch(line: ReadLine) -> float:
    """The distance from one Chinese character to the next in pixels, which is their size; 0 without enough of them."""
    steps = [
        (right.at - left.at) * _length(line)
        for left, right in pairwise(line.glyphs)
        if is_han(left.text) and is_han(right.text) and not right.spaced
    ]
    if len(steps) < _FEWEST_PITCHES:
        return 0.0
    usual = median(steps)  # each is some whole number of the reader's columns: only their mean is exact
    return fmean(step for step in steps if usual / _ODD_STEP < step < usual * _ODD_STEP)


def _em_share(lines: list[ReadLine]) -> float:
    """The size of characters as a share of their line's height, as lines of Chinese on this page have it."""
    shares = [pitch / _height(line) for line in lines if (pitch := _pitch(line))]
    return median(shares) if len(shares) >= _FEWEST_PITCHES else _USUAL_EM


def is_han(text: str) -> bool:
    """Whether a character is a Chinese one, which is as wide as high."""
    return "一" <= text <= "鿿"


def _boldness(image: Image, line: ReadLine, em: float) -> float:
    """The usual thickness of the strokes, in ems: twice the ink's area by the length of its outline."""
    xs, ys = [x for x, _ in line.corners], [y for _, y in line.corners]
    crop = image[max(0, int(min(ys))) : int(max(ys)) + 1, max(0, int(min(xs))) : int(max(xs)) + 1]
    if not crop.size or not em:
        return 0.0
    _, ink = cv2.threshold(crop, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if np.count_nonzero(ink) * 2 > ink.size:  # light text on a dark ground
        ink = cv2.bitwise_not(ink)
    inner = cv2.erode(ink, np.ones((3, 3), np.uint8))
    area = np.count_nonzero(ink)
    outline = area - np.count_nonzero(inner)
    return 2 * area / outline / em if outline else 0.0
