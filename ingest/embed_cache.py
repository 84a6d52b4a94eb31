"""Vectors of passages kept by content, so that the same text is never embedded twice by the same model.

Why not LlamaIndex's `IngestionCache`: it keeps whole nodes in one JSON file, in memory, without a bound.
"""

import hashlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Embedder

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL, used INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS by_use ON vectors (used);
"""

KEPT = 0.9
"""Share of the bound that is left after clearing out: clearing must not be due again at once."""

_PAGE = 16384
"""Bytes in a page of a new file: a vector takes 2 KiB, and of SQLite's own 4 KiB nearly half would be left empty."""

_WAIT_S = 2.0
"""Seconds to wait for another process that writes; after them a passage is embedded instead."""

_log = logging.getLogger(__name__)

Vectors = dict[bytes, NDArray[np.float32]]


class EmbeddingCache:
    """Vectors in one SQLite file of about `max_mb` MiB; the longest unused go first. Threads may share it.

    It may be deleted at any time, and never stops an ingest: where it cannot be read or written, that is logged and
    nothing is found.
    """

    def __init__(self, path: Path, max_mb: int) -> None:
        self._path = path
        self._max_bytes = max_mb * 2**20
        self._lock = threading.Lock()

    def find(self, keys: Sequence[bytes]) -> Vectors:
        """The vectors known, by key; they count as used now."""
        found: Vectors = {}

        def read(database: sqlite3.Connection) -> None:
            for key in keys:
                row = database.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
                if row:
                    found[key] = np.frombuffer(row[0], np.float32)
            now = int(time.time())
            database.executemany("UPDATE vectors SET used = ? WHERE key = ?", [(now, key) for key in found])

        self._do(read)
        return found

    def keep(self, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Add vectors, and clear out the longest unused when there are too many."""
        now = int(time.time())
        rows = [(key, vector.astype(np.float32).tobytes(), now) for key, vector in vectors.items()]
        size = max((len(key) + len(vector) for key, vector, _ in rows), default=1)

        def write(database: sqlite3.Connection) -> None:
            database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            (held,) = database.execute("SELECT count(*) FROM vectors").fetchone()
            if held * size > self._max_bytes:
                surplus = held - int(KEPT * self._max_bytes / size)
                oldest = "SELECT key FROM vectors ORDER BY used, key LIMIT ?"
                database.execute(f"DELETE FROM vectors WHERE key IN ({oldest})", (surplus,))  # noqa: S608 (no input)

        self._do(write)

    def _do(self, work: Callable[[sqlite3.Connection], None]) -> None:
        try:
            with self._lock, closing(sqlite3.connect(self._path, timeout=_WAIT_S)) as database, database:
                # A vector lost in a crash is embedded again: no need to wait for the disk.
                database.execute("PRAGMA synchronous = OFF")
                database.execute(f"PRAGMA page_size = {_PAGE}")
                database.executescript(_SCHEMA)
                work(database)
        except sqlite3.Error as error:
            _log.warning("The cache of embeddings in %s cannot be used: %s", self._path, error)


class CachedEmbedder:
    """Another embedder, asked only for passages that the cache does not have. Questions go straight through."""

    def __init__(self, embedder: Embedder, cache: EmbeddingCache) -> None:
        self.name = embedder.name
        self.fingerprint = embedder.fingerprint
        self.dimensions = embedder.dimensions
        self._embedder = embedder
        self._cache = cache

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32, unit length; shape (len(texts), dimensions). Equal texts are embedded once."""
        keys = [self._key(text) for text in texts]
        known = {key: one for key, one in self._cache.find(keys).items() if one.shape == (self.dimensions,)}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            new = dict(zip(missing, self._embedder.embed_passages(list(missing.values())), strict=True))
            self._cache.keep(new)
            known |= new
        return np.array([known[key] for key in keys], np.float32).reshape(-1, self.dimensions)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """One vector, float32, unit length; shape (dimensions,)."""
        return self._embedder.embed_query(text)

    def close(self) -> None:
        """Close the embedder beneath. A second call does nothing."""
        self._embedder.close()

    def _key(self, text: str) -> bytes:
        content = f"{self.fingerprint}\n{text}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(content, digest_size=16).digest()
