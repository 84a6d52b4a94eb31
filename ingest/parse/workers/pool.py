"""The worker processes that files are read in: kept warm, watched, replaced.

Written here rather than taken from a library: pebble (LGPL) and loky limit the time of a whole task, while a scan of a
thousand pages may take an hour as long as page after page is read, and a hang must end after two minutes; neither
counts the memory of a task or ends the programs that it has started; both pass pickles from the worker to the parent.
concurrent.futures gives up all its workers when one dies.

A worker is a new interpreter, safe beside threads: ready in .05 s, with the readers of its first file loaded in .3 s,
which a hundred files share. `spawn` of multiprocessing takes .25 s, since it imports the parent's main module again; a
fork server .035 s, once its .6 s of preloading are over.
"""

import contextlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

from ingest.errors import ParsersUnavailable
from ingest.parse.options import ReadOptions
from ingest.parse.workers.limits import MIB, Limits
from ingest.parse.workers.process import Told, WorkerProcess
from ingest.said import Said

READ = "ingest.parse.reading:read_in_worker"

_TICK_S = 0.2
_MOST_JOBS = 100
"""After so many files a worker makes way for a new one: C libraries leak."""
_GROWN_SHARE = 0.5
"""A worker that holds this share of its limit between files makes way for a new one."""
_IDLE_S = 60.0
"""Nobody needs readers in memory a minute after the last file."""


def nobody_watches(_done: int, _total: int) -> None:
    """For files whose progress nobody follows."""


class ParsePool:
    """Up to `limits.workers` processes, started when first needed. Safe to use from several threads; close it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._free = threading.BoundedSemaphore(limits.workers)
        self._lock = threading.Lock()
        self._all: set[WorkerProcess] = set()
        self._idle: list[WorkerProcess] = []
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None

    def read(self, path: Path, options: ReadOptions, told: Told = nobody_watches) -> bytes:
        """Read a file in a worker: an `ingest.parse.reading.Parsed` as JSON, to be opened when it is needed.

        `told` is called with (done, total) from this thread; when it raises, reading ends. Raises `DocumentError`s, and
        `ParsersUnavailable` when no worker can be had or the pool is closed meanwhile.
        """
        return self.call(READ, {"path": str(path.absolute()), "options": options.model_dump()}, path.name, told)

    def call(self, function: str, arguments: Mapping[str, object], name: str, told: Told = nobody_watches) -> bytes:
        """Have a worker call `function` (`module:name`) for the file `name`, and wait for what it returns.

        The function is given `told` and the arguments, which must be fit for JSON. Raises as `read` does.
        """
        job = json.dumps({"call": function, "arguments": arguments}).encode()
        with self._free, self._borrowed() as worker:
            return worker.call(job, name, told)

    def stop(self) -> None:
        """End what is being read now: whoever waits for it gets `ParsersUnavailable`. Further files may be read."""
        with self._lock:
            busy = self._all.difference(self._idle)
        for worker in busy:
            worker.end(_stopped)

    def close(self) -> None:
        """End all workers; whoever waits for one gets `ParsersUnavailable`."""
        self._closed.set()
        self.stop()
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            self._drop(worker)
        if self._watcher:
            self._watcher.join()

    def __enter__(self) -> "ParsePool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def _borrowed(self) -> Iterator[WorkerProcess]:
        worker = self._take()
        try:
            yield worker
        finally:
            self._give_back(worker)

    def _take(self) -> WorkerProcess:
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                break
            if not worker.ended and worker.answers:
                return worker
            self._drop(worker)
        worker = WorkerProcess(self.limits)
        with self._lock:
            self._all.add(worker)
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._watch, name="parse-workers", daemon=True)
                self._watcher.start()
        if self._closed.is_set():
            self._drop(worker)
            raise _stopped("The file")
        return worker

    def _give_back(self, worker: WorkerProcess) -> None:
        spent = worker.ended or worker.jobs >= _MOST_JOBS
        if not spent and worker.memory() <= _GROWN_SHARE * self.limits.memory_mb * MIB:
            with self._lock:
                if not self._closed.is_set():
                    self._idle.append(worker)
                    return
        self._drop(worker)

    def _drop(self, worker: WorkerProcess) -> None:
        worker.close()
        with self._lock:
            self._all.discard(worker)

    def _watch(self) -> None:
        last = time.monotonic()
        while not self._closed.wait(_TICK_S):
            now = time.monotonic()
            with self._lock:
                workers = list(self._all)
                tired = [one for one in self._idle if now - one.idle_since > _IDLE_S]
                self._idle = [one for one in self._idle if one not in tired]
            for worker in tired:
                self._drop(worker)
            for worker in workers:
                worker.watch(now - last)
            last = now


def _stopped(name: str) -> ParsersUnavailable:
    return ParsersUnavailable(
        Said("{name} was not read to its end: reading was stopped.", name=name), "Ingest it again later."
    )
