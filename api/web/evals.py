"""`/evals`: the runs of question sets and their trends, one run with its failing questions, two runs compared."""

from collections import Counter
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.deps import DeskDep
from api.eval_desk import EvalDesk
from api.web.metric_names import GROUPS, KINDS, METRICS, OUTCOMES, SETTLED, metric
from api.web.render import page

router = APIRouter(include_in_schema=False)

Chosen = Annotated[str, Query(max_length=300)]

LATENCIES = {
    "understand": "理解问题",
    "embed": "转成向量",
    "search": "检索",
    "fuse": "合并",
    "rerank": "重排",
    "read": "取原文",
    "answer": "组织回答",
    "ask": "合计",
}
"""The stages of an answer; one that is not known here is called by its key."""


@router.get("/evals")
def list_runs(request: Request, series: Annotated[Chosen, Query(alias="set")] = "") -> HTMLResponse:
    """The runs, the newest first; the trend of one set and split (`SET/SPLIT`), unless chosen that of the newest that
    was run more than once.
    """
    desk: EvalDesk | None = request.app.state.desk
    runs = desk.runs() if desk else []
    all_series = list(dict.fromkeys(_series(one) for one in runs))
    chosen = series if series in all_series else ""
    progress = desk.progress() if desk else None
    times = Counter(_series(one) for one in runs)
    plotted = chosen or next((one for one in all_series if times[one] > 1), next(iter(all_series), ""))
    return _page(
        request,
        "evals.html",
        desk=desk,
        runs=[one for one in runs if not chosen or _series(one) == chosen],
        series=all_series,
        chosen=chosen,
        plotted=plotted,
        in_trend=[one for one in runs if _series(one) == plotted],
        main=desk.main_metrics if desk else (),
        sets=desk.sets() if desk else [],
        is_under_way=progress is not None and progress["state"] != "done",
    )


@router.get("/evals/runs/{run_id}")
def show_run(request: Request, desk: DeskDep, run_id: str) -> HTMLResponse:
    """One run: metrics with intervals, plots, kinds, and its questions, failures first."""
    run = desk.run(run_id)
    earlier = [one["id"] for one in desk.runs() if _series(one) == _series(run) and one["id"] < run_id]
    return _page(
        request,
        "evals_run.html",
        run=run,
        before=next(iter(earlier), None),
        draws=desk.draws,
        latencies=LATENCIES,
        counts={outcome: sum(one["outcome"] == outcome for one in run["questions"]) for outcome in OUTCOMES},
    )


@router.get("/evals/compare")
def compare(request: Request, desk: DeskDep, a: Chosen = "", b: Chosen = "") -> HTMLResponse:
    """Two runs side by side; unless chosen the newest that has one before it of its set and split, and that one."""
    runs = desk.runs()
    pairs = [
        (older["id"], newer["id"])
        for at, newer in enumerate(runs)
        for older in [next((one for one in runs[at + 1 :] if _series(one) == _series(newer)), None)]
        if older and b in ("", newer["id"])
    ]
    before, after = next(iter(pairs), ("", b))
    return _page(request, "evals_compare.html", runs=runs, baselines=desk.baselines(), a=a or before, b=after)


def _page(request: Request, template: str, **content: Any) -> HTMLResponse:
    return page(
        request,
        template,
        here="evals",
        metric=metric,
        names=[(key, *named) for key, named in METRICS.items()],
        groups=GROUPS,
        outcomes=OUTCOMES,
        kinds=KINDS,
        settled=SETTLED,
        when=_when,
        **content,
    )


def _series(run: dict[str, Any]) -> str:
    return f"{run['set']}/{run['split']}"


def _when(run: dict[str, Any]) -> str:
    """When a run was made, by the clock of this machine; its id where that is not known."""
    state = run["provenance"]
    if not state:
        return str(run["id"])
    return datetime.fromisoformat(state["created"]).astimezone().strftime("%Y-%m-%d %H:%M")
