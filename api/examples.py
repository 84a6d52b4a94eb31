"""`GET /api/examples`: questions to begin with."""

from fastapi import APIRouter

from api.deps import ServiceDep

router = APIRouter(prefix="/api", tags=["ask"])


@router.get("/examples")
def list_examples(service: ServiceDep) -> list[str]:
    """Some questions that the documents of this library answer; none when it is empty."""
    documents = tuple(meta for meta, _ in service.library.registry.documents())
    return list(service.examples(documents))
