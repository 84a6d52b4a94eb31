"""`caselore eval verify`: what the checker of claims accepts and refuses."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.dataset import Split, load_questions
from evals.documents import ids_by_path, reader
from evals.set_check import check_set
from evals.show import cell, console, watch
from evals.verification import VerificationReport, evaluate
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.asking import Asking
from retrieval.assistant import Assistant

app = typer.Typer()


@app.command()
def verify(
    name: Annotated[str, typer.Option("--set", help="Question set.")] = "caselore",
    split: Annotated[Split, typer.Option(help="Which half.")] = "dev",
    show_each: Annotated[bool, typer.Option("--show", help="Also each statement judged wrongly.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Check true statements said otherwise and false ones made of them; scores the checker, not a model."""
    questions = load_questions(name, split)
    with Library(Settings(), Holder("eval")) as library:
        check_set(questions, ids_by_path(library), reader(library))
        assistant = Assistant(library)
        report = evaluate(
            questions,
            list(library.store.scroll()),
            lambda question: assistant.find(Asking(question.question, history=question.history)).passages,
            watch,
        )
    if not show_each:
        report = report.model_copy(update={"false_accepts": (), "false_drops": ()})
    if as_json:
        print(json.dumps({"set": name, "split": split, **report.model_dump()}, ensure_ascii=False))
    else:
        _show(report, console())


def _show(report: VerificationReport, console: Console) -> None:
    for title, kinds in (("true", report.true), ("false", report.false)):
        table = Table(title, "n", "supported", "unverified", box=None, header_style="bold")
        for kind, one in kinds.items():
            table.add_row(kind, str(one.n), cell(one.supported), cell(one.unverified))
        console.print(table)
    console.print(
        f"{report.questions} questions: precision {report.precision:.3f}, recall {report.recall:.3f}, false accepts "
        f"{report.false_accept_rate:.3f}, {report.ms:.1f} ms a claim",
        highlight=False,
    )
    for question, kind, text in report.false_accepts:
        console.print(f"accepted, though false ({kind}) {question}: {text}", highlight=False, markup=False)
    for question, kind, text in report.false_drops:
        console.print(f"not supported, though true ({kind}) {question}: {text}", highlight=False, markup=False)
