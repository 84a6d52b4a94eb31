"""Which documents of a library have a newer version there, found with them or not."""

from collections.abc import Iterable, Mapping
from threading import Lock

from ingest.document import DocumentMeta
from ingest.library import Library
from retrieval.versions import newer_of


class VersionBook:
    """Knows the versions of one library; learned at first use, and again when documents have come or gone.

    Safe to use from several threads.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = Lock()
        self._learned: tuple[int, Mapping[str, DocumentMeta]] | None = None

    def newest(self, documents: Iterable[DocumentMeta]) -> dict[str, DocumentMeta]:
        """The newest versions, by id, of those of the documents that have a newer one."""
        held = self._library.registry.mark()
        with self._lock:
            if self._learned is None or self._learned[0] != held:
                self._learned = held, newer_of(document for document, _ in self._library.registry.documents())
            newer = self._learned[1]
        return {newer[one.id].id: newer[one.id] for one in documents if one.id in newer}
