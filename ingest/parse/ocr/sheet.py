"""Leads from a page as it was read back to its picture: where a box lies there, and how sure its text is."""

from ingest.document import BBox
from ingest.parse.ocr.page_reading import PageReading, about_middle
from ingest.parse.ocr.recogniser import Point, ReadLine


class Sheet:
    """One page. A pixel of the reading is `scale` units long on the read page (level, the right way up), and `shown`
    units on the original.
    """

    def __init__(self, reading: PageReading, scale: float, shown: float) -> None:
        self._shown = shown / scale
        self._turn, self._skew = reading.turn, reading.skew
        self._width, self._height = reading.width * scale, reading.height * scale
        self._lines: list[tuple[Point, int, float]] = []
        for one in reading.written:
            xs, ys = [x for x, _ in one.line.corners], [y for _, y in one.line.corners]
            middle = self._point((sum(xs) / 4 * scale, sum(ys) / 4 * scale))
            self._lines.append((middle, len(one.line.glyphs), one.line.confidence))
        self.illegible = [(line.text, _around(line, scale)) for line in reading.dim]
        """What is too uncertain to be text, with its box on the read page."""

    def original(self, box: BBox) -> BBox:
        """The smallest box on the original around a box on the read page."""
        x0, y0, x1, y1 = box
        points = [self._point(corner) for corner in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
        xs, ys = [x * self._shown for x, _ in points], [y * self._shown for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def confidence(self, box: BBox) -> float:
        """How sure the text in a box on the original is: the mean over its characters (of the page's, without any)."""
        x0, y0, x1, y1 = (edge / self._shown for edge in box)
        inside = [
            (count, sure) for (x, y), count, sure in self._lines if x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1
        ]
        inside = inside or [(count, sure) for _, count, sure in self._lines]
        total = sum(count for count, _ in inside)
        return round(sum(count * sure for count, sure in inside) / total, 3) if total else 0.0

    def _point(self, point: Point) -> Point:
        """A point of the read page on the original."""
        x, y = about_middle(point, self._skew, self._width, self._height)
        match self._turn:
            case 90:
                return y, self._width - x
            case 180:
                return self._width - x, self._height - y
            case 270:
                return self._height - y, x
            case _:
                return x, y


def _around(line: ReadLine, scale: float) -> BBox:
    xs, ys = [x * scale for x, _ in line.corners], [y * scale for _, y in line.corners]
    return min(xs), min(ys), max(xs), max(ys)
