"""`/documents/{id}/changes`: two versions of a document side by side, where they differ."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.changes import Since, document_changes
from api.deps import ServiceDep
from api.web.render import page
from ingest.document import DocumentMeta
from retrieval.versions import family

router = APIRouter(include_in_schema=False)


@router.get("/documents/{document_id}/changes")
def show_changes(request: Request, service: ServiceDep, document_id: str, since: Since) -> HTMLResponse:
    """The lines that are new, gone or worded otherwise, under the headings they stand below."""
    found = document_changes(service, document_id, since)
    known = [meta for meta, _ in service.library.registry.documents()]
    counts = {kind: sum(one.kind == kind for one in found.changes) for kind in ("changed", "added", "removed")}
    return page(
        request,
        "changes.html",
        here="library",
        older=found.older,
        newer=found.newer,
        same=found.same,
        changes=found.changes,
        counts=counts,
        others=[one for one in known if _is_other_version(one, found.newer) and one.id != found.older.id],
    )


def _is_other_version(one: DocumentMeta, document: DocumentMeta) -> bool:
    return one.id != document.id and family(one) == family(document)
