"""Pictures out of documents as PNG files of our own making: no byte of the original reaches a browser."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from ingest.document import Element, Locator, ParsedDocument
from ingest.errors import DocumentError
from ingest.parse.context import nobody_watches
from ingest.parse.ocr.decode import MOST_PIXELS
from ingest.parse.ocr.metafile import is_metafile, to_png

MOST_PICTURES = 500
"""Pictures kept of one document."""
_LONGEST_SIDE = 1600
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


@dataclass(frozen=True)
class Kept:
    """A picture's file in the folder, and its size in its own pixels, which boxes on it are stated in."""

    name: str
    width: int
    height: int


@dataclass
class PictureShelf:
    """The `PictureReader` of a view: it puts each picture into `folder` and stands a caption in its place.

    `kept` is what became of each picture, by its name in the document.
    """

    folder: Path
    progress: Callable[[int, int], None] = nobody_watches
    kept: dict[str, Kept] = field(default_factory=dict)

    def read(self, picture: bytes, place: Locator) -> ParsedDocument:
        """As `PictureReader` says, with the picture's name for its text."""
        name = place.picture or ""
        if self.put(picture, name) is None:
            return ParsedDocument(elements=())
        return ParsedDocument(elements=(Element(kind="caption", text=name.rpartition("/")[2] or "图", locator=place),))

    def put(self, picture: bytes, name: str) -> Kept | None:
        """Keep the picture that the document calls `name`; None when it cannot be shown."""
        if name not in self.kept:
            if len(self.kept) >= MOST_PICTURES:
                return None
            made = _made(picture, name, self.progress)
            if made is None:
                return None
            png, width, height = made
            file = f"{hashlib.sha256(picture).hexdigest()[:16]}.png"
            (self.folder / file).write_bytes(png)
            self.kept[name] = Kept(file, width, height)
            self.progress(len(self.kept), len(self.kept))
        return self.kept[name]


def _made(content: bytes, name: str, progress: Callable[[int, int], None]) -> tuple[bytes, int, int] | None:
    try:
        if is_metafile(content):
            content = to_png(content, name, progress)
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            shown = ImageOps.exif_transpose(picture)
            width, height = shown.size
            if "transparency" in shown.info or shown.mode in {"RGBA", "LA", "PA"}:
                clear = shown.convert("RGBA")
                shown = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
            shown = shown.convert("RGB")
            shown.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    except DocumentError:
        return None
    # Broad on purpose: decoders raise nearly anything on damaged data, and a picture is no reason to show nothing.
    except Exception:  # noqa: BLE001
        return None
    out = BytesIO()
    shown.save(out, "PNG", compress_level=6)
    return out.getvalue(), width, height
