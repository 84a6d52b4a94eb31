"""`/api/documents/{id}/view`: a document to be looked at, opened at a place, and the parts it is made of."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse
from pydantic import ValidationError

from api.deps import Service, ServiceDep
from api.errors import problems
from ingest.document import Locator
from ingest.view.opening import OpenView, open_view, opened_before
from ingest.view.place import as_json

router = APIRouter(prefix="/api/documents", tags=["documents"])

_KEPT = {"Cache-Control": "private, max-age=86400"}
"""An id stands for a content: what is shown of it stays the same."""
_LONGEST_PLACE, _LONGEST_QUOTE = 8_000, 8_000
_MOST_WITHIN = 8

Inside = Annotated[
    str, Query(pattern="^([0-9a-f]{16})?$", description="The `inside` of the view, for a file in a file")
]
At = Annotated[
    str, Query(max_length=_LONGEST_PLACE, description="A citation's `locator` as JSON; empty: the beginning")
]
Quote = Annotated[str, Query(max_length=_LONGEST_QUOTE, description="The citation's `quote`, to be found at the place")]


@router.get("/{document_id}/view", responses=problems(404, 422, 503))
def view(service: ServiceDep, document_id: str, at: At = "", quote: Quote = "") -> dict[str, Any]:
    """What the document is looked at as, and where in it `at` leads.

    `kind` is `pages`, `slides`, `sheets`, `flow` or `lines`; `parts` are its pages, slides or sheets, with the first
    and last row, line or element of each of their pieces; `place` is the part, the piece and what is to be marked
    there, null where the place is not to be found. `path` leads to a file inside the document, which `inside` names in
    further requests.
    """
    locator = locator_of(at)
    opened = open_view(service.library, document_id, locator.within if locator else ())
    description = opened.description
    # Inside the file that was taken out, the place is one of its own.
    own = locator.model_copy(update={"within": ()}) if locator else None
    place = opened.place(own, quote) if own else None
    return {
        "document": service.library.registry.document(document_id).model_dump(),
        "kind": description.kind,
        "format": description.format,
        "parts": [one.model_dump(exclude_defaults=True) | {"pieces": one.pieces} for one in description.parts],
        "outline": [one.model_dump() for one in description.outline],
        "path": locator.within if locator else (),
        "inside": opened.key,
        "prints": opened.prints,
        "place": as_json(place),
        "label": locator.label if locator else "",
    }


@router.get("/{document_id}/view/pages/{number}.png", response_class=FileResponse, responses=problems(404, 503))
def page(service: ServiceDep, document_id: str, number: int, inside: Inside = "") -> FileResponse:
    """The picture of a page; of a slide, where LibreOffice is there to print it."""
    return _png(_opened(service, document_id, inside).page(number))


@router.get("/{document_id}/view/pieces/{part}/{piece}", response_class=FileResponse, responses=problems(404, 503))
def piece(service: ServiceDep, document_id: str, part: int, piece: int, inside: Inside = "") -> FileResponse:
    """What stands in a piece: elements, rows, lines, or the shapes of a slide."""
    found = _opened(service, document_id, inside).piece(part, piece)
    return FileResponse(found, media_type="application/json", headers=_KEPT)


@router.get("/{document_id}/view/pictures/{name}", response_class=FileResponse, responses=problems(404, 503))
def picture(service: ServiceDep, document_id: str, name: str, inside: Inside = "") -> FileResponse:
    """A picture out of the document, drawn anew as PNG."""
    return _png(_opened(service, document_id, inside).picture(name))


def _opened(service: Service, document_id: str, inside: str) -> OpenView:
    return opened_before(service.library, document_id, inside)


def _png(path: Any) -> FileResponse:
    return FileResponse(path, media_type="image/png", headers=_KEPT | {"X-Content-Type-Options": "nosniff"})


def locator_of(at: str) -> Locator | None:
    """The place that a request names as JSON; None where it names none. Raises `RequestValidationError`."""
    if not at:
        return None
    try:
        locator = Locator.model_validate_json(at)
    except ValidationError as error:
        wrong = [{**one, "loc": ("query", "at", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(wrong) from error
    if len(locator.within) > _MOST_WITHIN:
        wrong = [{"loc": ("query", "at", "within"), "msg": f"At most {_MOST_WITHIN} files inside one another"}]
        raise RequestValidationError(wrong)
    return locator
