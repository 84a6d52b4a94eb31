"""`/documents/{id}`: a document as a page of its own, opened at a place."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from api.deps import ServiceDep
from api.web.render import page
from ingest.document import DocumentMeta, Locator
from ingest.errors import DocumentNotFound
from ingest.view.original import original
from retrieval.versions import family, newer_of

router = APIRouter(include_in_schema=False)

_LONGEST = 8_000


@router.get("/documents/{document_id}")
def show_document(
    request: Request,
    service: ServiceDep,
    document_id: str,
    at: Annotated[str, Query(max_length=_LONGEST)] = "",
    quote: Annotated[str, Query(max_length=_LONGEST)] = "",
) -> HTMLResponse:
    """The document at the place `at` (a locator as JSON), or from its beginning where that is none."""
    registry = service.library.registry
    try:
        meta = registry.document(document_id)
    except DocumentNotFound:
        return _refused(request, None)
    try:
        original(registry, document_id)
    except DocumentNotFound:
        return _refused(request, meta)
    known = [one for one, _ in registry.documents()]
    return page(
        request,
        "document.html",
        here="library",
        meta=meta,
        missing=None,
        locator=_locator(at),
        quote=quote,
        versions=_versions(meta, known),
        newer=newer_of(known).get(meta.id),
    )


def _refused(request: Request, gone: DocumentMeta | None) -> HTMLResponse:
    """The page that says what to do when there is nothing to show."""
    missing = "file" if gone else "document"
    response = page(request, "document.html", here="library", meta=gone, missing=missing)
    response.status_code = DocumentNotFound.http_status
    return response


def _versions(meta: DocumentMeta, known: list[DocumentMeta]) -> list[DocumentMeta]:
    """The other versions of the document, the newest first."""
    others = [one for one in known if one.id != meta.id and family(one) == family(meta)]
    return sorted(others, key=lambda one: (one.date or "", one.version or ""), reverse=True)


def _locator(at: str) -> Locator | None:
    """A link may have been cut off on its way: the document is better than an error."""
    try:
        return Locator.model_validate_json(at) if at else None
    except ValidationError:
        return None
