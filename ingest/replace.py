"""One document's way into the index: parse, describe, split, embed, and take the place of its predecessor."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ingest.chunk import Chunk
from ingest.document import DocumentMeta, Properties
from ingest.errors import StoreUnavailable, UnreadableFile
from ingest.index.store import Filter, Point, Store
from ingest.lexical import sparse_vectors
from ingest.library import Library
from ingest.metadata import describe
from ingest.parse.context import Context
from ingest.parse.dispatch import check_size, parse_file
from ingest.reconcile import drop_points
from ingest.report import IngestReport, Outcome, Progress
from ingest.source import SourceFile, content_id, is_gone
from ingest.split import split

RECIPE_VERSION = 1
"""Raised when parsers, splitter or vectors change what they make, so that every document is made anew."""

BATCH = 32
"""Chunks embedded at a time: often enough for a progress bar."""


def replace_document(
    library: Library, file: SourceFile, manifest: Mapping[str, Properties], report: IngestReport, progress: Progress
) -> Outcome:
    """Bring the index to what the file holds now, and say what that took.

    Nothing is written before all is made. Raises `DocumentError` when the file cannot be taken; what was indexed of it
    before then stays; `StoreUnavailable` when what is written does not stay in the store.
    """
    registry, limit = library.registry, library.settings.max_file_mb * 2**20
    check_size(file.path, limit)
    document_id = content_id(file.path)
    recipe = _recipe(library, file, manifest)
    before = registry.file_document(file.path)
    moved = [path for path in registry.sources(document_id) if path != file.path and is_gone(path)]
    if _is_current(library, file, document_id, recipe):
        if moved or not registry.is_settled(file.path, file.root, document_id):
            retire(library, lambda: registry.attach(file.path, file.root, document_id, moved))
        return "unchanged" if before in (document_id, None) else "updated"
    with report.stage("parse"):
        form, parsed = parse_file(file.path, Context(max_bytes=limit))
        if content_id(file.path) != document_id:
            raise UnreadableFile(f"{file.path.name} changed while it was read.", "Ingest again.")
    meta = describe(file.path, file.root, document_id, form, parsed, manifest)
    with report.stage("split"):
        chunks = split(document_id, parsed.elements, library.settings.chunk_chars)
    points = _embed(library, meta, chunks, report, progress)
    with report.stage("write"):
        _put(library, meta, points, lambda: registry.activate(meta, recipe, len(chunks), file.path, file.root, moved))
    report.chunks += len(chunks)
    return "updated" if before or moved else "added"


def retire(library: Library, change: Callable[[], list[str]]) -> int:
    """Make a change to the registry while nobody reads, then delete what it made stale; returns how many documents."""
    with library.changing():
        stale = change()
    drop_points(library.registry, library.store, stale)
    return len(stale)


def _embed(
    library: Library, meta: DocumentMeta, chunks: Sequence[Chunk], report: IngestReport, progress: Progress
) -> list[Point]:
    points: list[Point] = []
    for start in range(0, len(chunks), BATCH):
        batch = chunks[start : start + BATCH]
        texts = [chunk.embedding_text(meta.title) for chunk in batch]
        with report.stage("embed"):
            dense = library.embedder.embed_passages(texts)
        with report.stage("lexical"):
            sparse = [sparse_vectors(text) for text in texts]
        points += [Point(chunk, meta, vector, terms) for chunk, vector, terms in zip(batch, dense, sparse, strict=True)]
        progress.embedded(len(points), len(chunks))
    return points


def _put(library: Library, meta: DocumentMeta, points: Sequence[Point], activate: Callable[[], list[str]]) -> None:
    """Write the document's points and make it seen, in the place of its predecessor if there is one."""
    registry, store = library.registry, library.store
    if registry.active_recipe(meta.id) is None:
        # Questions go on being answered from the predecessor while the points are written beside its own.
        with library.changing():
            registry.begin(meta)
        _write(store, meta, points)
        retire(library, activate)
    else:
        # The same content made anew has the same ids: nobody may look while its points are exchanged.
        with library.changing():
            registry.begin(meta)
            _write(store, meta, points)
            stale = activate()
        drop_points(registry, store, stale)


def _write(store: Store, meta: DocumentMeta, points: Sequence[Point]) -> None:
    # Who opens a server's collection deletes what is not active yet, and that may be these points: hence a second try.
    for _ in range(2):
        store.delete_documents([meta.id])
        store.upsert(points)
        if store.count(Filter(equals={"document_id": (meta.id,)})) == len(points):
            return
    raise StoreUnavailable(
        f"What is written of {meta.path} does not stay in the index: another process deletes it.",
        "Let one process at a time ingest into this index, then ingest again.",
    )


def _is_current(library: Library, file: SourceFile, document_id: str, recipe: str) -> bool:
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
        library.embedder.fingerprint,
        library.settings.chunk_chars,
        file.path.relative_to(file.root).as_posix(),
        own.model_dump() if own else None,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]
