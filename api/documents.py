"""`/api/documents`: what the library holds; upload, open the original, remove."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, UploadFile
from fastapi.responses import FileResponse

from api import uploads
from api.deps import ServiceDep
from ingest.errors import DocumentNotFound
from ingest.pipeline import remove

router = APIRouter(prefix="/api/documents", tags=["documents"])


@router.get("")
def list_documents(service: ServiceDep) -> dict[str, Any]:
    """Every document with its metadata and number of chunks, and the files that could not be taken."""
    registry = service.library.registry
    return {
        "documents": [meta.model_dump() | {"chunks": chunks} for meta, chunks in registry.documents()],
        "failures": [{"path": path.name, "error": error, "hint": hint} for path, error, hint in registry.failures()],
    }


@router.post("")
def upload_documents(
    service: ServiceDep,
    files: Annotated[list[UploadFile], File(description="One file or several")],
    described: Annotated[uploads.Described, Depends()],
) -> dict[str, Any]:
    """Take files into the library, one after the other, while questions go on being answered.

    A file of a name uploaded before replaces it; one that cannot be read is reported, and the others are taken.
    """
    with service.writing:
        return uploads.take(service.library, files, described).to_json()


@router.get("/{document_id}/source")
def source(service: ServiceDep, document_id: str) -> FileResponse:
    """The original file."""
    meta = service.library.registry.document(document_id)
    for path in service.library.registry.sources(document_id):
        if path.is_file():
            return FileResponse(path, filename=Path(meta.path).name, headers={"X-Content-Type-Options": "nosniff"})
    raise DocumentNotFound(
        f"The original of {meta.title} is no longer where it was.", "Put it back, or ingest with --prune."
    )


@router.delete("/{document_id}")
def delete_document(service: ServiceDep, document_id: str) -> dict[str, Any]:
    """Take a document out of the library. Files that were not uploaded stay where they are."""
    with service.writing:
        sources = remove(service.library, document_id)
        kept = [path for path in sources if not uploads.discard(service.library.settings, path)]
    return {"id": document_id, "removed": True, "files_kept": [path.name for path in kept]}
