"""Questions to the model, bounded: so many at a time, so many waiting; who comes after that is told at once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from ingest.errors import Stopped
from retrieval.generate.failure import ModelFailed

_TICK_S = 0.1


class Turns:
    """`parallel` questions at a time, and `queue` more that wait for their turn."""

    def __init__(self, parallel: int, queue: int) -> None:
        self._free = threading.Semaphore(parallel)
        self._places = threading.Semaphore(parallel + queue)
        self._counting = threading.Lock()
        self.waiting = 0
        """Questions that wait now."""

    @contextmanager
    def take(self, until: float, stop: Callable[[], bool]) -> Iterator[None]:
        """A turn, waited for until the clock's (`time.monotonic`) `until`.

        Raises `ModelFailed` when too many wait or none comes in time, `Stopped` when `stop` says so.
        """
        if not self._places.acquire(blocking=False):
            raise ModelFailed("full")
        try:
            self._wait(until, stop)
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._places.release()

    def _wait(self, until: float, stop: Callable[[], bool]) -> None:
        if self._free.acquire(blocking=False):
            return
        self._count(1)
        try:
            while not self._free.acquire(timeout=_TICK_S):
                if stop():
                    raise Stopped("Nobody waits for the answer any more.")
                if monotonic() >= until:
                    raise ModelFailed("full")
        finally:
            self._count(-1)

    def _count(self, by: int) -> None:
        with self._counting:
            self.waiting += by
