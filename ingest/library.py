"""The library: registry, store and embedder, opened together and checked against one another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from ingest.data_dir import make_data_dir
from ingest.embed import Embedder
from ingest.embedders import load_embedder
from ingest.errors import IndexLocked, IndexMissing, ModelMismatch, StoreUnavailable
from ingest.index.gate import Gate
from ingest.index.lock import Holder
from ingest.index.open import drop_store, open_store
from ingest.index.store import Filter, Store
from ingest.reconcile import reconcile
from ingest.registry import Registry
from ingest.registry_engine import is_missing
from ingest.said import Said
from ingest.settings import Settings
from ingest.view.keeping import Views
from ingest.writer_lock import WriterLock

if TYPE_CHECKING:
    from ingest.parse.workers.pool import ParsePool


class Library:
    """What every command and the service work on. Open it once, close it at the end (or use it in a `with`).

    `holder` names who opens it, for others that find it taken. With `create`, a missing index is made and what a killed
    run left is put right; without, a missing index raises `IndexMissing`. Also raises `IndexLocked`, `IndexDamaged`,
    `StoreUnavailable`, `DataDirNotWritable`; and, at the first use of `embedder`, `ModelUnavailable` and
    `ModelMismatch`.
    """

    def __init__(self, settings: Settings, holder: Holder, *, create: bool = False) -> None:
        self.settings = settings
        self._gate = Gate()
        self._opening = threading.Lock()
        self._viewers: ParsePool | None = None
        with ExitStack() as opened:
            if create:
                make_data_dir(settings)
                self.registry = Registry(settings)
            else:
                self.registry = open_registry(settings)
            opened.callback(self.registry.close)
            opened.callback(self._close_embedder)
            facts = self.registry.index_facts()
            if not facts and not settings.qdrant_url and not settings.database_url:
                # Points whose registry has gone from beside them belong to nothing any more.
                drop_store(settings, holder)
            dimensions = int(facts["dimensions"]) if facts else self.embedder.dimensions
            self.store: Store = open_store(settings, dimensions, holder)
            opened.callback(self.store.close)
            self._writer = WriterLock(settings, holder, self._put_right) if settings.qdrant_url else None
            if not create:
                self._check()
            elif not self._writer:
                self._put_right()
            else:
                self._put_right_if_nobody_writes(begun=bool(facts))
            opened.pop_all()

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model, loaded at first use and held against the one the index was built with."""
        facts = self.registry.index_facts()
        embedder = load_embedder(self.settings)
        if facts and facts["fingerprint"] != embedder.fingerprint:
            embedder.close()
            raise ModelMismatch(
                Said(
                    "The index was built with {model} ({fingerprint}), the setting names {name} ({fingerprint2}).",
                    model=facts["model"],
                    fingerprint=facts["fingerprint"],
                    name=embedder.name,
                    fingerprint2=embedder.fingerprint,
                ),
                Said(
                    "Set CASELORE_EMBED_MODEL={model}, or build the index anew: `caselore ingest --rebuild`.",
                    model=facts["model"],
                ),
            )
        return embedder

    @cached_property
    def parsers(self) -> ParsePool:
        """The processes that files are read in; none is started before the first file."""
        return open_parsers(self.settings)

    @property
    def viewers(self) -> ParsePool:
        """The process that makes what is looked at, so that nobody who looks waits for what is being ingested."""
        # A page asks for several things at once.
        with self._opening:
            if self._viewers is None:
                self._viewers = open_parsers(self.settings.model_copy(update={"parse_workers": 1}))
            return self._viewers

    @cached_property
    def views(self) -> Views:
        """What was made for looking at the documents."""
        return Views(self.settings)

    @contextmanager
    def reading(self) -> Iterator[Filter]:
        """One state of the library: while this is open, no document comes or goes in this process.

        Gives the filter that lets through only whole, current documents. Keep it short (a search and the reading of
        what it found), and do not nest it.
        """
        with self._gate.together():
            yield Filter(exclude_documents=self.registry.hidden())

    def changing(self) -> AbstractContextManager[None]:
        """While this is open, nobody reads: for the moment in which documents come or go."""
        return self._gate.alone()

    def writing(self) -> AbstractContextManager[None]:
        """While this is open, no other process changes what the store holds. May be nested, and threads share it.

        With a Qdrant server, what another process left half done is put right first. Raises `IndexLocked` when another
        process is writing. The embedded store is this process's anyway.
        """
        return self._writer.held() if self._writer else nullcontext()

    def close(self) -> None:
        """Let go of store, model and registry, and end what is being read."""
        with ExitStack() as closing:
            closing.callback(self.registry.close)
            closing.callback(self._close_embedder)
            closing.callback(self.store.close)
            closing.callback(self.close_workers)

    def close_workers(self) -> None:
        """End what is being read or made to be looked at: whoever waits for it gets `ParsersUnavailable`."""
        if "parsers" in self.__dict__:
            self.parsers.close()
        if self._viewers:
            self._viewers.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _put_right(self) -> None:
        if not self.registry.index_facts():
            self._begin()
        reconcile(self.registry, self.store)

    def _put_right_if_nobody_writes(self, *, begun: bool) -> None:
        try:
            with self.writing():
                pass
        except IndexLocked:
            # Who writes has put it right; a service may go on answering beside it.
            if not begun:
                raise

    def _begin(self) -> None:
        if self.store.count():
            settings = self.settings
            where, elsewhere = (
                (
                    Said("collection {name} at {url}", name=settings.collection, url=settings.qdrant_url),
                    "CASELORE_COLLECTION to another name",
                )
                if settings.qdrant_url
                else (Said("index in {folder}", folder=settings.data_dir), "CASELORE_DATA_DIR to another folder")
            )
            raise StoreUnavailable(
                Said("The {where} holds documents of another registry.", where=where),
                Said(
                    "Set CASELORE_DATABASE_URL to that registry, {elsewhere}, "
                    "or forget them: `caselore ingest --rebuild`.",
                    elsewhere=elsewhere,
                ),
            )
        self.registry.set_index_facts(
            {
                "model": self.embedder.name,
                "fingerprint": self.embedder.fingerprint,
                "dimensions": str(self.embedder.dimensions),
            }
        )

    def _check(self) -> None:
        held = len(self.registry.indexed())
        if held and not self.store.count():
            raise IndexMissing(
                Said("The index is empty, but {held} documents were ingested: it has been deleted.", held=held),
                "Build it anew from their files: `caselore ingest --rebuild`.",
            )

    def _close_embedder(self) -> None:
        if "embedder" in self.__dict__:
            self.embedder.close()


