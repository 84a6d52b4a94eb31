"""Draws text into pictures with the font that comes with Pillow, which knows no Chinese but is there everywhere."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont


def written(*lines: str, size: int = 28, width: int = 900, at: tuple[int, int] = (60, 60)) -> Image.Image:
    """Black lines on white, one below the other."""
    picture = Image.new("L", (width, at[1] + len(lines) * size * 2 + 60), 255)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((at[0], at[1] + number * size * 2), line, font=ImageFont.load_default(size), fill=0)
    return picture


def ruled(rows: Sequence[Sequence[str]], size: int = 28, wide: int = 240) -> Image.Image:
    """A table with ruling lines."""
    high = size * 2
    picture = Image.new("L", (wide * len(rows[0]) + 120, high * len(rows) + 120), 255)
    pen = ImageDraw.Draw(picture)
    for down, row in enumerate(rows):
        for across, text in enumerate(row):
            x, y = 60 + across * wide, 60 + down * high
            pen.rectangle((x, y, x + wide, y + high), outline=0, width=2)
            pen.text((x + 12, y + 10), text, font=ImageFont.load_default(size), fill=0)
    return picture


def encoded(picture: Image.Image, form: str = "PNG") -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()
