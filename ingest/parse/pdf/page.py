"""What stands on a PDF page: characters with box and look, ruling lines, shaded areas; all as displayed.

Coordinates are points from the top left corner of the page as a viewer shows it (its crop box, turned by its
rotation).
"""

from collections import Counter
from dataclasses import dataclass, field

from ingest.document import BBox


@dataclass(frozen=True, slots=True)
class Char:
    """A character. `box` is its em box (the font's height, not the glyph's); `spaced`: a blank stands before it
    ("real", or "gap" when pdfium guessed it from the distance, else empty).
    """

    text: str
    box: BBox
    size: float
    bold: bool
    font: str
    spaced: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line: at `at` (y of a horizontal one, x of a vertical one), from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass
class Page:
    """`chars` are upright, `turned` ones are written upwards, downwards or head down, all in the order they are drawn;
    `angles` counts characters by how they stand (degrees anticlockwise). Slanted text (watermarks) is left out.
    """

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    turned: list[Char] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    shades: list[tuple[BBox, str]] = field(default_factory=list)
    angles: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class Frame:
    """Turns PDF user space into what is displayed: `box` is the crop box, `rotation` clockwise in degrees."""

    box: BBox
    rotation: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space as displayed."""
        left, bottom, right, top = self.box
        match self.rotation:
            case 90:
                return y - bottom, x - left
            case 180:
                return right - x, y - bottom
            case 270:
                return top - y, right - x
            case _:
                return x - left, top - y

    def rectangle(self, left: float, bottom: float, right: float, top: float) -> BBox:
        """A rectangle of user space as displayed."""
        if not self.rotation:
            x0, y0, x1, y1 = left - self.box[0], self.box[3] - top, right - self.box[0], self.box[3] - bottom
        else:
            (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
