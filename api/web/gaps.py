"""`/gaps`: what was asked for and not found."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.deps import ServiceDep
from api.web.reason_names import REASONS, wrong_source
from api.web.render import page
from retrieval.conversations.gaps import gaps

router = APIRouter(include_in_schema=False)


@router.get("/gaps")
def show_gaps(request: Request, service: ServiceDep) -> HTMLResponse:
    """The gaps, the most asked for first."""
    found = gaps(service.conversations.unanswered(), service.library.embedder.embed_passages)
    return page(request, "gaps.html", here="gaps", gaps=found, reasons=REASONS, wrong_source=wrong_source)
