"""Has the pictures on a page with text read: diagrams and screenshots hold facts too."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2

from ingest.document import BBox, Element, Locator, ParsedDocument, Unread
from ingest.parse.context import Context
from ingest.parse.pdf.lines import bounds
from ingest.parse.pdf.page import Page

_TOUCH = 2.0  # points between strips of one picture
_NARROWEST, _LOWEST = 36.0, 12.0  # points; smaller pictures are bullets and rules
_SCALE = 3.0  # pixels a point: 216 dpi
_MOST_PIXELS = 20_000_000
_MOST_PICTURES = 40
"""A page with more is a mosaic or a map of tiles."""
_WRITTEN_OVER = 0.5  # share of a line's area that the page's own text covers


@dataclass(frozen=True)
class Picture:
    """A picture on a page (from 1), its box there, and what it says."""

    page: int
    box: BBox
    elements: tuple[Element, ...]
    unread: tuple[Unread, ...] = ()


def read_pictures(raw: pypdfium2.PdfPage, page: Page, written: Sequence[BBox], context: Context) -> Iterator[Picture]:
    """What each picture on the page says, with its places on the page in points.

    `page` must be as displayed (not turned). `written` are the boxes of the page's own text, which is not read again
    where it stands over a picture.
    """
    if context.pictures is None:
        return
    for at, box in enumerate(_whole(page), start=1):
        found, scale = _read(raw, page, at, box, context)
        placed = [_placed(one, page.number, box, scale) for one in found.elements]
        kept = tuple(one for one in placed if not (one.locator.bbox and _is_written(one.locator.bbox, written)))
        if kept or found.unread:
            yield Picture(page.number, box, kept, found.unread)


def _whole(page: Page) -> list[BBox]:
    """The boxes of the page's pictures, strips of one picture as one, cut to the page; from top to bottom."""
    boxes: list[BBox] = []
    for box in sorted(page.pictures, key=lambda one: (one[1], one[0])):
        touching = [one for one in boxes if _touch(one, box)]
        boxes = [one for one in boxes if one not in touching] + [bounds([box, *touching])]
    cut = [(max(x0, 0.0), max(y0, 0.0), min(x1, page.width), min(y1, page.height)) for x0, y0, x1, y1 in boxes]
    large = [one for one in cut if one[2] - one[0] >= _NARROWEST and one[3] - one[1] >= _LOWEST]
    return large if len(large) <= _MOST_PICTURES else []


def _touch(one: BBox, other: BBox) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across >= -_TOUCH and down >= -_TOUCH


def _read(raw: pypdfium2.PdfPage, page: Page, at: int, box: BBox, context: Context) -> tuple[ParsedDocument, float]:
    """What the picture says, in pixels, and how many of them make a point."""
    # Rendering that part of the page gives the picture as a reader sees it: turned, masked, in its colours, its strips
    # put together.
    x0, y0, x1, y1 = box
    scale = min(_SCALE, (_MOST_PIXELS / ((x1 - x0) * (y1 - y0))) ** 0.5)
    crop = (x0, page.height - y1, page.width - x1, y0)
    file = io.BytesIO()
    raw.render(scale=scale, crop=crop, may_draw_forms=False).to_pil().convert("RGB").save(file, "PNG")
    place = Locator(kind="page", page=page.number, bbox=box, picture=f"p{page.number}-{at}.png")
    return context.picture(file.getvalue(), place), scale


def _placed(element: Element, page: int, box: BBox, scale: float) -> Element:
    def on_page(place: Locator) -> Locator:
        if place.bbox is None:
            found = box
        else:
            a, b, c, d = (edge / scale for edge in place.bbox)
            found = (box[0] + a, box[1] + b, box[0] + c, box[1] + d)
        return Locator(kind="page", page=page, bbox=found)

    table = element.table
    if table:
        rows = tuple(row.model_copy(update={"locator": on_page(row.locator)}) for row in table.rows)
        table = table.model_copy(update={"rows": rows})
    return element.model_copy(update={"locator": on_page(element.locator), "table": table})


def _is_written(box: BBox, written: Sequence[BBox]) -> bool:
    area = max((box[2] - box[0]) * (box[3] - box[1]), 1.0)
    shared = (
        max(0.0, min(box[2], one[2]) - max(box[0], one[0])) * max(0.0, min(box[3], one[3]) - max(box[1], one[1]))
        for one in written
    )
    return sum(shared) > _WRITTEN_OVER * area
