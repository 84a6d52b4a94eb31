"""`caselore eval`: how well retrieval, answers and refusals do on a set of questions."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from evals.beir import BeirReport, Judgement
from evals.beir import evaluate as evaluate_beir
from evals.dataset import Question, Split, load_questions
from evals.gold import same_document
from evals.made_questions import MadeQuestion, make_questions
from evals.run import RunReport
from evals.run import run as run_set
from ingest.errors import IndexMissing, UsageError
from ingest.index.lock import Holder
from ingest.index.store import Filter
from ingest.library import Library
from ingest.settings import Settings
from retrieval.assistant import Assistant
from retrieval.search import WEIGHTS, Mode

if TYPE_CHECKING:
    from evals.calibrate import Calibration

app = typer.Typer(no_args_is_help=True)

T = TypeVar("T")

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


@app.command()
def run(
    name: Annotated[str, typer.Option("--set", help="Question set.")] = "caselore",
    split: Annotated[Split, typer.Option(help="Tune on dev; look at test only to report.")] = "dev",
    as_json: JsonOption = False,
) -> None:
    """Put a question set to the assistant, over the documents ingested."""
    questions = load_questions(name, split)
    with Library(Settings(), Holder("eval")) as library:
        _check_ingested(questions, library.store.facet("path"))

        def read_document(document_id: str) -> Iterator[str]:
            where = Filter(equals={"document_id": (document_id,)})
            return (stored.chunk.text for stored in library.store.scroll(where))

        report = run_set(name, split, questions, Assistant(library), read_document, _watch)
    if as_json:
        print(json.dumps(report.model_dump(), ensure_ascii=False))
    else:
        _show_run(report, Console())


@app.command()
def beir(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="corpus.jsonl, queries.jsonl and qrels.tsv.")],
    mode: Annotated[
        Literal["hybrid", "dense", "sparse", "all"], typer.Option(help="What the ranking rests on.")
    ] = "all",
    limit: Annotated[
        int | None, typer.Option(min=1, help="Only the first N questions; the corpus stays whole.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Score retrieval and refusal on a BEIR-style folder, in an index of its own; each corpus row is one passage."""
    modes: list[Mode] = list(WEIGHTS) if mode == "all" else [mode]
    with _empty_library(Settings()) as library:
        assistant = Assistant(library)

        def judge(question: str) -> Judgement:
            try:
                finding = assistant.find(question)
            except UsageError:
                return Judgement(0.0, refused=True)
            return Judgement(finding.evidence.probability, refused=not finding.chosen)

        report = evaluate_beir(folder, library.store, library.embedder, judge, modes=modes, limit=limit, watch=_watch)
    if as_json:
        print(json.dumps(report.model_dump(), ensure_ascii=False))
    else:
        _show_beir(report, Console())


def _check_ingested(questions: Sequence[Question], paths: Iterable[str]) -> None:
    """Scores over documents that are not there say nothing: warn when some are missing, raise when all are."""
    asked_about = sorted({gold.path for question in questions for gold in question.gold})
    missing = [gold for gold in asked_about if not any(same_document(path, gold) for path in paths)]
    if asked_about and missing == asked_about:
        raise IndexMissing("None of the documents asked about is ingested.", "Run `caselore ingest` on them first.")
    for gold in missing:
        typer.echo(f"Not ingested, so not to be found: {gold}", err=True)


@app.command()
def calibrate(
    name: Annotated[str, typer.Option("--set", help="Question set.")] = "caselore", as_json: JsonOption = False
) -> None:
    """Fit the model that decides on refusals, on the dev questions; shows what to write into retrieval/evidence.py."""
    from evals.calibrate import calibrate as fit

    questions = load_questions(name, "dev")
    dev = [MadeQuestion(one.question, one.answerable) for one in questions]
    with Library(Settings(), Holder("eval")) as library:
        _check_ingested(questions, library.store.facet("path"))
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
        calibration = fit(dev, made, lambda question: assistant.find(question).evidence, _watch)
    if as_json:
        print(json.dumps(calibration.model_dump(), ensure_ascii=False))
    else:
        _show_calibration(calibration, Console())


@contextmanager
def _empty_library(settings: Settings) -> Iterator[Library]:
    """A library in a folder that goes away, with the same model: a measurement leaves the user's index alone."""
    with TemporaryDirectory(prefix="caselore-eval-") as folder:
        own = {"data_dir": Path(folder), "models_dir": settings.models_path, "qdrant_url": None, "database_url": None}
        with Library(settings.model_copy(update=own), Holder("eval"), create=True) as library:
            yield library


def _watch(items: Iterable[T], what: str, total: int) -> Iterable[T]:
    console = Console(stderr=True)
    return track(items, what, total, console=console, disable=not console.is_terminal)


def _show_run(report: RunReport, console: Console) -> None:
    console.print(f"{report.set}/{report.split}: {report.n} questions", highlight=False)
    console.print(_table("metric", {"mean": report.metrics}))
    for sample in report.per_question:
        answered = sample.status != "refused"
        right = answered == sample.answerable and sample.scores.get("first_citation_document") != 0
        line = f"{'✓' if right else '✗'} {sample.id} [{sample.status}] {sample.question}"
        why = f"\n    {sample.explanation}" if sample.explanation else ""
        console.print(line + why, markup=False, highlight=False, soft_wrap=True)


def _show_beir(report: BeirReport, console: Console) -> None:
    console.print(f"{report.passages} passages, {report.queries} questions", highlight=False)
    console.print(_table("metric", {str(mode): scores for mode, scores in report.modes.items()}))
    if report.refusal:
        bare = {f"auc of the top score, {name}": value for name, value in report.refusal.auc_of_top.items()}
        console.print(_table("refusal", {"": report.refusal.model_dump(exclude={"auc_of_top"}) | bare}))
    console.print(_table("seconds", {"": report.seconds}))


def _table(name: str, columns: Mapping[str, Mapping[str, float | None]]) -> Table:
    table = Table(name, *columns, box=None, header_style="bold")
    for row in next(iter(columns.values())):
        table.add_row(row, *(_cell(column.get(row)) for column in columns.values()))
    return table


def _cell(value: float | None) -> str:
    return "–" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def _show_calibration(calibration: "Calibration", console: Console) -> None:
    fitted = ("bias", "coverage", "subject", "fits")
    console.print(", ".join(f"{name.upper()} = {getattr(calibration, name)}" for name in fitted))
    for origin, outcomes in calibration.outcomes.items():
        title = f"{origin}: {calibration.questions[origin]} questions, AUC {calibration.auc[origin]}"
        table = Table(
            "threshold", "answerable answered", "unanswerable refused", title=title, title_justify="left", box=None
        )
        for one in outcomes:
            table.add_row(f"{one.threshold:.2f}", f"{one.answered:.2f}", f"{one.refused:.2f}")
        console.print(table)
