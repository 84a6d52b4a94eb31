"""`/healthz`, `/readyz` and `/metrics`: is the process alive, can it answer, and how is it doing."""

from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.deps import ServiceDep
from ingest.errors import IndexMissing

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers, also while all its threads are busy."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(service: ServiceDep) -> dict[str, Any]:
    """Questions can be answered: the store is there, holds something, and the model is loaded. 503 otherwise."""
    library = service.library
    # The registry knows what questions may see; the store must be there to be asked.
    chunks = min(sum(library.registry.indexed().values()), library.store.count())
    if not chunks:
        raise IndexMissing("The library is empty.", "Upload documents with POST /api/documents.")
    return {"status": "ready", "chunks": chunks, "model": library.embedder.name}


@router.get("/metrics", include_in_schema=False)
def metrics(service: ServiceDep) -> Response:
    """Prometheus metrics of the process, the questions answered and the documents taken in."""
    return Response(service.metrics.text(), media_type=CONTENT_TYPE_LATEST)
