"""Reads the next files in the workers while the current one is embedded and written."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType

from ingest.document import Properties
from ingest.draft import Draft, draw_up
from ingest.library import Library
from ingest.report import Progress
from ingest.source import SourceFile

_STOPPING_S = 0.1


class Ahead:
    """The files in their order, each with a function that waits for its draft (and raises what `draw_up` raises).

    As many files as there are workers, and one, are begun or done beyond the current one, so that memory holds no more
    than these. Use it in a `with`: left early, it stops what is being read.
    """

    def __init__(
        self,
        library: Library,
        files: Iterable[SourceFile],
        manifests: Mapping[Path, Mapping[str, Properties]],
        progress: Progress,
    ) -> None:
        self._library, self._files, self._manifests, self._progress = library, iter(files), manifests, progress
        self._window = library.parsers.limits.workers + 1
        self._threads = ThreadPoolExecutor(self._window - 1, thread_name_prefix="reading-ahead")
        self._begun: deque[tuple[SourceFile, Future[Draft]]] = deque()
        self._current: set[Future[Draft]] = set()
        self._claimed: set[str] = set()
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[tuple[SourceFile, Callable[[], Draft]]]:
        self._begin(self._window)
        while self._begun:
            file, draft = self._begun.popleft()
            self._current = {draft}
            self._begin(1)
            yield file, draft.result

    def __enter__(self) -> "Ahead":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        drafts = {draft for _, draft in self._begun} | self._current
        # A thread may only now be starting a worker: hence again until none is left.
        while running := [draft for draft in drafts if not draft.done()]:
            self._library.parsers.stop()
            wait(running, timeout=_STOPPING_S)
        self._threads.shutdown()

    def _begin(self, number: int) -> None:
        for file in islice(self._files, number):
            manifest = self._manifests[file.root]
            work = partial(draw_up, self._library, file, manifest, self._progress, self._is_first)
            # In the context of the run, so that its trace goes on in the threads.
            self._begun.append((file, self._threads.submit(copy_context().run, work)))

    def _is_first(self, document_id: str) -> bool:
        """Whether no other file of this run had this content: of equal files one is read."""
        with self._lock:
            if document_id in self._claimed:
                return False
            self._claimed.add(document_id)
            return True
