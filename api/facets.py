"""`GET /api/facets`: by what documents can be told apart, with how many each."""

from collections import Counter
from collections.abc import Iterable

from fastapi import APIRouter

from api.deps import ServiceDep
from ingest.document import DocumentMeta, Value

router = APIRouter(prefix="/api", tags=["documents"])

_KEYS = ("project", "doc_type", "version", "customer", "format")
_YEAR_DIGITS = 4


class Facet(Value):
    """One value that documents have, and how many have it; a year has the `dates` that are in it."""

    value: str
    documents: int
    dates: tuple[str, ...] = ()


@router.get("/facets")
def list_facets(service: ServiceDep) -> dict[str, list[Facet]]:
    """For each key the values that documents have, the most frequent first; years latest first."""
    return facets(meta for meta, _ in service.library.registry.documents())


def facets(documents: Iterable[DocumentMeta]) -> dict[str, list[Facet]]:
    """The values of each key among the `documents`."""
    known = list(documents)
    found = {}
    for key in _KEYS:
        counted = Counter(value for one in known if (value := getattr(one, key)))
        found[key] = [Facet(value=value, documents=number) for value, number in counted.most_common()]
    years: dict[str, list[str]] = {}
    for one in known:
        if one.date:
            years.setdefault(one.date[:_YEAR_DIGITS], []).append(one.date)
    found["year"] = [
        Facet(value=year, documents=len(dates), dates=tuple(sorted(set(dates))))
        for year, dates in sorted(years.items(), reverse=True)
    ]
    return found
