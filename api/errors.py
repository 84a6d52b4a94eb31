"""One table from errors to HTTP, one shape for all of them: RFC 9457 problem details."""

import logging
import re
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ingest.errors import CaseloreError

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"


def problem(status: int, kind: str, detail: str, hint: str = "") -> dict[str, Any]:
    """Problem details: `type` names the kind of error, `detail` what is wrong, `hint` (an extension) the next step."""
    title = kind.replace("-", " ").capitalize()
    return {"type": f"urn:caselore:{kind}", "title": title, "status": status, "detail": detail, "hint": hint}


def problem_of(error: CaseloreError) -> dict[str, Any]:
    """Problem details of one of our own errors; its kind is the class's name in kebab case."""
    kind = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
    return problem(error.http_status, kind, error.message, error.hint)


def install(app: FastAPI) -> None:
    """Answer every error of the application with problem details."""

    @app.exception_handler(CaseloreError)
    def ours(_request: Request, error: CaseloreError) -> JSONResponse:
        return _response(problem_of(error))

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        wrong = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors())
        return _response(problem(422, "invalid-request", wrong, "The API is described at /docs."))

    @app.exception_handler(HTTPException)
    def http(_request: Request, error: HTTPException) -> JSONResponse:
        kind = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "http-error")
        return _response(problem(error.status_code, kind, str(error.detail), "The API is described at /docs."))

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> JSONResponse:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return _response(
            problem(500, "internal-error", "Something unexpected went wrong.", "The server's log has the details.")
        )


def _response(body: dict[str, Any]) -> JSONResponse:
    return JSONResponse(body, status_code=body["status"], media_type=PROBLEM_JSON)
