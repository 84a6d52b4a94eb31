"""The library: registry, store and embedder, opened together and checked against one another."""

from __future__ import annotations

import shutil
from functools import cached_property
from types import TracebackType

from ingest.embed import Embedder
from ingest.embedders import load_embedder
from ingest.errors import DataDirNotWritable, IndexMissing, ModelMismatch
from ingest.index.lock import Holder
from ingest.index.open import drop_store, open_store
from ingest.index.store import Filter, Store
from ingest.registry import Registry
from ingest.settings import Settings


class Library:
    """What every command and the service work on. Open it once, close it at the end (or use it in a `with`).

    `holder` names who opens it, for others that find it taken. With `create`, a missing index is made, else it raises
    `IndexMissing`. Also raises `IndexLocked`, `StoreUnavailable`, `DataDirNotWritable`; and, at the first use of
    `embedder`, `ModelUnavailable` and `ModelMismatch`.
    """

    def __init__(self, settings: Settings, holder: Holder, *, create: bool = False) -> None:
        self.settings = settings
        if create:
            _make_data_dir(settings)
        elif not settings.data_dir.is_dir() and settings.database_url is None:
            raise _nothing_yet()
        self.registry = Registry(settings)
        facts = self.registry.index_facts()
        if not facts and not create:
            self.registry.close()
            raise _nothing_yet()
        dimensions = int(facts["dimensions"]) if facts else self.embedder.dimensions
        self.store: Store = open_store(settings, dimensions, holder)
        if not facts:
            self.registry.set_index_facts(
                {
                    "model": self.embedder.name,
                    "fingerprint": self.embedder.fingerprint,
                    "dimensions": str(self.embedder.dimensions),
                }
            )

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model, loaded at first use and held against the one the index was built with."""
        facts = self.registry.index_facts()
        embedder = load_embedder(self.settings)
        if facts and facts["fingerprint"] != embedder.fingerprint:
            raise ModelMismatch(
                f"The index was built with {facts['model']} ({facts['fingerprint']}), "
                f"the setting names {embedder.name} ({embedder.fingerprint}).",
                f"Set CASELORE_EMBED_MODEL={facts['model']}, or build the index anew: `caselore ingest --rebuild`.",
            )
        return embedder

    @property
    def visible(self) -> Filter:
        """Lets through only the chunks of whole, current documents."""
        return Filter(exclude_documents=self.registry.hidden())

    def close(self) -> None:
        """Let go of store, model and registry."""
        self.store.close()
        if "embedder" in self.__dict__:
            self.embedder.close()
        self.registry.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def drop_index(settings: Settings, holder: Holder) -> None:
    """Forget everything that was ingested, so that the next ingest builds the index anew (with another model, say).

    Files, uploads and fetched models stay. Raises `IndexLocked` when another process has it open.
    """
    _make_data_dir(settings)
    drop_store(settings, holder)
    registry = Registry(settings)
    registry.clear()
    registry.close()


def _make_data_dir(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        probe = settings.data_dir / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
        free = shutil.disk_usage(settings.data_dir).free
    except OSError as error:
        raise DataDirNotWritable(
            f"The data folder {settings.data_dir} cannot be written: {error.strerror}.",
            "Check its rights, or set CASELORE_DATA_DIR to a folder that can.",
        ) from error
    if free < MIN_FREE_BYTES:
        raise DataDirNotWritable(
            f"The disk of the data folder {settings.data_dir} is full ({free // 2**20} MiB free).",
            "Free some space, or set CASELORE_DATA_DIR to another disk.",
        )


MIN_FREE_BYTES = 64 * 2**20
"""Below this an ingest is not begun: the store preallocates segments of about this size."""


def _nothing_yet() -> IndexMissing:
    return IndexMissing(
        "Nothing has been ingested yet.", "Run `caselore ingest PATH` (without PATH: the sample corpus)."
    )
