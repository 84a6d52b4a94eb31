"""How many questions are taken at a time: who comes beyond that is told at once, and when to come again."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ServiceBusy, busy_response
from ingest.said import Said

_QUESTIONS = (("POST", "/api/ask"), ("POST", "/api/ask/stream"))


class Crowd:
    """`most` questions at a time, in any thread; `inside` are there now."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._turned_away: Callable[[], object] = lambda: None
        self.inside = 0

    def tell(self, turned_away: Callable[[], object]) -> None:
        """Call this from now on for each question that is told to come again."""
        self._turned_away = turned_away

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for one question. Raises `ServiceBusy` when none is free."""
        with self._lock:
            if self.inside >= self._most:
                self._turned_away()
                raise ServiceBusy(
                    Said("{most} questions are being answered, and no more are taken in.", most=self._most),
                    "Ask again in some seconds; CASELORE_ASK_QUEUE says how many are taken at a time.",
                )
            self.inside += 1
        try:
            yield
        finally:
            with self._lock:
                self.inside -= 1


class Door:
    """ASGI middleware: each question holds a place until the last word of its response is sent, or its client has gone.

    The place is taken before anything of the response is sent, so that a stream can be refused with a status.
    """

    def __init__(self, app: ASGIApp, crowd: Crowd) -> None:
        self._app = app
        self._crowd = crowd

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say that it is to come again."""
        if scope["type"] != "http" or (scope["method"], scope["path"]) not in _QUESTIONS:
            return await self._app(scope, receive, send)
        with ExitStack() as held:
            try:
                held.enter_context(self._crowd.place())
            except ServiceBusy as error:
                return await busy_response(error)(scope, receive, send)
            return await self._app(scope, receive, send)
