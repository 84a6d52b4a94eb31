"""What holds for every request and response, before and after the endpoints."""

import ipaddress
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import CONTENT_TOO_LARGE, MISDIRECTED, http_problem, problem_response

MAX_BODY = 1 << 20
"""Bytes in the body of a request that uploads nothing."""

_UPLOAD = ("POST", "/api/documents")
_READING = ("GET", "HEAD", "OPTIONS")
_PORT = re.compile(r":\d*$")


class Guard:
    """ASGI middleware: limits bodies (an upload's to `max_upload` bytes) while they come in, keeps foreign pages from
    writing, and lets no browser guess a content type.

    There are no users yet, so a browser on the server's machine may do everything, and any page it shows could send a
    form here: what browsers mark as sent from another site (Fetch Metadata, W3C) or origin (RFC 6454) may only read.
    A page whose own name was made to lead to this machine (DNS rebinding) looks like ours; it is known by that name in
    `Host`, so a service that is not `public` answers to the names of this machine only.
    """

    def __init__(self, app: ASGIApp, max_upload: int, public: bool) -> None:
        self._app = app
        self._max_upload = max_upload
        self._public = public

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
        if not self._public and not _is_local(headers.get("host", "")):
            refused = HTTPException(MISDIRECTED, "this service is for its own machine and has no such name")
        elif method not in _READING and _is_foreign(headers):
            refused = HTTPException(403, "a page of another site may not write here")
        elif int(headers.get("content-length", 0)) > limit:
            refused = HTTPException(CONTENT_TOO_LARGE)
        if refused:
            return await problem_response(http_problem(method, path, refused))(scope, receive, marked)
        return await self._app(scope, limited, marked)


def _is_local(host: str) -> bool:
    """Whether a `Host` names this machine: `localhost` or a loopback address, with any port."""
    name = _PORT.sub("", host.lower())
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def _is_foreign(headers: Headers) -> bool:
    if headers.get("sec-fetch-site") == "cross-site":
        return True
    origin = headers.get("origin")
    # "null", the origin of a sandboxed page or a local file, is foreign too.
    return origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower()