def open_parsers(settings: Settings) -> ParsePool:
    """The pool of worker processes. Loaded here, since who only answers questions reads no files."""
    from ingest.parse.workers.limits import Limits
    from ingest.parse.workers.pool import ParsePool

    return ParsePool(Limits.of(settings))


def open_registry(settings: Settings) -> Registry:
    """The registry of what was ingested, to read. Raises `IndexMissing` when nothing was, and `DataDirNotWritable`."""
    nothing_yet = IndexMissing(
        "Nothing has been ingested yet.", "Run `caselore ingest PATH` (without PATH: the sample corpus)."
    )
    # Asked first: opening a database that is not there makes one.
    if is_missing(settings):
        raise nothing_yet
    registry = Registry(settings)
    if not registry.index_facts():
        registry.close()
        raise nothing_yet
    return registry


def drop_index(settings: Settings, holder: Holder, *, keep_files: bool) -> None:
    """Drop every chunk, so that the next ingest builds the index anew (with another model, say).

    With `keep_files` the registry still knows which files there are, else it forgets everything. Documents, uploads
    and fetched models stay. Raises `IndexLocked` when another process has the index open.
    """
    make_data_dir(settings)
    registry = Registry(settings)
    # The embedded store has its own lock.
    writer = WriterLock(settings, holder, lambda: None).held() if settings.qdrant_url else nullcontext()
    try:
        with writer:
            drop_store(settings, holder)
            if keep_files:
                registry.invalidate()
            else:
                registry.clear()
    finally:
        registry.close()
