"""One table from errors to HTTP, one shape for all of them: RFC 9457 problem details."""

import logging
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from api.languages import all_told, preferred
from ingest.errors import CaseloreError, UnavailableError
from ingest.said import Said

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
SEE_DOCS = "The API is described at /docs."

CONTENT_TOO_LARGE = 413
MISDIRECTED = 421

_HINTS = {
    403: "Open Caselore itself and do it there.",
    CONTENT_TOO_LARGE: "Send less at a time; for a larger single file raise CASELORE_MAX_FILE_MB.",
    MISDIRECTED: "Open it as http://localhost with its port; for other machines serve with --host 0.0.0.0.",
}


RETRY_AFTER_S = 5
"""Seconds after which somebody who was turned away may ask again: an answer from the documents takes well under one."""


class ServiceBusy(UnavailableError):
    """As many questions are being answered as the settings allow."""


class Problem(BaseModel):
    """Problem details (RFC 9457), the shape of every error."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="The kind of error, as a URN", examples=["urn:caselore:question-too-long"])
    title: str = Field(description="The kind of error, in words")
    status: int = Field(description="The HTTP status")
    detail: str = Field(description="What is wrong")
    hint: str = Field(description="What to do next")


def problem(status: int, kind: str, detail: str, hint: str) -> dict[str, Any]:
    """Problem details: `kind` in kebab case names the kind of error, `detail` what is wrong, `hint` the next step."""
    title = kind.replace("-", " ").capitalize()
    # Not by way of the model, which would make ordinary strings of messages that can be told in other languages.
    return {"type": f"urn:caselore:{kind}", "title": title, "status": status, "detail": detail, "hint": hint}


def problem_of(error: CaseloreError) -> dict[str, Any]:
    """Problem details of one of our own errors; its kind is the class's name in kebab case."""
    kind = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
    return problem(error.http_status, kind, error.message, error.hint)


def http_problem(method: str, path: str, error: HTTPException) -> dict[str, Any]:
    """Problem details of what the framework refuses."""
    kind, said = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-"), error.detail
    if error.status_code == CONTENT_TOO_LARGE:
        # Python's phrase for it changed with version 3.13.
        kind, said = "content-too-large", "the body is too large"
    return problem(
        error.status_code,
        kind,
        Said("{method} {path}: {said}.", method=method, path=path, said=said),
        _HINTS.get(error.status_code, SEE_DOCS),
    )


def unexpected() -> dict[str, Any]:
    """Problem details of what should never happen; the details are the log's business."""
    return problem(500, "internal-error", "Something unexpected went wrong.", "The server's log has the details.")


class ProblemResponse(Response):
    """The response that carries problem details, told in the language that who asked prefers (`Accept-Language`)."""

    def __init__(self, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status_code=body["status"], headers=headers)
        self.problem = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell it."""
        language = preferred(Headers(scope=scope))
        given = {name: value for name, value in self.headers.items() if name != "content-length"}
        in_words = JSONResponse(
            all_told(self.problem, language),
            status_code=self.status_code,
            headers=given | {"Content-Language": language, "Vary": "Accept-Language"},
            media_type=PROBLEM_JSON,
        )
        await in_words(scope, receive, send)


def problem_response(body: dict[str, Any], headers: Mapping[str, str] | None = None) -> ProblemResponse:
    """The response that carries problem details."""
    return ProblemResponse(body, headers)


def busy_response(error: ServiceBusy) -> ProblemResponse:
    """The response to who was turned away, with the time to come again."""
    return problem_response(problem_of(error), {"Retry-After": str(RETRY_AFTER_S)})


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: the errors an endpoint answers with, all in the one shape (`api.openapi` adds its schema)."""
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


Show = Callable[[Request, dict[str, Any]], Response | None]


def install(app: FastAPI, show: Show = lambda _request, _problem: None) -> None:
    """Answer every error of the application with problem details, or with what `show` makes of them for a browser."""

    def answer(request: Request, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
        return show(request, body) or problem_response(body, headers)

    @app.exception_handler(CaseloreError)
    def ours(request: Request, error: CaseloreError) -> Response:
        return answer(request, problem_of(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        wrong = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors())
        return answer(request, problem(422, "invalid-request", Said("{wrong}.", wrong=wrong), SEE_DOCS))

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        return answer(request, http_problem(request.method, request.url.path, error), error.headers)

    @app.exception_handler(Exception)
    def internal(request: Request, _error: Exception) -> Response:
        # The server that runs the application logs the exception itself, but not what was asked for.
        log.error("%s %s failed", request.method, request.url.path)
        return answer(request, unexpected())
