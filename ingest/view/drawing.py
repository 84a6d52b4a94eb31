"""Draws pages, and finds words on them. It runs in a worker process."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.document import BBox
from ingest.parse.context import Context
from ingest.render.office import printed
from ingest.render.pages import draw_page
from ingest.view import pages

Told = Callable[[int, int], None]


def draw_in_worker(_told: Told, *, path: str, form: str, number: int, wide: int, target: str) -> bytes:
    """Write page `number` as a PNG, `wide` pixels wide, to `target`. Raises `DamagedDocument`."""
    Path(target).write_bytes(draw_page(Path(path), form, number, wide))
    return b""


def print_in_worker(told: Told, *, path: str, form: str, target: str) -> bytes:
    """Print an office document to the PDF `target`. Raises what `printed` raises."""
    with printed(Path(path), form, Context(progress=told)) as pdf:
        shutil.copyfile(pdf, target)
    return b""


def boxes_in_worker(_told: Told, *, path: str, page: int, bbox: Sequence[float] | None, quote: str) -> bytes:
    """The boxes of a quote on a page of a PDF, as JSON. Raises `DamagedDocument`."""
    stated: BBox | None = (bbox[0], bbox[1], bbox[2], bbox[3]) if bbox else None
    return json.dumps(pages.boxes(Path(path), page, stated, quote)).encode()
