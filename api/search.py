"""`GET /api/search`: the passages found for a question, best first."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.deps import ServiceDep
from api.errors import problems
from retrieval.asking import Asking
from retrieval.query import read_filters
from retrieval.search import Mode

router = APIRouter(prefix="/api", tags=["search"], responses=problems(422))


@router.get("/search")
def search(
    service: ServiceDep,
    q: Annotated[str, Query(description="The question")],
    k: Annotated[int, Query(ge=1, le=100, description="How many passages")] = 10,
    mode: Annotated[Mode, Query(description="What the ranking rests on")] = "hybrid",
    filters: Annotated[list[str], Query(alias="filter", description="key=value; repeatable")] = [],  # noqa: B006 (FastAPI copies it)
    without: Annotated[list[str], Query(description="Guesses to drop: key or key=value; repeatable")] = [],  # noqa: B006
    context: Annotated[bool, Query(description="Each passage with what stands around it")] = False,
) -> list[dict[str, Any]]:
    """Passages with rank, score, text, document and locator; `folded` are older versions and copies of the text."""
    found = service.assistant.search(Asking(q, read_filters(filters), without=without), k, mode, context=context)
    return [passage.to_json() for passage in found.passages]
