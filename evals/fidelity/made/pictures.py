"""Draws text into pictures, and knows where it has drawn it."""

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ingest.document import BBox
from ingest.errors import UnavailableError

_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)


@cache
def font_file() -> str:
    """A font with Chinese characters. Raises `UnavailableError` when none is installed."""
    for one in _FONTS:
        if Path(one).is_file():
            return one
    raise UnavailableError("No Chinese font is installed to draw with.", "Install fonts-noto-cjk.")


def drawn(lines: list[str], size: int = 32, width: int = 900, turned: int = 0) -> tuple[bytes, list[BBox]]:
    """A PNG with one line of text below the other, turned clockwise by `turned` degrees (0, 90, 180, 270), and the box
    of each line in the picture's pixels.
    """
    font = ImageFont.truetype(font_file(), size)
    height = int(size * 1.9 * len(lines) + 2 * size)
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    boxes: list[BBox] = []
    for at, line in enumerate(lines):
        x0, y0, x1, y1 = pen.textbbox((size, size + at * size * 1.9), line, font=font)
        pen.text((size, size + at * size * 1.9), line, font=font, fill="black")
        boxes.append((x0, y0, x1, y1))
    for _ in range(turned // 90):
        picture = picture.rotate(-90, expand=True)
        boxes = [(height - y1, x0, height - y0, x1) for x0, y0, x1, y1 in boxes]
        width, height = height, width
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue(), boxes


def diagram(labels: list[str]) -> tuple[bytes, list[BBox]]:
    """An architecture diagram: a box for each label, joined by lines; the box of each label's text."""
    font = ImageFont.truetype(font_file(), 26)
    columns = 3
    picture = Image.new("RGB", (980, 170 * -(-len(labels) // columns) + 40), "#f7f9fc")
    pen = ImageDraw.Draw(picture)
    boxes: list[BBox] = []
    for at, label in enumerate(labels):
        x, y = 40 + 320 * (at % columns), 40 + 170 * (at // columns)
        if at % columns:
            pen.line((x - 60, y + 45, x, y + 45), fill="#445", width=3)
        pen.rectangle((x, y, x + 260, y + 90), outline="#2d6cdf", width=3, fill="#e8f0fe")
        wide = pen.textlength(label, font=font)
        spot = (x + 130 - wide / 2, y + 28)
        pen.text(spot, label, font=font, fill="#123")
        boxes.append(pen.textbbox(spot, label, font=font))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue(), boxes
