"""One process at a time changes what a shared collection holds: who it is, for the others that want to.

The embedded store is one process's alone as long as it is open (`ingest/index/lock.py`). A Qdrant server lets everybody
in; there the right to write belongs to the registry, which all who share a collection share.
"""

import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine, make_url

from ingest.errors import IndexLocked
from ingest.index.lock import Holder, IndexLock
from ingest.registry_engine import advice, open_engine
from ingest.said import Said
from ingest.settings import Settings

_NAMESPACE = 0x4361736C  # "Casl": our locks among those of others in the same database


class WriterLock:
    """The right to write, held by this process while any of its threads is in `held`.

    It ends with the process however that ends: SQLite registries have a lock file of the operating system's beside
    them, PostgreSQL a lock of the session. `anew` is called each time the right is taken from nobody, before anything
    is written.
    """

    def __init__(self, settings: Settings, holder: Holder, anew: Callable[[], None]) -> None:
        self._settings = settings
        self._holder = holder
        self._anew = anew
        self._mutex = threading.Lock()
        self._inside = 0
        self._release: Callable[[], None] = lambda: None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the right to write; may be nested. Raises `IndexLocked` when another process has it."""
        with self._mutex:
            if not self._inside:
                self._release = self._take()
                try:
                    self._anew()
                except BaseException:
                    self._release()
                    raise
            self._inside += 1
        try:
            yield
        finally:
            with self._mutex:
                self._inside -= 1
                if not self._inside:
                    self._release()

    def _take(self) -> Callable[[], None]:
        url = make_url(self._settings.database)
        if url.get_backend_name() == "postgresql":
            return _take_in_postgresql(self._settings)
        folder = Path(url.database).parent if url.database else self._settings.data_dir
        return IndexLock(folder, self._holder).release


def _take_in_postgresql(settings: Settings) -> Callable[[], None]:
    engine = open_engine(settings.database)
    connection: Connection | None = None
    keys = {"space": _NAMESPACE, "key": zlib.crc32(settings.collection.encode()) - 2**31}
    try:
        with advice(engine):
            connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            taken = connection.scalar(text("SELECT pg_try_advisory_lock(:space, :key)"), keys)
        if not taken:
            raise IndexLocked(
                Said("Another process writes to the collection {collection}.", collection=settings.collection),
                "Wait for it to end, or stop it and try again.",
            )
    except BaseException:
        _end(engine, connection)
        raise
    return lambda: _end(engine, connection)


def _end(engine: Engine, connection: Connection | None) -> None:
    # Closed for good, not returned to the pool: the lock is the session's.
    if connection is not None:
        connection.invalidate()
        connection.close()
    engine.dispose()
