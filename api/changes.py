"""`GET /api/documents/{id}/changes`: what changed since an older version."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import Service, ServiceDep
from api.errors import problems
from ingest.changes import Change, compare
from ingest.document import DocumentMeta, Value
from ingest.view.parsed import parsed_of

router = APIRouter(prefix="/api/documents", tags=["documents"], responses=problems(404, 422))

Since = Annotated[str, Query(max_length=64, description="The older document's id")]


class DocumentChanges(Value):
    """What changed from `older` to `newer`; `same` lines are in both."""

    older: DocumentMeta
    newer: DocumentMeta
    same: int
    changes: tuple[Change, ...]


@router.get("/{document_id}/changes")
def read_changes(service: ServiceDep, document_id: str, since: Since) -> DocumentChanges:
    """What is new, gone or worded otherwise in a document since another one, each line with its place."""
    return document_changes(service, document_id, since)


def document_changes(service: Service, document_id: str, since: str) -> DocumentChanges:
    """Both documents read and compared. Raises `DocumentNotFound` and what reading raises."""
    registry = service.library.registry
    newer, older = registry.document(document_id), registry.document(since)
    found = compare(parsed_of(service.library, older.id), parsed_of(service.library, newer.id))
    return DocumentChanges(older=older, newer=newer, same=found.same, changes=found.changes)
