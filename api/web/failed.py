"""The page that a browser is shown for an address that leads nowhere, or when a page fails."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.languages import told
from api.web.messages import language_of
from api.web.render import page

_FOR_PROGRAMS = ("/api/", "/static/", "/healthz", "/readyz", "/metrics", "/openapi.json")


def failed_page(request: Request, problem: dict[str, Any]) -> HTMLResponse | None:
    """What went wrong, as a page in the reader's language; None for who did not ask for a page."""
    wants_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if not wants_page or request.url.path.startswith(_FOR_PROGRAMS):
        return None
    language = language_of(request)
    shown = page(
        request,
        "failed.html",
        here="",
        missing=problem["status"] == 404,
        detail=told(problem["detail"], language),
        hint=told(problem["hint"], language),
    )
    shown.status_code = problem["status"]
    return shown
