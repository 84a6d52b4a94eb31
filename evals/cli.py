"""`caselore eval`: how well retrieval, answers and refusals do on a set of questions."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from evals import peers_cli, runs_cli, verification_cli
from evals.beir import BeirReport, Judgement
from evals.beir import evaluate as evaluate_beir
from evals.dataset import load_questions
from evals.documents import empty_library, ids_by_path, reader
from evals.fidelity import cli as fidelity_cli
from evals.gold import same_document
from evals.injections import cli as injections_cli
from evals.made_questions import MadeQuestion, make_questions
from evals.reading import cli as reading_cli
from evals.set_check import check_set
from evals.show import console, table, watch
from ingest.errors import UsageError
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.assistant import Assistant
from retrieval.search import WEIGHTS, Mode

if TYPE_CHECKING:
    from evals.calibrate import Calibration

app = typer.Typer(no_args_is_help=True)
for _commands in (runs_cli, reading_cli, peers_cli, fidelity_cli, verification_cli, injections_cli):
    app.registered_commands += _commands.app.registered_commands

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


@app.command()
def beir(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="corpus.jsonl, queries.jsonl and qrels.tsv.")],
    mode: Annotated[
        Literal["hybrid", "dense", "sparse", "all"], typer.Option(help="What the ranking rests on.")
    ] = "all",
    limit: Annotated[
        int | None, typer.Option(min=1, help="Only the first N questions; the corpus stays whole.")
    ] = None,
    cache: Annotated[Path | None, typer.Option(help="File that keeps the passages' vectors for the next run.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Score retrieval and refusal on a BEIR-style folder, in an index of its own; each corpus row is one passage.

    With `--mode sparse` nothing is embedded, so that hundreds of thousands of passages take minutes; refusals, which
    rest on meaning too, are then not judged.
    """
    modes: list[Mode] = list(WEIGHTS) if mode == "all" else [mode]
    with empty_library(Settings(), cache) as library:
        assistant = Assistant(library)

        def judge(question: str) -> Judgement:
            try:
                finding = assistant.find(question)
            except UsageError:
                return Judgement(0.0, refused=True)
            return Judgement(finding.confidence, refused=not finding.chosen)

        asked = None if mode == "sparse" else judge
        report = evaluate_beir(folder, library.store, library.embedder, asked, modes=modes, limit=limit, watch=watch)
    if as_json:
        print(json.dumps(report.model_dump(), ensure_ascii=False))
    else:
        _show_beir(report, console())


@app.command()
def calibrate(
    name: Annotated[str, typer.Option("--set", help="Question set.")] = "caselore", as_json: JsonOption = False
) -> None:
    """Fit the model that decides on refusals, on the dev questions; shows what to write into retrieval/evidence.py.

    In a library taken in by `ingest --fast` it fits the model for the state without vectors.
    """
    from evals.calibrate import Case
    from evals.calibrate import calibrate as fit

    questions = load_questions(name, "dev")
    # A question that goes on from others says too little by itself.
    alone = [one for one in questions if not one.history]
    people = {name: alone, "refusals": load_questions("refusals", "dev")}
    asked = {origin: [MadeQuestion(one.question, one.answerable) for one in each] for origin, each in people.items()}
    with Library(Settings(), Holder("eval")) as library:
        check_set(questions, ids_by_path(library), reader(library))
        stored = list(library.store.scroll())
        paths = {place.path for one in questions for place in one.places}
        firms = sorted(
            {
                one.document.customer
                for one in stored
                if one.document.customer and any(same_document(one.document.path, path) for path in paths)
            }
        )
        made = make_questions(stored, firms, seed=7)
        assistant = Assistant(library)

        def gather(question: str) -> Case:
            finding = assistant.find(question)
            first = finding.passages[0].document if finding.passages else None
            return Case((first and (first.project or first.customer)) or "", finding.evidence, finding.parts)

        calibration = fit(asked, made, gather, watch)
    if as_json:
        print(json.dumps(calibration.model_dump(), ensure_ascii=False))
    else:
        _show_calibration(calibration, console())


def _show_beir(report: BeirReport, console: Console) -> None:
    console.print(f"{report.passages} passages, {report.queries} questions", highlight=False)
    console.print(table("metric", {str(mode): scores for mode, scores in report.modes.items()}))
    for metric, one in report.gains.items():
        gap = one.difference
        console.print(
            f"hybrid − {one.side}, {metric}: {gap.difference:+.3f} ({gap.low:+.3f} – {gap.high:+.3f}), p {gap.p:.3f}",
            highlight=False,
        )
    if report.refusal:
        bare = {f"auc of the top score, {name}": value for name, value in report.refusal.auc_of_top.items()}
        console.print(table("refusal", {"": report.refusal.model_dump(exclude={"auc_of_top"}) | bare}))
    console.print(table("seconds", {"": report.seconds}))


def _show_calibration(calibration: "Calibration", console: Console) -> None:
    state = "_BY_WORDS" if calibration.by_words else ""
    console.print(f"BIAS{state} = {calibration.bias}, WEIGHTS{state} = {calibration.weights}", highlight=False)
    console.print(f"THRESHOLD = {calibration.threshold}", highlight=False)
    for origin, outcomes in calibration.outcomes.items():
        title = f"{origin}: {calibration.questions[origin]} questions, AUC {calibration.auc[origin]}"
        table = Table(
            "threshold", "answerable answered", "unanswerable refused", title=title, title_justify="left", box=None
        )
        for one in outcomes:
            table.add_row(f"{one.threshold:.2f}", f"{one.answered:.2f}", f"{one.refused:.2f}")
        console.print(table)
