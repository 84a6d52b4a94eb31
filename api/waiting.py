"""Whether anybody still waits for a response: work in a thread that is told when its client has gone."""

import threading
from asyncio import create_task, sleep
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import Request

LOOK_S = 0.2
"""How often it is looked."""

Stop = Callable[[], bool]


@asynccontextmanager
async def waited_for(request: Request, stopping: threading.Event) -> AsyncIterator[Stop]:
    """A function that says, in any thread, that nobody waits any more: the client has gone, or the service stops.

    Whoever works in a thread is to ask it. An endpoint that is cancelled has nobody waiting either.
    """
    gone = threading.Event()

    async def watch() -> None:
        while not await request.is_disconnected():
            await sleep(LOOK_S)
        gone.set()

    # No task group: an endpoint that streams is left in the middle, by any task, and its errors are wanted as they are.
    watching = create_task(watch())
    try:
        yield lambda: gone.is_set() or stopping.is_set()
    finally:
        gone.set()
        watching.cancel()
