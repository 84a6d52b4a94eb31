"""`GET /api/gaps`: what was asked for and not found, for whoever looks after the documents."""

import csv
import io
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from api.deps import ServiceDep
from api.web.reason_names import REASONS, wrong_source
from retrieval.conversations.gaps import Gap, gaps
from retrieval.conversations.turn import Turn

router = APIRouter(prefix="/api", tags=["gaps"])

_BOM = "\ufeff"
"""By it Excel knows that a csv file is UTF-8."""


@router.get("/gaps", response_model=list[Gap])
def list_gaps(
    service: ServiceDep, form: Annotated[Literal["json", "csv"], Query(alias="format")] = "json"
) -> list[Gap] | Response:
    """Questions that were refused or voted down, alike ones together, the most asked first; as JSON or csv."""
    found = gaps(service.conversations.unanswered(), service.library.embedder.embed_passages)
    if form == "json":
        return found
    headers = {"Content-Disposition": 'attachment; filename="caselore-gaps.csv"'}
    return Response(_csv(found), media_type="text/csv; charset=utf-8", headers=headers)


def _csv(found: list[Gap]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["问题", "提问次数", "拒答", "差评", "最近提问", "缺少什么", "差评原因", "最接近的文档"])
    for gap in found:
        said = "；".join(_opinion(one) for one in gap.turns if one.vote and one.vote.value < 0)
        near = "；".join(document.path for document in gap.nearest)
        row = [gap.question, len(gap.turns), gap.refused, gap.voted_down, gap.last_asked.date().isoformat()]
        table.writerow([_plain(cell) for cell in (*row, gap.missing or "", said, near)])
    return _BOM + out.getvalue()


def _opinion(turn: Turn) -> str:
    assert turn.vote
    return " ".join(filter(None, (REASONS[turn.vote.reason], wrong_source(turn), turn.vote.comment)))


def _plain(cell: object) -> object:
    """A text that a spreadsheet would run as a formula, made harmless (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
