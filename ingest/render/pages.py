"""Pictures of a document's pages: PDF by pdfium, office documents printed first."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, UnidentifiedImageError

from ingest.document import Value
from ingest.errors import DamagedDocument
from ingest.parse.context import PLAIN, Context
from ingest.render.letters import Letters, letters_of
from ingest.render.office import PRINTED, printed

PICTURES = frozenset({"png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "webp"})
RENDERED = PRINTED | PICTURES | {"pdf"}
"""The formats whose pages can be shown."""

Told = Callable[[int, int], None]

_DOTS_PER_POINT = 1.6
_LONGEST_SIDE = 2400
"""Of a page's picture, in pixels: a plan of two metres becomes no bitmap of a gigabyte."""


class PagePicture(Value):
    """A page as a PNG. `width` and `height` are in the unit of the locators' boxes: points, or a picture's pixels.

    `letters` is the text on it with the place of each letter; empty for scans.
    """

    number: int
    width: float
    height: float
    png: bytes
    letters: Letters = Letters()


def render_pages(path: Path, form: str, most: int | None = None, context: Context = PLAIN) -> Iterator[PagePicture]:
    """The pages of the document at `path`, whose content has the format `form`; the first `most` of them.

    `context` is told of progress. Formats that are not `RENDERED` have no pages. Raises `DamagedDocument`, and what
    `printed` raises.
    """
    if form == "pdf":
        yield from _pdf_pages(path, most)
    elif form in PICTURES:
        yield from _frames(path, most)
    elif form in PRINTED:
        with printed(path, form, context) as pdf:
            yield from _pdf_pages(pdf, most)


def _pdf_pages(path: Path, most: int | None) -> Iterator[PagePicture]:
    try:
        document = pypdfium2.PdfDocument(str(path))
        document.init_forms()
        try:
            for at in range(min(len(document), most or len(document))):
                page = document[at]
                width, height = page.get_size()
                scale = min(_DOTS_PER_POINT, _LONGEST_SIDE / max(width, height, 1))
                png = _png(page.render(scale=scale).to_pil())
                yield PagePicture(number=at + 1, width=width, height=height, png=png, letters=letters_of(page))
                page.close()
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise DamagedDocument(f"{path.name} cannot be drawn: {error}.", "Open it in a PDF reader.") from error


def _frames(path: Path, most: int | None) -> Iterator[PagePicture]:
    try:
        with Image.open(path) as picture:
            for at in range(min(getattr(picture, "n_frames", 1), most or 1_000)):
                picture.seek(at)
                frame = picture.convert("RGB")
                width, height = frame.size
                frame.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
                yield PagePicture(number=at + 1, width=width, height=height, png=_png(frame))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        raise DamagedDocument(f"{path.name} cannot be drawn.", "Open it in a picture viewer.") from error


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(out, "PNG", optimize=True)
    return out.getvalue()


def render_in_worker(told: Told, *, path: str, form: str, folder: str, most: int) -> bytes:
    """As `render_pages`, for a worker: the pictures go into `folder` as `1.png`…, what else is known of the pages comes
    back as a JSON list.
    """
    pages = []
    for page in render_pages(Path(path), form, most, Context(progress=told)):
        Path(folder, f"{page.number}.png").write_bytes(page.png)
        pages.append(page.model_dump(exclude={"png"}))
        told(page.number, 0)
    return json.dumps(pages).encode()
