"""The documents of the library that is evaluated, as question sets name them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.embed import Embedder
from ingest.embed_cache import CachedEmbedder, EmbeddingCache
from ingest.index.lock import Holder
from ingest.index.store import Filter
from ingest.library import Library
from ingest.settings import Settings

_CACHE_MB = 4096


def ids_by_path(library: Library) -> dict[str, str]:
    """The id of every document in the library, by its path."""
    return {meta.path: meta.id for meta, _ in library.registry.documents()}


def reader(library: Library) -> Callable[[str], Iterable[str]]:
    """Gives the texts of a document's chunks by its id."""

    def read_document(document_id: str) -> Iterator[str]:
        where = Filter(equals={"document_id": (document_id,)})
        return (stored.chunk.text for stored in library.store.scroll(where))

    return read_document


@contextmanager
def empty_library(settings: Settings, cache: Path | None = None) -> Iterator[Library]:
    """A library in a folder that goes away, with the same model: a measurement leaves the user's index alone.

    `cache` is a file that keeps the passages' vectors for the next measurement.
    """
    with TemporaryDirectory(prefix="caselore-eval-") as folder:
        own = {
            "data_dir": Path(folder),
            "models_dir": settings.models_path,
            "qdrant_url": None,
            "database_url": None,
            # Nothing is embedded twice in a library that is filled once.
            "embed_cache_mb": 0,
        }
        with Library(settings.model_copy(update=own), Holder("eval"), create=True) as library:
            if cache:
                library.embedder = keeping(library.embedder, cache)
            yield library


def keeping(embedder: Embedder, cache: Path) -> Embedder:
    """The embedder, with a file that keeps its passages' vectors for the next measurement."""
    return CachedEmbedder(embedder, EmbeddingCache(cache, _CACHE_MB))
