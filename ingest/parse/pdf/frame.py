"""Turns a PDF's own coordinates into those of the page as a viewer shows it."""

from dataclasses import dataclass

from ingest.document import BBox


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
