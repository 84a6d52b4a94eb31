"""What stands on a PDF page: characters with box and look, ruling lines, shaded areas; all as displayed.

Coordinates are points from the top left corner of the page as a viewer shows it (its crop box, turned by its
rotation).
"""

from collections import Counter
from dataclasses import dataclass, field

from ingest.document import BBox
from ingest.parse.pdf.annotations import Link, Remark

WHITE = (255, 255, 255)
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Char:
    """A character, or the text of a form field. `box` is its em box (the font's height, not the glyph's); `spaced`: a
    blank stands before it ("real", or "gap" when pdfium guessed it from the distance, else empty).
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
    `hidden` ones cannot be seen. Slanted text (watermarks) is left out. `angles` counts characters by how they stand
    (degrees anticlockwise), `unmapped` those whose font does not say what they are,
    `layered` those recognised in the picture they lie on. `shades` are filled rectangles
    with their colour ("" for white); `grounds` all filled areas from the lowest to the topmost, with their colour where
    it is one; `pictures` the boxes of images.
    """

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    turned: list[Char] = field(default_factory=list)
    hidden: list[Char] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    shades: list[tuple[BBox, str]] = field(default_factory=list)
    grounds: list[tuple[BBox, Colour | None]] = field(default_factory=list)
    pictures: list[BBox] = field(default_factory=list)
    angles: Counter[int] = field(default_factory=Counter)
    unmapped: int = 0
    layered: int = 0
    annotations: list[Remark | Link] = field(default_factory=list)

    def in_picture(self, x: float, y: float) -> bool:
        """Whether an image lies under the point."""
        return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self.pictures)

    def colours(self) -> set[Colour]:
        """The colours that something on the page has, and that of the paper: text of the same may be unseen."""
        return {WHITE, *(colour for _, colour in self.grounds if colour)}

    def ground(self, x: float, y: float) -> Colour | None:
        """The colour under the point, or None where it is not one colour (a picture, a shape with curves)."""
        for (x0, y0, x1, y1), colour in reversed(self.grounds):
            if x0 <= x <= x1 and y0 <= y <= y1:
                return colour
        return WHITE
