"""Turns an image file into grey values: whatever the format, bounded in pixels, transparent parts on white."""

import io
from collections.abc import Iterator
from itertools import islice

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps, ImageSequence, UnidentifiedImageError

from ingest.errors import DamagedDocument, DocumentError, DocumentTooLarge, UnsupportedFormat
from ingest.parse.ocr.recogniser import Image
from ingest.said import Said

MOST_PIXELS = 60_000_000
"""A sheet of A3 at 400 dpi has 31 million."""
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_DEEP = {"I", "I;16", "I;16B", "I;16L", "F"}


def frames(content: bytes, name: str, *, most: int) -> Iterator[Image]:
    """The pages of a TIFF file, or the one picture; of an animation the first.

    Raises `UnsupportedFormat`, `DamagedDocument` or `DocumentTooLarge` (more pixels than `MOST_PIXELS`, more pages than
    `most`).
    """
    try:
        picture = Pillow.open(io.BytesIO(content), formats=_FORMATS)
        pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
        if pages > most:
            raise DocumentTooLarge(
                Said("{name} has {pages} pages, more than the {most} taken.", name=name, pages=pages, most=most),
                "Split it into several files.",
            )
        for frame in islice(ImageSequence.Iterator(picture), pages):
            yield _grey(frame, name)
    except DocumentError:
        raise
    except UnidentifiedImageError as error:
        raise UnsupportedFormat(
            Said("{name} is no picture of a kind that can be read.", name=name), "Save it as PNG and put it in again."
        ) from error
    except Pillow.DecompressionBombError as error:
        raise _too_large(name) from error
    # Broad on purpose: decoders raise nearly anything on damaged data.
    except Exception as error:
        raise DamagedDocument(
            Said("{name} is a damaged picture: {kind}.", name=name, kind=type(error).__name__),
            "Save it as PNG and put it in again.",
        ) from error


def _grey(frame: Pillow.Image, name: str) -> Image:
    if frame.width * frame.height > MOST_PIXELS:
        raise _too_large(name)
    made = ImageOps.exif_transpose(frame)
    if made.mode in _DEEP:
        values = np.asarray(made, dtype=np.float64)
        low, high = float(values.min()), float(values.max())
        return np.asarray((values - low) / max(high - low, 1.0) * 255, np.uint8)
    if made.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in made.info:
        made = made.convert("RGBA")
        white = Pillow.new("RGBA", made.size, "white")
        made = Pillow.alpha_composite(white, made)
    return np.asarray(made.convert("L"), np.uint8)


def _too_large(name: str) -> DocumentTooLarge:
    return DocumentTooLarge(
        Said(
            "{name} has more than the {most_pixels} million pixels taken.", name=name, most_pixels=MOST_PIXELS // 10**6
        ),
        "Save it smaller.",
    )
