"""Who may come in when the service is open to other machines: who has its token."""

import hmac
from hashlib import sha256
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem, problem_response

COOKIE = "caselore_session"

_OPEN = ("/healthz", "/readyz", "/login")
_OPEN_BELOW = "/static/"


class TokenGate:
    """ASGI middleware: without `token` in `Authorization: Bearer` (RFC 6750) or in the cookie that `/login` sets,
    programs get 401 and browsers the page where it is asked for. Probes and what that page is made of stay open.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or ask for the token."""
        if scope["type"] != "http" or self._is_open(scope["path"]) or self._is_known(Headers(scope=scope)):
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            query = scope["query_string"].decode("latin-1")
            here = scope["path"] + (f"?{query}" if query else "")
            return await RedirectResponse(f"/login?next={quote(here, safe='')}", 303)(scope, receive, send)
        refused = problem(
            401,
            "token-missing",
            "This service asks for a token.",
            "Send it as `Authorization: Bearer TOKEN`, or open /login in a browser.",
        )
        return await problem_response(refused, {"WWW-Authenticate": "Bearer"})(scope, receive, send)

    def _is_open(self, path: str) -> bool:
        return path in _OPEN or path.startswith(_OPEN_BELOW)

    def _is_known(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and is_token(given.strip(), self._token):
            return True
        # As browsers read them: other services of this machine share its name, and so their cookies come along.
        session = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        return hmac.compare_digest(session.encode(), session_of(self._token).encode())


def is_token(given: str, token: str) -> bool:
    """Whether `given` is the token; how long that takes tells nothing about it."""
    return hmac.compare_digest(given.encode(), token.encode())


def session_of(token: str) -> str:
    """What a browser keeps instead of the token; it is void once the token is another."""
    return hmac.new(token.encode(), b"caselore session", sha256).hexdigest()
