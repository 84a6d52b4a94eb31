"""Makes the view of one file. It runs in a worker process: here the heavy readers are loaded."""

from collections.abc import Callable
from pathlib import Path

from ingest.parse.containers import check_expansion
from ingest.parse.detect import detect
from ingest.parse.dispatch import PACKED, check_size
from ingest.view import flow, lines, packed, pages, sheets
from ingest.view.made import DESCRIPTION, Description, kind_of
from ingest.view.slides import make as make_slides

Told = Callable[[int, int], None]


def make_in_worker(told: Told, *, path: str, folder: str, max_bytes: int) -> bytes:
    """Write the view of the file at `path` into `folder`, which is made. Raises `DocumentError`s."""
    source, target = Path(path), Path(folder)
    check_size(source, max_bytes)
    if packed.is_archive(source):
        check_expansion(source, max_bytes)
        target.mkdir()
        return _described(target, packed.make(source, target, max_bytes))
    form = detect(source)
    if form in PACKED:
        check_expansion(source, max_bytes)
    target.mkdir()
    return _described(target, _make(source, target, form, max_bytes, told))


def _described(target: Path, description: Description) -> bytes:
    (target / DESCRIPTION).write_text(description.model_dump_json(exclude_defaults=True), "utf-8")
    return b""


def _make(source: Path, target: Path, form: str, max_bytes: int, told: Told) -> Description:
    match kind_of(form):
        case "pages":
            return pages.make(source, target, form)
        case "slides":
            return make_slides(source, target, form, told)
        case "sheets":
            return sheets.make(source, target, form, told)
        case "lines":
            return lines.make(source, target, form)
        case "flow":
            return flow.make(source, target, form, max_bytes, told)
