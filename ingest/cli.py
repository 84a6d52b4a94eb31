"""`caselore ingest`, `caselore documents` and `caselore doctor`."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from ingest.errors import CaseloreError
from ingest.index.lock import Holder
from ingest.library import Library, drop_index
from ingest.report import IngestReport, Outcome
from ingest.report import Progress as Watcher
from ingest.settings import Settings

app = typer.Typer()

SAMPLE_CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "documents"
SOME_FAILED = 3

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; without any, the sample corpus.")
    ] = None,
    prune: Annotated[bool, typer.Option(help="Drop documents whose files have gone from these folders.")] = False,
    rebuild: Annotated[
        bool, typer.Option(help="Forget the index first, then build it anew (for another model).")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Index new and changed files."""
    from ingest.pipeline import ingest as run

    settings, holder = Settings(), Holder("ingest")
    if rebuild:
        drop_index(settings, holder)
    console = Console(stderr=True)
    with Library(settings, holder, create=True) as library, _Bar(console) as bar:
        report = run(library, paths or [SAMPLE_CORPUS], prune=prune, progress=bar)
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        _show(report, Console())
    if report.failures:
        sys.exit(SOME_FAILED)


@app.command()
def documents(as_json: JsonOption = False) -> None:
    """List what the library holds, and what could not be taken."""
    with Library(Settings(), Holder("documents")) as library:
        held, failures = library.registry.documents(), library.registry.failures()
    if as_json:
        rows = [meta.model_dump() | {"chunks": chunks} for meta, chunks in held]
        failed = [{"path": str(path), "error": error, "hint": hint} for path, error, hint in failures]
        print(json.dumps({"documents": rows, "failures": failed}, ensure_ascii=False))
        return
    table = Table("id", "project", "type", "title", "version", "date", "chunks", box=None, header_style="bold")
    for meta, chunks in held:
        cells = (meta.id, meta.project, meta.doc_type, meta.title, meta.version, meta.date, str(chunks))
        table.add_row(*(cell or "" for cell in cells))
    console = Console()
    console.print(table)
    for path, error, hint in failures:
        console.print(f"✗ {path}: {error} {hint}", style="red", markup=False, highlight=False)


@app.command()
def doctor() -> None:
    """Say what is set up, what is missing, and what to do about it."""
    from ingest.doctor import examine

    console = Console()
    findings = examine(Settings())
    for finding in findings:
        mark = "✓" if finding.fine else "✗"
        console.print(f"{mark} {finding.subject}: {finding.state}", markup=False, highlight=False)
        if finding.hint:
            console.print(f"    → {finding.hint}", markup=False, highlight=False)
    if not all(finding.fine for finding in findings):
        sys.exit(CaseloreError.exit_code)


class _Bar(Watcher):
    """The watcher that draws a progress bar on a terminal, and nothing elsewhere."""

    def __init__(self, console: Console) -> None:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._bar = Progress(*columns, console=console, disable=not console.is_terminal)
        self._files: TaskID | None = None
        self._name = ""

    def __enter__(self) -> "_Bar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def start(self, files: int) -> None:
        self._files = self._bar.add_task("ingest", total=files)

    def file(self, path: Path) -> None:
        self._name = path.name
        self._describe(path.name)

    def embedded(self, done: int, total: int) -> None:
        self._describe(f"{self._name} ({done}/{total} chunks)")

    def finished(self, path: Path, outcome: Outcome) -> None:
        if self._files is not None:
            self._bar.advance(self._files)
        if outcome == "failed":
            self._bar.console.print(f"✗ {path.name}", style="red", markup=False, highlight=False)

    def _describe(self, text: str) -> None:
        if self._files is not None:
            self._bar.update(self._files, description=text)


def _show(report: IngestReport, console: Console) -> None:
    counts = ", ".join(f"{number} {outcome}" for outcome, number in report.documents.items() if number)
    console.print(
        f"{counts or 'nothing to do'}; {report.chunks} chunks embedded in {report.seconds:.1f} s", highlight=False
    )
    if report.passed_over:
        console.print(f"{report.passed_over} files of other kinds passed over", highlight=False)
    for failure in report.failures:
        console.print(f"✗ {failure.path}\n    {failure.error}\n    → {failure.hint}", markup=False, highlight=False)
