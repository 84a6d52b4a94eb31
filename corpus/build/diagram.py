"""A diagram as data (zones with boxes, arrows between boxes): drawn as shapes on a slide or as a picture in a text."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SIMPLIFIED_CHINESE = 2  # the face's index in the collection
SCALE = 40  # pixels per centimetre


@dataclass(frozen=True)
class Box:
    """A labelled box; position and size in centimetres from the diagram's top left."""

    key: str
    label: str
    x: float
    y: float
    w: float = 4.0
    h: float = 1.1
    fill: str = "DEEAF6"


@dataclass(frozen=True)
class Zone:
    """A frame with a title around boxes (a site, a network zone)."""

    label: str
    x: float
    y: float
    w: float
    h: float
    boxes: tuple[Box, ...] = ()
    fill: str = "F7F9FC"


@dataclass(frozen=True)
class Arrow:
    """From one box to another (by key), with an optional label at its middle."""

    start: str
    end: str
    label: str = ""
    both: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Diagram:
    """What to draw; `w` and `h` in centimetres."""

    w: float
    h: float
    zones: tuple[Zone, ...] = ()
    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = field(default=())

    def all_boxes(self) -> dict[str, Box]:
        return {box.key: box for box in (*self.boxes, *(box for zone in self.zones for box in zone.boxes))}


def sides(start: Box, end: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where an arrow leaves `start` and reaches `end`: the facing sides' middles."""
    if start.x + start.w <= end.x or end.x + end.w <= start.x:
        first, last = ("right", "left") if start.x < end.x else ("left", "right")
    else:
        first, last = ("bottom", "top") if start.y < end.y else ("top", "bottom")
    return _side(start, first), _side(end, last)


def _side(box: Box, side: str) -> tuple[float, float]:
    return {
        "left": (box.x, box.y + box.h / 2),
        "right": (box.x + box.w, box.y + box.h / 2),
        "top": (box.x + box.w / 2, box.y),
        "bottom": (box.x + box.w / 2, box.y + box.h),
    }[side]


def picture(diagram: Diagram) -> bytes:
    """The diagram as a PNG, as it would be pasted into a text."""
    image = Image.new("RGB", (round(diagram.w * SCALE), round(diagram.h * SCALE)), "white")
    draw = ImageDraw.Draw(image)
    small, normal = (ImageFont.truetype(FONT, size, index=SIMPLIFIED_CHINESE) for size in (14, 17))
    for zone in diagram.zones:
        draw.rounded_rectangle(_pixels(zone), 10, fill=f"#{zone.fill}", outline="#7F8FA9", width=2)
    boxes = diagram.all_boxes()
    for arrow in diagram.arrows:
        _arrow(draw, boxes, arrow, small)
    for zone in diagram.zones:
        corner = ((zone.x + 0.25) * SCALE, (zone.y + 0.12) * SCALE)
        draw.rectangle(draw.textbbox(corner, zone.label, font=normal), fill=f"#{zone.fill}")
        draw.text(corner, zone.label, font=normal, fill="#1F3864")
    for box in boxes.values():
        draw.rounded_rectangle(_pixels(box), 6, fill=f"#{box.fill}", outline="#2F5597", width=2)
        centre = ((box.x + box.w / 2) * SCALE, (box.y + box.h / 2) * SCALE)
        draw.multiline_text(centre, box.label, font=small, fill="black", anchor="mm", align="center")
    data = io.BytesIO()
    image.quantize(32).save(data, "PNG", optimize=True)
    return data.getvalue()


def _pixels(one: Box | Zone) -> tuple[float, float, float, float]:
    return one.x * SCALE, one.y * SCALE, (one.x + one.w) * SCALE, (one.y + one.h) * SCALE


def _arrow(draw: ImageDraw.ImageDraw, boxes: dict[str, Box], arrow: Arrow, font: ImageFont.FreeTypeFont) -> None:
    (x0, y0), (x1, y1) = sides(boxes[arrow.start], boxes[arrow.end])
    x0, y0, x1, y1 = x0 * SCALE, y0 * SCALE, x1 * SCALE, y1 * SCALE
    length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1)
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    step = 12 if arrow.dashed else length
    at = 0.0
    while at < length:
        stop = min(at + step * (0.6 if arrow.dashed else 1), length)
        draw.line((x0 + dx * at, y0 + dy * at, x0 + dx * stop, y0 + dy * stop), fill="#C55A11", width=2)
        at += step
    tips = [(x1, y1, dx, dy)] + ([(x0, y0, -dx, -dy)] if arrow.both else [])
    for x, y, ux, uy in tips:
        back = (x - 12 * ux, y - 12 * uy)
        draw.polygon(
            ((x, y), (back[0] - 5 * uy, back[1] + 5 * ux), (back[0] + 5 * uy, back[1] - 5 * ux)), fill="#C55A11"
        )
    if arrow.label:
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        box = draw.multiline_textbbox(middle, arrow.label, font=font, anchor="mm", align="center")
        draw.rectangle((box[0] - 3, box[1] - 2, box[2] + 3, box[3] + 2), fill="white")
        draw.multiline_text(middle, arrow.label, font=font, fill="#843C0C", anchor="mm", align="center")
