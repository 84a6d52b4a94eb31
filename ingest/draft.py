"""What a file holds now, on its way to becoming a document: identified, and read where that is new."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest import tracing
from ingest.document import Properties
from ingest.errors import UnreadableFile
from ingest.library import Library
from ingest.parse.dispatch import check_size
from ingest.parse.file_names import extension
from ingest.parse.options import ReadOptions
from ingest.report import Progress
from ingest.said import Said
from ingest.source import SourceFile, content_id, is_gone

RECIPE_VERSION = 3
"""Raised when parsers, splitter or vectors change what they make, so that every document is made anew."""


@dataclass(frozen=True)
class Draft:
    """The id of the content, the recipe it would be made by, and the content as read: an `ingest.parse.reading.Parsed`
    as JSON, which takes a tenth of the memory. None when the library holds it already.
    """

    document_id: str
    recipe: str
    content: bytes | None


def draw_up(
    library: Library,
    file: SourceFile,
    manifest: Mapping[str, Properties],
    progress: Progress,
    wanted: Callable[[str], bool] = lambda _: True,
) -> Draft:
    """Look at the file, and read it in a worker when what it holds is not current and the id is `wanted`.

    Raises `DocumentError` and `ParsersUnavailable`.
    """
    check_size(file.path, library.settings.max_file_mb * 2**20)
    document_id = content_id(file.path)
    recipe = _recipe(library, file, manifest)
    if is_current(library, file, document_id, recipe) or not wanted(document_id):
        return Draft(document_id, recipe, None)
    return Draft(document_id, recipe, read_unchanged(library, file, document_id, progress))


@tracing.span("read")
def read_unchanged(library: Library, file: SourceFile, document_id: str, progress: Progress) -> bytes:
    """The content of the file as read, which is that of this id from beginning to end.

    Raises as `draw_up` does; `UnreadableFile` when the file changed meanwhile.
    """
    tracing.note({"caselore.document.id": document_id, "caselore.document.kind": extension(file.path)})
    content = library.parsers.read(file.path, ReadOptions.of(library.settings), partial(progress.reading, file.path))
    if content_id(file.path) != document_id:
        raise UnreadableFile(Said("{name} changed while it was read.", name=file.path.name), "Ingest again.")
    return content


def is_current(library: Library, file: SourceFile, document_id: str, recipe: str) -> bool:
    """Whether the library holds this content of the file as it would be made now."""
    active = library.registry.active_recipe(document_id)
    # Of several copies the first by path describes the document; the others add nothing.
    return active == recipe or (active is not None and _has_earlier_copy(library, file.path, document_id))


def _has_earlier_copy(library: Library, path: Path, document_id: str) -> bool:
    return any(source < path and not is_gone(source) for source in library.registry.sources(document_id))


def _recipe(library: Library, file: SourceFile, manifest: Mapping[str, Properties]) -> str:
    """All that decides what a given content becomes: a change in any of it makes the document anew."""
    own = manifest.get(file.path.relative_to(file.root).as_posix())
    parts = [
        RECIPE_VERSION,
        ReadOptions.of(library.settings).shaping(),
        library.embedder.fingerprint,
        library.settings.chunk_chars,
        file.path.relative_to(file.root).as_posix(),
        own.model_dump() if own else None,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]
