"""An upload that is watched: what happens to each file is told while it happens (server-sent events)."""

import json
import logging
from collections.abc import Awaitable, Callable
from math import inf
from typing import Any

from anyio import ClosedResourceError, create_memory_object_stream, create_task_group, from_thread
from anyio.streams.memory import MemoryObjectSendStream
from fastapi import Response
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from api.errors import problem_of, unexpected
from api.languages import all_told, preferred
from api.upload_report import Taken, Tell
from ingest.errors import CaseloreError

log = logging.getLogger(__name__)

EVENTS = "text/event-stream"

Event = tuple[str, Any]
Work = Callable[[Tell], Taken]


class UploadStream(Response):
    """Does the work of an upload and sends the events it tells of, then `done` with the report, or `error` with
    problem details. The work goes on to its end whether or not anybody listens.
    """

    media_type = EVENTS

    def __init__(self, run: Callable[[Callable[[], Taken]], Awaitable[Taken]], work: Work) -> None:
        """`run` runs what it is given in a thread."""
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._run = run
        self._work = work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send the events as they come."""
        language = preferred(Headers(scope=scope))
        headers = [one for one in self.raw_headers if one[0] != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        outbox, inbox = create_memory_object_stream[Event](inf)
        async with create_task_group() as group:
            group.start_soon(self._do, outbox)
            async with inbox:
                async for name, data in inbox:
                    said = json.dumps(all_told(data, language), ensure_ascii=False)
                    body = f"event: {name}\ndata: {said}\n\n".encode()
                    await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _do(self, outbox: MemoryObjectSendStream[Event]) -> None:
        def tell(event: str, /, **data: Any) -> None:
            try:
                from_thread.run_sync(outbox.send_nowait, (event, data))
            except (ClosedResourceError, RuntimeError):  # nobody listens any more
                log.debug("Nobody hears that %s", event)

        async with outbox:
            try:
                outbox.send_nowait(("done", (await self._run(lambda: self._work(tell))).to_json()))
            except CaseloreError as error:
                outbox.send_nowait(("error", problem_of(error)))
            except Exception:
                # The response has begun, so no status can say it any more.
                log.exception("POST /api/documents failed")
                outbox.send_nowait(("error", unexpected()))
