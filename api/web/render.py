"""Templates to pages: in the reader's language, and under a policy that lets nothing foreign run."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from api.languages import LANGUAGES, Language
from api.web.messages import COOKIE, catalogue, language_of

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Content Security Policy (W3C) of every page: only our own scripts and styles, and no page of others around it."""

_YEAR_S = 365 * 24 * 3600


def page(request: Request, template: str, **content: Any) -> HTMLResponse:
    """The template filled with `content`, in the language of who asks."""
    language = language_of(request)
    text = (
        _environment(language)
        .get_template(template)
        .render(request=request, path=request.url.path, lang=language, version=static_version(), **content)
    )
    response = HTMLResponse(text, headers={"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin"})
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=_YEAR_S, samesite="lax")
    return response


class Static(StaticFiles):
    """Our own files, under an address that changes when they do: a browser asks for each only once."""

    def __init__(self) -> None:
        super().__init__(directory=_STATIC)

    def file_response(self, *args: Any, **options: Any) -> Response:
        """The file, to be kept for a year."""
        response = super().file_response(*args, **options)
        response.headers["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable"
        return response


@cache
def static_version() -> str:
    """A short hash over all static files: their addresses change when they do."""
    digest = sha256()
    for file in sorted(_STATIC.rglob("*")):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    messages = catalogue(language)

    def gettext(message: str) -> str:
        return messages.get(message, message)

    def ngettext(one: str, many: str, number: int) -> str:
        return gettext(one if number == 1 else many)

    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["messages"] = dict(messages)
    return environment
