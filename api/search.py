"""`GET /api/search`: the passages found for a question, best first."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.deps import ServiceDep
from retrieval.query import read_filters, read_question
from retrieval.search import Mode

router = APIRouter(prefix="/api", tags=["search"])


@router.get("/search")
def search(
    service: ServiceDep,
    q: str,
    k: Annotated[int, Query(ge=1, le=100)] = 10,
    mode: Mode = "hybrid",
    filters: Annotated[list[str], Query(alias="filter", description="key=value")] = [],  # noqa: B006 (FastAPI copies it)
) -> list[dict[str, Any]]:
    """Passages with rank, score, text, document and locator."""
    question = read_question(q, service.library.settings.max_question_chars)
    found = service.assistant.search(question, k, mode, read_filters(filters))
    return [passage.to_json() for passage in found.passages]
