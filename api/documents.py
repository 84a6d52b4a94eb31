"""`/api/documents`: what the library holds; upload, open the original, remove."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile
from fastapi.responses import FileResponse, JSONResponse

from api import uploads
from api.deps import ServiceDep
from api.described import described
from api.errors import problem, problem_of, problem_response, problems
from api.languages import Language, LanguageDep, all_told, told
from api.upload_report import Taken, Tell, unheard
from api.upload_stream import EVENTS, UploadStream
from ingest.document import Properties
from ingest.errors import CaseloreError, DocumentNotFound
from ingest.said import Said
from ingest.view.original import original

router = APIRouter(prefix="/api/documents", tags=["documents"])


@router.get("")
def list_documents(service: ServiceDep, language: LanguageDep) -> dict[str, Any]:
    """Every document with its metadata and number of chunks, the files that could not be taken, and what could not be
    read of those that were.
    """
    registry = service.library.registry
    return {
        "documents": [meta.model_dump() | {"chunks": chunks} for meta, chunks in registry.documents()],
        "failures": [_told(*one, language) for one in registry.failures()],
        "warnings": [_told(*one, language) for one in registry.warnings()],
    }


@router.post("", response_model=dict[str, Any], responses=problems(400, 413, 422))
async def upload_documents(
    request: Request,
    service: ServiceDep,
    files: Annotated[list[UploadFile], File(description="One file or several")],
    said: Annotated[Properties, Depends(described)],
    language: LanguageDep,
) -> Response:
    """Take files into the library, one after the other, while questions go on being answered. Each document in a zip
    archive is one of its own, named by its path there (`资料.zip/方案.docx`).

    A file of a name uploaded before in the same project replaces it, and so does the same content under another name.
    One that cannot be read is reported among the `failures`, and the others are taken; when none could be taken, the
    answer is an error (422) that has the same report.

    With `Accept: text/event-stream` it is told as it goes on: `file` (its `path`), `opened` (an archive, how many
    `files`), `reading` (`done` of `total` pages), `taken`, `failed`, `passed_over` (no document), and `done` with the
    report.
    """
    given = [uploads.Upload(file.filename or "", cast("Any", file.file)) for file in files]

    def take(tell: Tell = unheard) -> Taken:
        return uploads.take(service.library, given, said, service.stopping.is_set, tell)

    async def run(work: Callable[[], Taken]) -> Taken:
        taken = await service.write(work)
        service.metrics.documents(taken.report.documents)
        service.deepen_beside()
        service.optimize_beside()
        return taken

    if EVENTS in request.headers.get("accept", ""):
        return UploadStream(run, take)
    taken = await run(take)
    if not taken.documents:
        return problem_response(_why(taken.errors) | taken.to_json())
    return JSONResponse(all_told(taken.to_json(), language))


@router.get("/{document_id}/source", response_class=FileResponse, responses=problems(404))
def source(service: ServiceDep, document_id: str) -> FileResponse:
    """The original file, byte for byte as it was ingested."""
    registry = service.library.registry
    with _advised():
        meta = registry.document(document_id)
    # A document may be HTML: it is never shown as a page of this service.
    return FileResponse(
        original(registry, document_id),
        filename=Path(meta.path).name,
        headers={"Content-Security-Policy": "sandbox"},
    )


@router.delete("/{document_id}", responses=problems(404))
async def delete_document(service: ServiceDep, document_id: str) -> dict[str, Any]:
    """Take a document out of the library. Files that were not uploaded stay where they are."""
    with _advised():
        kept = await service.write(lambda: uploads.remove(service.library, document_id))
    service.metrics.documents({"removed": 1})
    service.optimize_beside()
    return {"id": document_id, "removed": True, "files_kept": [path.name for path in kept]}


def _told(path: Path, error: str, hint: str, language: Language) -> dict[str, str]:
    return {"path": path.name, "error": told(error, language), "hint": told(hint, language)}


@contextmanager
def _advised() -> Iterator[None]:
    """Who calls over HTTP has no command line to list documents with."""
    try:
        yield
    except DocumentNotFound as error:
        raise DocumentNotFound(error.message, "List them with `GET /api/documents`.") from error


def _why(errors: list[CaseloreError]) -> dict[str, Any]:
    if len(errors) == 1:
        return problem_of(errors[0])
    return problem(
        422,
        "no-document-taken",
        Said("None of the {count} files could be taken.", count=len(errors)),
        "See `failures`.",
    )
