"""What each answered request says of its trace; the span of the request itself is FastAPI's own."""

from opentelemetry import trace
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_UNTRACED = ("/healthz", "/readyz", "/metrics", "/static/")


def is_untraced(scope: Scope) -> bool:
    """Whether a request is no question of anybody's: probes, and what pages are made of."""
    return str(scope.get("path", "")).startswith(_UNTRACED)


class Traced:
    """ASGI middleware: the response says by `traceresponse` (W3C Trace Context, level 2) in which trace it was made.

    The query, in which questions and quotes stand, is taken out of the request's span.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        request = trace.get_current_span()
        here = request.get_span_context()
        if scope["type"] != "http" or not here.is_valid:
            return await self._app(scope, receive, send)
        if scope.get("query_string"):
            request.set_attribute("url.query", "REDACTED")
        said = f"00-{trace.format_trace_id(here.trace_id)}-{trace.format_span_id(here.span_id)}-{here.trace_flags:02x}"

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["traceresponse"] = said
            await send(message)

        return await self._app(scope, receive, sent)
