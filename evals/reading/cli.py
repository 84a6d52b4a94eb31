"""`caselore eval reading`: whole answers, measured on a public reading set."""

import json
from pathlib import Path
from typing import Annotated

import typer

from evals.asking import answering, ask_through, tell
from evals.documents import empty_library
from evals.reading.questions import read_reading_set
from evals.reading.shelf import fill
from evals.record import Runs
from evals.runs_cli import write_report_file
from evals.show import console, show_run, watch
from ingest.data_dir import make_data_dir
from retrieval.answer import Answerer

app = typer.Typer()

_VECTORS = "reading-vectors.sqlite3"


@app.command()
def reading(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A BEIR-style folder whose queries carry `answers` and `answerable`.")
    ],
    answerer: Annotated[Answerer, typer.Option(help="Who answers; `llm` asks the language model.")] = "extractive",
    limit: Annotated[int | None, typer.Option(min=1, help="Only N questions, each kind in its share.")] = None,
    report_file: Annotated[Path | None, typer.Option("--report", help="Also write an HTML report there.")] = None,
    cache: Annotated[
        Path | None, typer.Option(help="File that keeps the passages' vectors (default: in the data folder).")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew where an earlier run was stopped.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Put the questions of a reading set to the whole assistant, over a library of its passages alone.

    Goes on where it was stopped; the run is kept with the others (`caselore eval runs`, `compare`, `report`).
    """
    settings = answering(answerer)
    chosen = read_reading_set(folder, limit)
    kept = Runs(settings.data_dir / "evals")
    make_data_dir(settings)
    with empty_library(settings, cache or settings.data_dir / _VECTORS) as library:
        passages = fill(library, folder, watch)
        report, path = ask_through(chosen, library, kept, fresh=fresh)
    if report_file:
        write_report_file(report, report_file)
    if as_json:
        print(json.dumps(report.model_dump(), ensure_ascii=False))
    else:
        show_run(report, console(), questions=False)
        tell(f"{passages} passages. Kept as {path.stem}; each question: caselore eval report {path.stem}")
