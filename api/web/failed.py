"""The page that a browser is shown for an address that leads nowhere, or when a page fails."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.languages import told
from api.web.messages import catalogue, language_of
from api.web.render import page

_FOR_PROGRAMS = ("/api/", "/static/", "/healthz", "/readyz", "/metrics", "/openapi.json")
_SAID = ("detail", "hint")
_LOST = ("这个地址没有内容。", "地址可能不完整，或者内容已经删除。")


def failed_page(request: Request, problem: dict[str, Any]) -> HTMLResponse | None:
    """What went wrong, as a page in the reader's language; None for who did not ask for a page."""
    wants_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if not wants_page or request.url.path.startswith(_FOR_PROGRAMS):
        return None
    language = language_of(request)
    # Of an address that leads nowhere the framework knows only the number.
    lost = problem["type"] == "urn:caselore:not-found"
    said = catalogue(language)
    lines = [said.get(one, one) for one in _LOST] if lost else [told(problem[key], language) for key in _SAID]
    shown = page(
        request,
        "failed.html",
        here="",
        missing=problem["status"] == 404,
        detail=lines[0],
        hint=lines[1],
    )
    shown.status_code = problem["status"]
    return shown
