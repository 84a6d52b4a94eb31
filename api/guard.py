"""What holds for every request and response, before and after the endpoints."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import CONTENT_TOO_LARGE, http_problem, problem_response

MAX_BODY = 1 << 20
"""Bytes in the body of a request that uploads nothing."""

_UPLOAD = ("POST", "/api/documents")
_READING = ("GET", "HEAD", "OPTIONS")


class Guard:
    """ASGI middleware: limits bodies (an upload's to `max_upload` bytes) while they come in, keeps foreign pages from
    writing, and lets no browser guess a content type.

    There are no users yet, so a browser on the server's machine may do everything, and any page it shows could send a
    form here: what browsers mark as sent from another site (Fetch Metadata, W3C) may only read.
    """

    def __init__(self, app: ASGIApp, max_upload: int) -> None:
        self._app = app
        self._max_upload = max_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        method, path, headers = scope["method"], scope["path"], Headers(scope=scope)
        limit = self._max_upload if (method, path) == _UPLOAD else MAX_BODY
        read = 0

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(CONTENT_TOO_LARGE)
            return message

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Content-Type-Options"] = "nosniff"
            await send(message)

        refused = None
        if method not in _READING and headers.get("sec-fetch-site") == "cross-site":
            refused = HTTPException(403, "A page of another site may not write here")
        elif int(headers.get("content-length", 0)) > limit:
            refused = HTTPException(CONTENT_TOO_LARGE)
        if refused:
            return await problem_response(http_problem(method, path, refused))(scope, receive, marked)
        return await self._app(scope, limited, marked)
