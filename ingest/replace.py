"""One document's way into the index: parse, describe, split, embed, write, and take the place of its predecessor."""

import hashlib
import json
from collections.abc import Mapping

from ingest.document import Properties
from ingest.index.store import Point
from ingest.lexical import sparse_vectors
from ingest.library import Library
from ingest.metadata import describe
from ingest.parse.dispatch import parse_file
from ingest.report import IngestReport, Outcome, Progress
from ingest.source import SourceFile, content_id
from ingest.split import split

RECIPE_VERSION = 1
"""Raised when parsers, splitter or vectors change what they make, so that every document is made anew."""

BATCH = 32
"""Chunks embedded and written at a time: often enough for a progress bar, seldom enough for the write-ahead log."""


def replace_document(
    library: Library, file: SourceFile, manifest: Mapping[str, Properties], report: IngestReport, progress: Progress
) -> Outcome:
    """Bring the index to what the file holds now, and say what that took.

    Raises `DocumentError` when the file cannot be taken; what was indexed of it before then stays.
    """
    registry = library.registry
    document_id = content_id(file.path)
    recipe = _recipe(library, file, manifest)
    before = registry.file_document(file.path)
    if _is_current(library, file, document_id, recipe):
        drop_stale(library, registry.attach(file.path, file.root, document_id))
        return "unchanged" if before in (document_id, None) else "updated"
    with report.stage("parse"):
        form, parsed = parse_file(file.path, library.settings.max_file_mb * 2**20)
    meta = describe(file.path, file.root, document_id, form, parsed, manifest)
    with report.stage("split"):
        chunks = split(document_id, parsed.elements, library.settings.chunk_chars)
    registry.begin(meta)
    library.store.delete_documents([document_id])
    for start in range(0, len(chunks), BATCH):
        batch = chunks[start : start + BATCH]
        texts = [chunk.embedding_text(meta.title) for chunk in batch]
        with report.stage("embed"):
            dense = library.embedder.embed_passages(texts)
        with report.stage("lexical"):
            sparse = [sparse_vectors(text) for text in texts]
        with report.stage("write"):
            library.store.upsert(
                [Point(chunk, meta, vector, terms) for chunk, vector, terms in zip(batch, dense, sparse, strict=True)]
            )
        progress.embedded(min(start + BATCH, len(chunks)), len(chunks))
    drop_stale(library, registry.activate(meta, recipe, len(chunks), file.path, file.root))
    report.chunks += len(chunks)
    return "added" if before is None else "updated"


def drop_stale(library: Library, document_ids: list[str]) -> None:
    """Delete the points of superseded documents, then forget them."""
    if document_ids:
        library.store.delete_documents(document_ids)
        library.registry.forget(document_ids)


def reconcile(library: Library) -> None:
    """Bring registry and store together after a killed run or a lost folder: points that belong to no whole document
    are deleted, and documents whose points are not all there are hidden until they are made anew.
    """
    whole = library.registry.indexed()
    stored = library.store.facet("document_id")
    drop_stale(library, sorted(set(stored) - set(whole)))
    library.registry.forget(library.registry.hidden() - set(stored))
    library.registry.hide([key for key, chunks in whole.items() if stored.get(key, 0) != chunks])


def _is_current(library: Library, file: SourceFile, document_id: str, recipe: str) -> bool:
    active = library.registry.active_recipe(document_id)
    if active is None:
        return False
    # A copy of a file that is still there adds nothing: the document keeps the path it was first seen at.
    copies = [source for source in library.registry.sources(document_id) if source != file.path and source.exists()]
    return active == recipe or bool(copies)


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
