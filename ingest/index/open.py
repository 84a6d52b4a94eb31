"""Which store the settings ask for: the embedded one, or a Qdrant server."""

from pathlib import Path

from ingest.index.lock import Holder, IndexLock
from ingest.index.store import Store
from ingest.settings import Settings

# Each store is imported where it is needed: a client that is not used would cost a second at every start.


def open_store(settings: Settings, dimensions: int, holder: Holder) -> Store:
    """The store, made if there is none; `dimensions` is the length of its dense vectors, `holder` who opens it.

    Raises `IndexLocked`, `IndexDamaged`, `DataDirNotWritable` (embedded), `StoreUnavailable` (server) or
    `ModelMismatch`.
    """
    if settings.qdrant_url:
        from ingest.index.server import ServerStore

        return ServerStore(settings.qdrant_url, settings.qdrant_api_key, settings.collection, dimensions)
    from ingest.index.edge import EdgeStore

    lock = IndexLock(settings.data_dir, holder)
    try:
        return EdgeStore(_shard_path(settings), dimensions, lock)
    except BaseException:
        lock.release()
        raise


def drop_store(settings: Settings, holder: Holder) -> None:
    """Remove the index with all its chunks; the next `open_store` makes a new one. No index is no error.

    Raises `IndexLocked`, `DataDirNotWritable` or `StoreUnavailable`.
    """
    if settings.qdrant_url:
        from ingest.index.server import drop_collection

        return drop_collection(settings.qdrant_url, settings.qdrant_api_key, settings.collection)
    from ingest.index.edge_shard import remove_shard

    lock = IndexLock(settings.data_dir, holder)
    try:
        remove_shard(_shard_path(settings))
    finally:
        lock.release()


def _shard_path(settings: Settings) -> Path:
    # Absolute: the engine opens files as it goes, and the process may change its folder.
    return settings.data_dir.absolute() / "index"
