"""One document's way into the index: read, describe, split, embed, and take the place of its predecessor."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from ingest import tracing
from ingest.chunk import Chunk
from ingest.document import DocumentMeta, Properties
from ingest.draft import Draft, draw_up, is_current, read_unchanged
from ingest.errors import StoreUnavailable
from ingest.index.store import Filter, Point, Store
from ingest.lexical import sparse_vectors
from ingest.library import Library
from ingest.metadata import describe
from ingest.parse.reading import Parsed
from ingest.reconcile import drop_points
from ingest.report import Failure, IngestReport, Note, Outcome, Progress
from ingest.said import Said
from ingest.source import SourceFile, is_gone
from ingest.split import split
from ingest.view.parsed import keep_parsed

BATCH = 32
"""Chunks embedded at a time: often enough for a progress bar."""


@tracing.span("document")
def replace_document(
    library: Library,
    file: SourceFile,
    manifest: Mapping[str, Properties],
    report: IngestReport,
    progress: Progress,
    drawn: Callable[[], Draft] | None = None,
) -> Outcome:
    """Bring the index to what the file holds now, and say what that took.

    `drawn` gives the file's draft when it was begun ahead. Nothing is written before all is made. Raises
    `DocumentError` when the file cannot be taken; what was indexed of it before then stays; `StoreUnavailable` when
    what is written does not stay in the store; `ParsersUnavailable`.
    """
    registry = library.registry
    with report.waiting("parse") as waiting:
        draft = drawn() if drawn else draw_up(library, file, manifest, progress)
        waiting.counts = draft.content is not None
    document_id, recipe = draft.document_id, draft.recipe
    tracing.note({"caselore.document.id": document_id})
    before = registry.file_document(file.path)
    sources = [path for path in registry.sources(document_id) if path != file.path]
    moved = [path for path in sources if is_gone(path)]
    if is_current(library, file, document_id, recipe):
        if moved or not registry.is_settled(file.path, file.root, document_id):
            if len(sources) > len(moved):
                report.notes.append(
                    Note(file.shown, Said("The same content as {path}.", path=registry.document(document_id).path))
                )
            retire(library, lambda: registry.attach(file.path, file.root, document_id, moved))
        return "unchanged" if before in (document_id, None) else "updated"
    with report.stage("parse"):
        content = draft.content or read_unchanged(library, file, document_id, progress)
        parsed = Parsed.model_validate_json(content)
    meta = describe(file.path, file.root, document_id, parsed.format, parsed.document, manifest)
    unread = [Failure.of(file.shown, one) for one in parsed.document.unread]
    with report.stage("split"):
        chunks = split(document_id, parsed.document.elements, library.settings.chunk_chars)
    fast = library.settings.ingest_profile == "fast"
    points = _points(library, meta, chunks, report, progress, fast=fast)
    with library.writing(), report.stage("write"):
        _put(
            library,
            meta,
            points,
            lambda: registry.activate(meta, recipe, len(chunks), file.path, file.root, moved, unread, shallow=fast),
        )
        keep_parsed(library, document_id, content)
    tracing.note({"caselore.chunks": len(chunks)})
    report.chunks += len(chunks)
    report.warnings += unread
    return "updated" if before or moved else "added"


def retire(library: Library, change: Callable[[], list[str]]) -> int:
    """Make a change to the registry while nobody reads, then delete what it made stale; returns how many documents."""
    with library.writing():
        with library.changing():
            stale = change()
        drop_points(library.registry, library.store, stale)
    for document_id in stale:
        library.views.forget(document_id)
    return len(stale)


def _points(
    library: Library,
    meta: DocumentMeta,
    chunks: Sequence[Chunk],
    report: IngestReport,
    progress: Progress,
    *,
    fast: bool,
) -> list[Point]:
    points: list[Point] = []
    for start in range(0, len(chunks), BATCH):
        batch = chunks[start : start + BATCH]
        texts = [chunk.embedding_text(meta.title) for chunk in batch]
        dense: Iterable[NDArray[np.float32] | None] = repeat(None, len(texts))
        if not fast:
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
        Said("What is written of {path} does not stay in the index: another process deletes it.", path=meta.path),
        "Let one process at a time ingest into this index, then ingest again.",
    )
