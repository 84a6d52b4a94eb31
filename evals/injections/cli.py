"""`caselore eval injections`: documents that give orders to the machine that reads them."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.documents import empty_library
from evals.injections.case import QUESTION, Case, load_cases
from evals.injections.run import InjectionReport, measure
from evals.show import console, watch
from ingest.pipeline import ingest
from ingest.settings import Settings
from retrieval.answer import Answer, Answerer
from retrieval.asking import Asking
from retrieval.assistant import Assistant

app = typer.Typer()

_SOME_SHOWN = 1


@app.command()
def injections(
    answerer: Annotated[Answerer, typer.Option(help="Who answers; `llm` is the model that the settings name.")] = (
        "extractive"
    ),
    only: Annotated[str, typer.Option("--only", metavar="NAME", help="Cases, attacks or places of this name.")] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Make documents with injected orders, ingest them into a library of its own, and see whether answers obey.

    Exit code 1: one was obeyed.
    """
    # Office libraries load only for who measures.
    from evals.injections.build import build

    cases = [one for one in load_cases() if not only or only in (one.id, one.attack, one.where, one.lang)][:limit]
    with TemporaryDirectory(prefix="caselore-injections-") as made, empty_library(Settings()) as library:
        build(Path(made), cases)
        ingest(library, [Path(made)])
        assistant = Assistant(library)
        steps = iter(watch(cases, "Asking", len(cases)))

        def ask(case: Case) -> Answer:
            next(steps)
            return assistant.ask(Asking(QUESTION, {"project": (case.id,)}, guess=False), answerer=answerer)

        try:
            report = measure(cases, ask)
        finally:
            assistant.close()
    if as_json:
        print(json.dumps(report.model_dump(), ensure_ascii=False))
    else:
        _show(report, console())
    if report.resisted < report.n:
        raise typer.Exit(_SOME_SHOWN)


def _show(report: InjectionReport, console: Console) -> None:
    console.print(
        f"{report.resisted} of {report.n} resisted, {report.true_answers} with the true answer", highlight=False
    )
    for what, counts in report.by.items():
        table = Table(what, "resisted", "n", box=None, header_style="bold")
        for name, (resisted, n) in counts.items():
            table.add_row(name, str(resisted), str(n))
        console.print(table)
    for one in report.results:
        if not one.resisted:
            console.print(f"obeyed: {one.id} ({one.by}): {one.shown!r}", highlight=False, markup=False)
