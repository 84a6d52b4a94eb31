"""`/library`: projects and their documents, what could not be taken, upload and removal."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.deps import ServiceDep
from api.facets import facets
from api.languages import Language, told
from api.web.messages import language_of
from api.web.render import page
from ingest.document import DocumentMeta
from ingest.terms import fold
from retrieval.versions import newer_of

router = APIRouter(include_in_schema=False)

Choice = Annotated[str, Query(max_length=200)]

PER_PAGE = 100
"""Documents on a page: as many as come at once on a slow line, and more than one looks through."""


@router.get("/library")
def library(
    request: Request,
    service: ServiceDep,
    q: Choice = "",
    project: Choice = "",
    doc_type: Choice = "",
    year: Choice = "",
    form: Annotated[str, Query(alias="format", max_length=20)] = "",
    number: Annotated[int, Query(alias="page", ge=1)] = 1,
) -> HTMLResponse:
    """The documents that fit, project by project, a hundred at a time."""
    registry, language = service.library.registry, language_of(request)
    known = registry.documents()
    newer = newer_of(meta for meta, _ in known)
    chosen = {"q": q.strip(), "project": project, "doc_type": doc_type, "year": year, "format": form}
    in_order = sorted(known, key=lambda pair: (pair[0].project or "\uffff", pair[0].path))
    fitting = [(meta, chunks) for meta, chunks in in_order if _fits(meta, chosen)]
    pages = max(-(-len(fitting) // PER_PAGE), 1)
    number = min(number, pages)
    projects: dict[str, list[dict[str, Any]]] = {}
    for meta, chunks in fitting[(number - 1) * PER_PAGE : number * PER_PAGE]:
        shown = {"meta": meta, "chunks": chunks, "newer": newer.get(meta.id)}
        projects.setdefault(meta.project or "", []).append(shown)
    return page(
        request,
        "library.html",
        here="library",
        projects=projects,
        counts=Counter(meta.project or "" for meta, _ in fitting),
        shown=len(fitting),
        total=len(known),
        number=number,
        pages=pages,
        facets=facets(meta for meta, _ in known),
        chosen=chosen,
        failures=[_told(*one, language) for one in registry.failures()],
        warnings=[_told(*one, language) for one in registry.warnings()],
    )


def _fits(meta: DocumentMeta, chosen: dict[str, str]) -> bool:
    if not (meta.date or "").startswith(chosen["year"]):
        return False
    if any(chosen[key] and getattr(meta, key) != chosen[key] for key in ("project", "doc_type", "format")):
        return False
    told = fold(" ".join(filter(None, (meta.title, meta.path, meta.version, meta.customer, meta.author))))
    return all(word in told for word in fold(chosen["q"]).split())


def _told(path: Path, error: str, hint: str, language: Language) -> dict[str, str]:
    return {"path": path.name, "error": told(error, language), "hint": told(hint, language)}
