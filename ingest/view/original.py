"""Finds the file that a document was ingested from, and sees that it is still the same."""

from functools import lru_cache
from pathlib import Path

from ingest.errors import DocumentError, DocumentNotFound
from ingest.registry import Registry
from ingest.said import Said
from ingest.source import content_id


def original(registry: Registry, document_id: str) -> Path:
    """The file that holds the document, byte for byte as it was ingested. Raises `DocumentNotFound` when the library
    has no such document, or its file has gone or was changed since.
    """
    meta = registry.document(document_id)
    for path in registry.sources(document_id):
        if _is_unchanged(path, document_id):
            return path
    raise DocumentNotFound(
        Said("The original of {title} has gone or was changed since.", title=meta.title),
        "Put it back, or ingest its folder again.",
    )


def _is_unchanged(path: Path, document_id: str) -> bool:
    try:
        state = path.stat()
        return _id_of(path, state.st_mtime_ns, state.st_size, state.st_ino) == document_id
    except (OSError, DocumentError):
        return False


@lru_cache(maxsize=256)
def _id_of(path: Path, _modified_ns: int, _bytes: int, _inode: int) -> str:
    """The id of the file in this state: a page is asked for picture by picture, and a file may have 200 MB."""
    return content_id(path)
