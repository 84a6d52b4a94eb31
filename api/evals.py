"""`/api/evals`: question sets, their runs, comparisons of two, and the run that is being made."""

from typing import Annotated, Any, cast

from fastapi import APIRouter, File, Query, Response, UploadFile
from pydantic import BaseModel, ConfigDict, StringConstraints

from api.deps import DeskDep
from api.errors import problems
from api.languages import LanguageDep, all_told
from api.upload_folder import safe_name

router = APIRouter(prefix="/api/evals", tags=["evals"], responses=problems(404, 422))

Json = dict[str, Any]
Name = Annotated[str, StringConstraints(min_length=1, max_length=255)]
Asked = Annotated[str, Query(max_length=255)]

_SVG = "image/svg+xml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DRAWN = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Cache-Control": "max-age=86400"}
"""A plot brings its own styles, is an image and nothing else, and changes with its address."""


class Start(BaseModel):
    """Which set to run: `set` and `split` as `GET /api/evals/sets` names them. `fresh` begins anew where an earlier run
    was stopped.
    """

    model_config = ConfigDict(extra="forbid")

    set: Name
    split: Name
    fresh: bool = False


@router.get("/sets")
def list_sets(desk: DeskDep) -> list[Json]:
    """The question sets that can be run."""
    return desk.sets()


@router.post("/sets", responses=problems(413))
def add_set(desk: DeskDep, file: Annotated[UploadFile, File(description="A .xlsx, .csv or .jsonl file")]) -> Json:
    """Keep a question file of one's own, in the place of one of its name. Wrong rows are named (422)."""
    return desk.add_set(safe_name(file.filename or ""), file.file.read())


@router.get("/sets/check")
def check_set(desk: DeskDep, language: LanguageDep, name: Annotated[Asked, Query(alias="set")], split: Asked) -> Json:
    """Whether a set and the library fit together: the gold places that cannot be found would be scored wrongly."""
    return cast("Json", all_told(desk.check(name, split), language))


@router.get("/template.xlsx", response_class=Response)
def template(desk: DeskDep) -> Response:
    """A workbook for questions of one's own, which explains its columns."""
    headers = {"Content-Disposition": 'attachment; filename="caselore-questions.xlsx"'}
    return Response(desk.template(), media_type=_XLSX, headers=headers)


@router.delete("/sets/{name}", status_code=204)
def remove_set(desk: DeskDep, name: str) -> Response:
    """Delete a question file of one's own. Its runs stay."""
    desk.remove_set(name)
    return Response(status_code=204)


@router.get("/runs")
def list_runs(desk: DeskDep) -> list[Json]:
    """The runs kept, the newest first, each with its change against the one before."""
    return desk.runs()


@router.post("/runs", status_code=202, responses=problems(409, 503))
def start_run(desk: DeskDep, start: Start) -> Json:
    """Begin a run beside everything else; one at a time (409). `GET /api/evals/progress` tells how it goes."""
    return desk.start(start.set, start.split, fresh=start.fresh)


@router.get("/progress")
def progress(desk: DeskDep, language: LanguageDep) -> Json | None:
    """Where the run is, or how the last one ended; null before the first."""
    return cast("Json | None", all_told(desk.progress(), language))


@router.delete("/progress")
def stop_run(desk: DeskDep) -> Json:
    """Stop the run after the question it is at. Started again, it goes on from there."""
    return desk.stop()


@router.get("/runs/{run_id}", response_class=Response)
def read_run(desk: DeskDep, run_id: str) -> Response:
    """The whole run, as `caselore eval run --json` prints it."""
    return Response(desk.run_json(run_id), media_type="application/json")


@router.delete("/runs/{run_id}", status_code=204)
def remove_run(desk: DeskDep, run_id: str) -> Response:
    """Delete a run that was kept. Baselines, which belong to the code, stay (404)."""
    desk.remove_run(run_id)
    return Response(status_code=204)


@router.get("/runs/{run_id}/report.html", response_class=Response)
def report(desk: DeskDep, run_id: str) -> Response:
    """The run as one self-contained HTML file, to pass on."""
    text = desk.run_html(run_id)
    headers = {
        "Content-Disposition": 'attachment; filename="caselore-eval.html"',
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    }
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)


@router.get("/runs/{run_id}/questions/{question_id:path}")
def read_question(desk: DeskDep, run_id: str, question_id: str) -> Json:
    """One question of a run, with answer, gold and passages."""
    return desk.question(run_id, question_id)


@router.get("/runs/{run_id}/plots/{name}.svg", response_class=Response)
def plot(desk: DeskDep, run_id: str, name: str) -> Response:
    """A plot of a run: `kinds`, `risk` or `latency`."""
    drawn = desk.plot(run_id, name)
    if drawn is None:
        return Response(status_code=404)
    return Response(drawn, media_type=_SVG, headers=_DRAWN)


@router.get("/trends.svg", response_class=Response)
def trend(
    desk: DeskDep,
    name: Annotated[Asked, Query(alias="set")],
    split: Asked,
    metric: Asked,
    kind: Asked | None = None,
    until: Asked | None = None,
) -> Response:
    """A metric from run to run of a set, up to the run `until`; over all questions, or those of one kind."""
    return Response(desk.trend(name, split, metric, kind, until), media_type=_SVG, headers=_DRAWN)


@router.get("/compare")
def compare(desk: DeskDep, a: Asked, b: Asked) -> Json:
    """What got better and what worse from run `a` to run `b`, with a paired test."""
    return desk.compare(a, b)
