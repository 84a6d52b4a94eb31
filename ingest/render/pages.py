"""Pictures of a document's pages: PDF by pdfium, office documents printed first."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.document import Value
from ingest.errors import DamagedDocument
from ingest.parse.context import PLAIN, Context
from ingest.render.letters import Letters, letters_of
from ingest.render.office import PRINTED, printed
from ingest.said import Said

PICTURES = frozenset({"png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "webp"})
RENDERED = PRINTED | PICTURES | {"pdf"}
"""The formats whose pages can be shown."""

Told = Callable[[int, int], None]

_DOTS_PER_POINT = 1.6
_MOST_FRAMES = 1_000
_ORIENTATION, _UPRIGHT = 0x0112, 4
"""Of EXIF's orientations those above the fourth lie on their side."""
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


def page_sizes(path: Path, form: str) -> list[tuple[float, float]]:
    """Width and height of each page of a PDF (points) or picture (pixels), without drawing any. Raises
    `DamagedDocument`.
    """
    if form == "pdf":
        with _pdf(path) as document:
            return [document.get_page_size(at) for at in range(len(document))]
    with _picture(path) as picture:
        found: list[tuple[float, float]] = []
        for at in range(min(getattr(picture, "n_frames", 1), _MOST_FRAMES)):
            picture.seek(at)
            turned = picture.getexif().get(_ORIENTATION, 1) > _UPRIGHT
            found.append((picture.height, picture.width) if turned else picture.size)
        return found


def draw_page(path: Path, form: str, number: int, wide: int) -> bytes:
    """Page `number` (from 1) of a PDF or picture as a PNG about `wide` pixels wide. Raises `DamagedDocument`, and
    IndexError where there is no such page.
    """
    if form == "pdf":
        with _pdf(path) as document:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(wide / max(width, 1), _LONGEST_SIDE / max(width, height, 1))
            return _quick_png(page.render(scale=scale).to_pil())
    with _picture(path) as picture:
        picture.seek(number - 1)
        frame = _upright(picture)
        frame.thumbnail((max(wide, 1), _LONGEST_SIDE))
        return _quick_png(frame)


@contextmanager
def open_letters(path: Path) -> Iterator[Callable[[int], Letters]]:
    """Gives the letters of a PDF's pages (from 1), as long as it is open; none of pages whose text layer counts from
    another corner than their picture. Raises `DamagedDocument`.
    """
    with _pdf(path) as document:

        def letters(number: int) -> Letters:
            page = document[number - 1]
            straight = page.get_rotation() == 0 and tuple(page.get_cropbox()[:2]) == (0, 0)
            return letters_of(page) if straight else Letters()

        yield letters


def _pdf_pages(path: Path, most: int | None) -> Iterator[PagePicture]:
    with _pdf(path) as document:
        for at in range(min(len(document), most or len(document))):
            page = document[at]
            width, height = page.get_size()
            scale = min(_DOTS_PER_POINT, _LONGEST_SIDE / max(width, height, 1))
            png = _png(page.render(scale=scale).to_pil())
            yield PagePicture(number=at + 1, width=width, height=height, png=png, letters=letters_of(page))
            page.close()


def _frames(path: Path, most: int | None) -> Iterator[PagePicture]:
    with _picture(path) as picture:
        for at in range(min(getattr(picture, "n_frames", 1), most or _MOST_FRAMES)):
            picture.seek(at)
            frame = _upright(picture)
            width, height = frame.size
            frame.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            yield PagePicture(number=at + 1, width=width, height=height, png=_png(frame))


@contextmanager
def _pdf(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(str(path))
        document.init_forms()
        try:
            yield document
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise DamagedDocument(
            Said("{name} cannot be drawn: {error}.", name=path.name, error=error), "Open it in a PDF reader."
        ) from error


@contextmanager
def _picture(path: Path) -> Iterator[Image.Image]:
    try:
        with Image.open(path) as picture:
            yield picture
    except EOFError as error:
        raise IndexError(path.name) from error
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        raise DamagedDocument(
            Said("{name} cannot be drawn.", name=path.name), "Open it in a picture viewer."
        ) from error


def _upright(picture: Image.Image) -> Image.Image:
    """The frame as its text is read: boxes count in the picture that a camera meant."""
    return ImageOps.exif_transpose(picture).convert("RGB")


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _quick_png(picture: Image.Image) -> bytes:
    """For who waits: an A4 page of 1500 x 2100 pixels takes .15 s and 65 KB, against .9 s and 90 KB of `_png`."""
    out = BytesIO()
    few = picture.convert("RGB").quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG", compress_level=6)
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
