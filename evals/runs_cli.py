"""`caselore eval run`, `compare`, `gate`, `report`, `runs`, `check`, `template`: question sets and their runs."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from evals.asking import answering, ask_through, tell, warn
from evals.chosen import choose
from evals.compare import compare as compare_runs
from evals.dataset import Split
from evals.documents import ids_by_path, reader
from evals.gate import falls
from evals.judging import Opinion, drawn
from evals.question_file import write_template
from evals.record import BASELINES, Runs, bare, write_report
from evals.report import RunReport
from evals.set_check import check_set
from evals.show import console, show_comparison, show_run
from ingest.errors import UsageError
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.answer import Answerer
from retrieval.llm import open_llm

app = typer.Typer(no_args_is_help=True)

WORSE = 1
"""Exit code of a gate that does not open."""

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
SetOption = Annotated[str, typer.Option("--set", help="Question set: a name, or a .xlsx, .csv or .jsonl file.")]
SplitOption = Annotated[Split, typer.Option(help="Tune on dev; look at test and whole only to report.")]
RunName = Annotated[str, typer.Argument(help="A run's id or its beginning, `latest`, `baseline-dev`, or a file.")]


@app.command()
def run(
    name: SetOption = "caselore",
    split: SplitOption = "dev",
    report_file: Annotated[Path | None, typer.Option("--report", help="Also write an HTML report there.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew where an earlier run was stopped.")] = False,
    judge: Annotated[bool, typer.Option("--judge", help="Also ask the language model (CASELORE_LLM_*).")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Only N questions, each kind in its share.")] = None,
    answerer: Annotated[Answerer, typer.Option(help="Who answers; `llm` asks the language model.")] = "extractive",
    as_json: JsonOption = False,
) -> None:
    """Put a question set to the assistant, over the documents ingested; goes on where it was stopped."""
    report, path = _run(name, split, fresh=fresh, judge=judge, limit=limit, answerer=answerer)
    if report_file:
        write_report_file(report, report_file)
    if as_json:
        print(json.dumps(report.model_dump(), ensure_ascii=False))
    else:
        show_run(report, console())
        tell(f"Kept as {path.stem}. Compare: caselore eval compare baseline-{split} {path.stem}")


@app.command()
def compare(a: RunName, b: RunName, as_json: JsonOption = False) -> None:
    """What got better and worse from run A to run B: by metric, kind and question, with a paired test."""
    runs = _runs()
    comparison = compare_runs(runs.find(a), runs.find(b))
    if as_json:
        print(json.dumps(comparison.model_dump(), ensure_ascii=False))
    else:
        show_comparison(comparison, console())


@app.command()
def gate(
    split: SplitOption = "dev",
    accept: Annotated[bool, typer.Option("--accept", help="Make this run the baseline.")] = False,
) -> None:
    """Run the sample set and hold it against the accepted baseline; exit code 1 when a metric fell beyond noise."""
    report, path = _run("caselore", split, fresh=True)
    if accept:
        write_report(BASELINES / f"{split}.json", bare(report))
        tell(f"Accepted as the baseline of {split}; commit evals/baselines/{split}.json.")
        return
    comparison = compare_runs(_runs().find(f"baseline-{split}"), report)
    show_comparison(comparison, console())
    fallen = falls(comparison)
    if fallen:
        tell("Worse than the baseline beyond noise:\n" + "\n".join(f"  {one}" for one in fallen))
        tell(f"Look: caselore eval report {path.stem}. If it is meant so: caselore eval gate --accept")
        sys.exit(WORSE)
    tell("No watched metric is worse than the baseline beyond noise.")


@app.command()
def report(
    name: RunName = "latest",
    to: Annotated[Path, typer.Option("--to", help="The HTML file.")] = Path("eval-report.html"),
) -> None:
    """Write a run as one HTML file: tables, plots, and each failing question with passages, answer and gold."""
    write_report_file(_runs().find(name), to)


@app.command()
def runs(
    as_json: JsonOption = False,
    delete: Annotated[list[str] | None, typer.Option(help="Delete the run of this id; may be given again.")] = None,
) -> None:
    """List the runs kept, oldest first; with --delete, those that are left."""
    for run_id in delete or ():
        _runs().remove(run_id)
    kept = [(file.stem, _runs().find(str(file))) for file in _runs().files()]
    if as_json:
        rows = [{"id": id_, **one.model_dump(exclude={"per_question", "risk_coverage"})} for id_, one in kept]
        print(json.dumps(rows, ensure_ascii=False))
        return
    for id_, one in kept:
        commit = (one.provenance and one.provenance.commit) or "–"
        scores = {name: one.metrics.get(name) for name in ("correct", "gold_quote_cited")}
        told = ", ".join(f"{name} {value:.3f}" for name, value in scores.items() if value is not None)
        print(f"{id_}  {one.n} questions  {commit}  {told}")


@app.command()
def check(name: SetOption = "caselore", split: SplitOption = "dev", as_json: JsonOption = False) -> None:
    """Check a question set against the index: gold documents that are missing, quotes that are not found."""
    questions = choose(name, split).questions
    with Library(Settings(), Holder("eval")) as library:
        misfits = check_set(questions, ids_by_path(library), reader(library))
    if as_json:
        print(json.dumps([one.model_dump() for one in misfits], ensure_ascii=False))
    else:
        warn(misfits)
        print(f"{len(questions)} questions, {len(misfits)} gold places that are not found")
    if misfits:
        sys.exit(WORSE)


@app.command()
def template(file: Annotated[Path, typer.Argument(help="A .xlsx or .csv file to write.")]) -> None:
    """Write a table to fill in with questions of your own; `caselore eval run --set FILE` asks them."""
    write_template(file)
    tell(f"Written: {file}. Fill it in, then: caselore eval run --set {file}")


def _run(
    name: str,
    split: Split,
    *,
    fresh: bool,
    judge: bool = False,
    limit: int | None = None,
    answerer: Answerer = "extractive",
) -> tuple[RunReport, Path]:
    chosen = choose(name, split)
    chosen = replace(chosen, questions=drawn(chosen.questions, limit))
    kept = _runs()
    opinion = _judge(kept) if judge else None
    with Library(answering(answerer), Holder("eval")) as library:
        return ask_through(chosen, library, kept, fresh=fresh, opinion=opinion)


def _judge(kept: Runs) -> Opinion:
    llm = open_llm(Settings())
    # Loading takes a second that only those who ask a judge pay for.
    from evals.judge import Judge
    from evals.opinions import Opinions

    return Judge(llm, Opinions(kept.opinions)).opinion


def _runs() -> Runs:
    return Runs(Settings().data_dir / "evals")


def write_report_file(found: RunReport, to: Path) -> None:
    """Write a run as one HTML file. Raises `UsageError` where that cannot be."""
    from evals.html_report import write_html

    try:
        write_html(found, to)
    except OSError as error:
        raise UsageError(f"{to} cannot be written: {error.strerror}.", "Choose another place.") from error
    tell(f"Written: {to}")
