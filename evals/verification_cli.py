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
from ingest.errors import UsageError
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.asking import Asking
from retrieval.assistant import Assistant
from retrieval.verify.entailment import NliModel

app = typer.Typer()


@app.command()
def verify(
    name: Annotated[str, typer.Option("--set", help="Question set.")] = "caselore",
    split: Annotated[Split, typer.Option(help="Which half.")] = "dev",
    show_each: Annotated[bool, typer.Option("--show", help="Also each statement judged wrongly.")] = False,
    nli: Annotated[
        bool, typer.Option("--nli", help="Also with the inference model of CASELORE_NLI_MODEL: what it adds.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Check true statements said otherwise and false ones made of them; scores the checker, not a model."""
    questions, settings = load_questions(name, split), Settings()
    model = _model(settings) if nli else None
    with Library(settings, Holder("eval")) as library:
        check_set(questions, ids_by_path(library), reader(library))
        assistant = Assistant(library)
        report = evaluate(
            questions,
            list(library.store.scroll()),
            lambda question: assistant.find(Asking(question.question, history=question.history)).passages,
            watch,
            model,
        )
    if not show_each:
        report = _brief(report)
    if as_json:
        print(json.dumps({"set": name, "split": split, **report.model_dump()}, ensure_ascii=False))
    else:
        _show(report, console())


def _model(settings: Settings) -> NliModel:
    if not settings.nli_model:
        raise UsageError("No inference model is set.", "Set CASELORE_NLI_MODEL to one, or leave --nli out.")
    return NliModel(settings.nli_model, settings.models_path)


def _brief(report: VerificationReport) -> VerificationReport:
    less = {"false_accepts": (), "false_drops": ()}
    both = report.with_model
    return report.model_copy(update=less | {"with_model": both and both.model_copy(update=less)})


def _show(report: VerificationReport, console: Console) -> None:
    both = report.with_model
    more = ("with model", "unverified") if both else ()
    for title, kinds, read_again in (
        ("true", report.true, both.true if both else {}),
        ("false", report.false, both.false if both else {}),
    ):
        table = Table(title, "n", "supported", "unverified", *more, box=None, header_style="bold")
        for kind, one in kinds.items():
            again = read_again.get(kind)
            table.add_row(
                kind,
                str(one.n),
                cell(one.supported),
                cell(one.unverified),
                *((cell(again.supported), cell(again.unverified)) if again else ()),
            )
        console.print(table)
    for of, whole in (("", report), ("with model: ", both)):
        if whole:
            console.print(
                f"{of}{whole.questions} questions: precision {whole.precision:.3f}, recall {whole.recall:.3f}, "
                f"false accepts {whole.false_accept_rate:.3f}, {whole.ms:.1f} ms a claim",
                highlight=False,
            )
    last = both or report
    for question, kind, text in last.false_accepts:
        console.print(f"accepted, though false ({kind}) {question}: {text}", highlight=False, markup=False)
    for question, kind, text in last.false_drops:
        console.print(f"not supported, though true ({kind}) {question}: {text}", highlight=False, markup=False)
