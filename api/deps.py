"""What the endpoints share: the open library, the assistant over it, the one writer, what goes on beside requests."""

import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from typing import Annotated, TypeVar

from anyio import CapacityLimiter, create_task_group, to_thread
from anyio.abc import TaskGroup
from fastapi import Depends, Request

from api.crowd import Crowd
from api.eval_desk import EvalDesk, NoEvaluations
from api.metrics import Metrics
from ingest.deepen import deepen_next
from ingest.document import DocumentMeta
from ingest.errors import CaseloreError
from ingest.library import Library
from retrieval.assistant import Assistant
from retrieval.conversations.conversations import Conversations
from retrieval.examples import examples

T = TypeVar("T")

log = logging.getLogger(__name__)


class Service:
    """The library and the assistant over it, for as long as the application lives.

    `stopping` is set when the service is about to end. Raises what the embedder raises when it is loaded.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.assistant = Assistant(library)
        self.conversations = Conversations(library.settings)
        self.crowd = Crowd(library.settings.ask_queue)
        self.metrics = Metrics(library.registry)
        self.metrics.watch(self.crowd, self.assistant.waiting_for_model)
        self.examples = lru_cache(1)(self._examples)
        self.stopping = threading.Event()
        self._writer = CapacityLimiter(1)
        self._optimizer = CapacityLimiter(1)
        self._beside: TaskGroup

    def _examples(self, documents: tuple[DocumentMeta, ...]) -> list[str]:
        """Questions that these documents answer; found once for a state of the library."""
        return examples(documents, lambda question: bool(self.assistant.find(question).chosen))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While this is open, the service runs; at the end the library's store is closed."""
        async with create_task_group() as self._beside:
            yield
            self.stopping.set()
            self.assistant.close()
            # What still goes on beside requests ends at its next call to the store, or to the parsers.
            self.library.close_workers()
            self.library.store.close()
            self.conversations.close()

    async def write(self, work: Callable[[], T]) -> T:
        """Run `work` in a thread, once no other writes. Who waits here holds no thread that a question could use."""
        return await to_thread.run_sync(work, limiter=self._writer)

    def write_beside(self, name: str, work: Callable[[], None]) -> None:
        """Let `work` write as soon as it may, without anybody waiting for it; `name` is for the log, should it fail."""
        self._beside.start_soon(self._watch, name, self.write, work)

    def deepen_beside(self) -> None:
        """Give documents that are found by their words only their dense vectors, while questions and uploads go on."""
        step = partial(deepen_next, self.library)
        self._beside.start_soon(self._watch, "Making documents findable by meaning", self._deepen, step)

    async def _deepen(self, step: Callable[[], bool]) -> None:
        # A batch at a time: an upload waits for one, and not for the whole library.
        done = False
        while not self.stopping.is_set() and await self.write(step):
            done = True
        if done:
            self.optimize_beside()

    def optimize_beside(self) -> None:
        """Let the store put itself in order while questions and uploads go on, unless that is about to happen anyway.

        One may run, which can take minutes, and one wait for it: that holds no thread that a question could use.
        """
        if not self._optimizer.statistics().tasks_waiting:
            run = partial(to_thread.run_sync, limiter=self._optimizer)
            self._beside.start_soon(self._watch, "Optimizing the index", run, self.library.store.optimize)

    async def _watch(
        self, name: str, run: Callable[[Callable[[], T]], Awaitable[object]], work: Callable[[], T]
    ) -> None:
        try:
            await run(work)
        except CaseloreError as error:
            if not self.stopping.is_set():
                log.warning("%s failed: %s", name, error)
        except Exception:
            # It must not take the service with it.
            log.exception("%s failed", name)


def get_service(request: Request) -> Service:
    """The service of this application."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


ServiceDep = Annotated[Service, Depends(get_service)]


def get_desk(request: Request) -> EvalDesk:
    """The desk of evaluations of this application. Raises `NoEvaluations`."""
    desk: EvalDesk | None = request.app.state.desk
    if desk is None:
        raise NoEvaluations("This service has no evaluations.", "Start it with `caselore serve`.")
    return desk


DeskDep = Annotated[EvalDesk, Depends(get_desk)]
