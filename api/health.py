"""`/healthz`, `/readyz` and `/metrics`: is the process alive, can it answer, and how is it doing."""

from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.deps import ServiceDep
from ingest.errors import IndexMissing

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(service: ServiceDep) -> dict[str, Any]:
    """Questions can be answered: the store is there, holds something, and the model is loaded. 503 otherwise."""
    chunks = service.library.store.count()
    if not chunks:
        raise IndexMissing("The library is empty.", "Upload documents with POST /api/documents.")
    return {"status": "ready", "chunks": chunks, "model": service.library.embedder.name}


@router.get("/metrics", include_in_schema=False)
def metrics() -> Response:
    """Prometheus metrics of the process and of the questions answered."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
