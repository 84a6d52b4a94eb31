"""The documents of the library that is evaluated, as question sets name them."""

from collections.abc import Callable, Iterable, Iterator

from ingest.index.store import Filter
from ingest.library import Library


def ids_by_path(library: Library) -> dict[str, str]:
    """The id of every document in the library, by its path."""
    return {meta.path: meta.id for meta, _ in library.registry.documents()}


def reader(library: Library) -> Callable[[str], Iterable[str]]:
    """Gives the texts of a document's chunks by its id."""

    def read_document(document_id: str) -> Iterator[str]:
        where = Filter(equals={"document_id": (document_id,)})
        return (stored.chunk.text for stored in library.store.scroll(where))

    return read_document
