"""Dense vectors for what a fast ingest left without: found by its words before, now also by its meaning."""

from itertools import islice
from pathlib import Path

from ingest.document import DocumentMeta
from ingest.index.store import Filter
from ingest.library import Library
from ingest.report import Progress

BATCH = 32
"""Chunks embedded and written at a time: what a killed run may have to do again."""


def deepen_all(library: Library, progress: Progress) -> int:
    """Deepen every document that is shallow, in the order of ingest; returns how many.

    Interrupted at any moment, a later run goes on from there; what is written is kept and questions see it at once.
    Raises `ModelUnavailable`, `ModelMismatch`, `DataDirNotWritable` and `StoreUnavailable`.
    """
    waiting = library.registry.shallow()
    if waiting:
        progress.start(len(waiting))
    for document in waiting:
        progress.file(Path(document.path))
        total, done = library.store.count(_lacking(document)), 0
        while given := deepen_batch(library, document):
            done += given
            progress.embedded(done, total)
        progress.finished(Path(document.path), "updated")
    return len(waiting)


def deepen_next(library: Library) -> bool:
    """Do the next batch of what `deepen_all` does, for who lets others write in between; whether there was any."""
    waiting = library.registry.shallow()
    if waiting:
        deepen_batch(library, waiting[0])
    return bool(waiting)


def deepen_batch(library: Library, document: DocumentMeta) -> int:
    """Give the next chunks of a shallow document their dense vectors; returns how many.

    0: it has none left without, and is shallow no more. No other thread may write meanwhile.
    """
    with library.writing():
        batch = [stored.chunk for stored in islice(library.store.scroll(_lacking(document)), BATCH)]
        if not batch:
            library.registry.deepened(document.id)
            return 0
        vectors = library.embedder.embed_passages([chunk.embedding_text(document.title) for chunk in batch])
        library.store.add_dense({chunk.id: vector for chunk, vector in zip(batch, vectors, strict=True)})
    return len(batch)


def _lacking(document: DocumentMeta) -> Filter:
    return Filter({"document_id": (document.id,)}, lacks_dense=True)
