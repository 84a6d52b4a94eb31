"""What the endpoints share: the open library, the assistant over it, the one writer, the metrics."""

import threading
from collections.abc import Callable
from typing import Annotated, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request

from api.metrics import Metrics
from ingest.library import Library
from retrieval.assistant import Assistant

T = TypeVar("T")


class Service:
    """The library and the assistant over it, for as long as the application lives.

    `stopping` is set when the service is about to end. Raises what the embedder raises when it is loaded.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.assistant = Assistant(library)
        self.metrics = Metrics(library.registry)
        self.stopping = threading.Event()
        self._writer = CapacityLimiter(1)

    async def write(self, work: Callable[[], T]) -> T:
        """Run `work` in a thread, once no other writes. Who waits here holds no thread that a question could use."""
        return await to_thread.run_sync(work, limiter=self._writer)


def get_service(request: Request) -> Service:
    """The service of this application."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


ServiceDep = Annotated[Service, Depends(get_service)]
