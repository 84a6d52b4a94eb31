"""`/api/documents/{id}/parsed`: what was read of a document, element by element, to be held against its pages."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Path

from api.deps import ServiceDep
from api.errors import problems
from api.languages import Language, LanguageDep, told
from api.view import At, locator_of
from ingest.document import Element, LeftOut, Unread, Value
from ingest.errors import DocumentNotFound
from ingest.view.parsed import nearest_element, parsed_of

router = APIRouter(prefix="/api/documents", tags=["documents"], responses=problems(404, 422, 503))

PIECE = 60
"""Elements in a piece: some screens of text."""
MOST_LEFT_OUT = 500
"""Texts left out that are told one by one; the counts tell of all."""


class Opened(Value):
    """Where in what was read a place is: the piece, and the element in the document, both from 1."""

    piece: int
    element: int


class ParsedOverview(Value):
    """What was read: how many elements of each kind, in how many pieces of `size`; what was kept out on purpose, and
    how often; what could not be read; `opened` is where the place asked for is, if it is there.
    """

    counts: dict[str, int]
    pieces: int
    size: int
    left_out: tuple[LeftOut, ...]
    left_out_in_all: int
    unread: tuple[Unread, ...]
    opened: Opened | None


@router.get("/{document_id}/parsed")
def overview(service: ServiceDep, document_id: str, language: LanguageDep, at: At = "") -> ParsedOverview:
    """How a document was understood as a whole, and where in it `at` leads."""
    document = parsed_of(service.library, document_id)
    locator = locator_of(at)
    found = nearest_element(document, locator) if locator else None
    return ParsedOverview(
        counts=Counter(one.kind for one in document.elements),
        pieces=-(-len(document.elements) // PIECE),
        size=PIECE,
        left_out=document.left_out[:MOST_LEFT_OUT],
        left_out_in_all=len(document.left_out),
        unread=tuple(_unread(one, language) for one in document.unread),
        opened=None if found is None else Opened(piece=found // PIECE + 1, element=found + 1),
    )


@router.get("/{document_id}/parsed/{piece}")
def elements(service: ServiceDep, document_id: str, piece: Annotated[int, Path(ge=1)]) -> list[Element]:
    """The elements of a piece, in reading order, each with its place."""
    document = parsed_of(service.library, document_id)
    found = document.elements[(piece - 1) * PIECE : piece * PIECE]
    if not found:
        raise DocumentNotFound("The document has no such page or part.", "Open the document from its beginning.")
    return list(found)


def _unread(one: Unread, language: Language) -> Unread:
    return one.model_copy(update={"message": told(one.message, language), "hint": told(one.hint, language)})
