"""`caselore ingest`, `caselore documents` and `caselore doctor`."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ingest.bar import Bar
from ingest.errors import Stopped, UnavailableError
from ingest.index.lock import Holder
from ingest.library import Library, drop_index, open_registry
from ingest.report import IngestReport
from ingest.settings import Settings

app = typer.Typer()

SAMPLE_CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "documents"
SOME_FAILED = 3
PIPED_WIDTH = 10_000

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files, and folders with all below them; without any, the sample corpus."),
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Drop documents whose files have gone from these paths.")] = (
        False
    ),
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild",
            help="Forget the index and build it anew (with another model, say); without a path, from all files it had.",
        ),
    ] = False,
    fast: Annotated[
        bool,
        typer.Option(
            "--fast", help="Words first: documents are found by their words at once, by their meaning once deepened."
        ),
    ] = False,
    deepen: Annotated[
        bool,
        typer.Option(
            "--deepen",
            help="Look at no files: make what --fast took in findable by its meaning, too (any ingest without --fast "
            "does that at its end).",
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Index new and changed files; what has not changed takes no time.

    Exit code 3: some files could not be taken; they are listed with what to do, the rest is indexed. Files of which a
    part could not be read (marked !) are indexed without it.
    """
    if deepen and (fast or paths or prune or rebuild):
        raise typer.BadParameter("It stands alone: no paths, no other option but --json.", param_hint="--deepen")
    settings, holder = Settings(), Holder("ingest")
    if fast:
        settings = settings.model_copy(update={"ingest_profile": "fast"})
    chosen = paths or [SAMPLE_CORPUS]
    with Bar(Console(stderr=True)) as bar:
        try:
            from ingest.pipeline import deepen as run_deepen
            from ingest.pipeline import ingest as run

            if rebuild:
                chosen = _forget(settings, holder, paths)
            if deepen:
                open_registry(settings).close()  # it makes no library where there is none
            with Library(settings, holder, create=True) as library:
                report = run_deepen(library, bar) if deepen else run(library, chosen, prune=prune, progress=bar)
                shallow = library.registry.shallow_count()
        except KeyboardInterrupt:
            kept = (
                f"after {bar.done} of {bar.total} files; what they hold is kept"
                if bar.total
                else "before the first file"
            )
            raise Stopped(f"Stopped {kept}.", "Run the same command to go on.") from None
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        _show(report, _console())
        if shallow:
            _console().print(f"{_lacking(shallow)} → `caselore ingest --deepen`", highlight=False)
    if report.failures:
        sys.exit(SOME_FAILED)


@app.command()
def documents(as_json: JsonOption = False) -> None:
    """List what the library holds, what could not be taken, and what could not be read of the rest."""
    # The registry alone, so that it also works while a server has the index open.
    from ingest.archives import Archives

    settings = Settings()
    registry, archives = open_registry(settings), Archives(settings)
    held, failures, warnings = registry.documents(), registry.failures(), registry.warnings()
    shallow = {meta.id for meta in registry.shallow()}
    registry.close()
    failures, warnings = (
        [(archives.shown(path), error, hint) for path, error, hint in told] for told in (failures, warnings)
    )
    if as_json:
        rows = [meta.model_dump() | {"chunks": chunks, "deep": meta.id not in shallow} for meta, chunks in held]
        lost = {"failures": _told(failures), "warnings": _told(warnings)}
        print(json.dumps({"documents": rows, **lost}, ensure_ascii=False))
        return
    table = Table(box=None, header_style="bold")
    for name in ("id", "project", "type", "title", "version", "date", "chunks"):
        table.add_column(name, overflow="fold", no_wrap=name in ("id", "date"))
    for meta, chunks in held:
        cells = (meta.id, meta.project, meta.doc_type, meta.title, meta.version, meta.date, str(chunks))
        table.add_row(*(cell or "" for cell in cells))
    console = _console()
    console.print(table)
    if shallow:
        console.print(
            f"! {_lacking(len(shallow))} `caselore ingest --deepen` goes on.", style="yellow", highlight=False
        )
    for mark, style, told in (("!", "yellow", warnings), ("✗", "red", failures)):
        for path, error, hint in told:
            console.print(f"{mark} {path}: {error} {hint}", style=style, markup=False, highlight=False, soft_wrap=True)


@app.command()
def doctor() -> None:
    """Say what is set up, what is missing, and what to do about it."""
    from ingest.doctor import examine

    console = _console()
    findings = list(examine(Settings()))
    for finding in findings:
        mark = "✓" if finding.fine else "✗"
        console.print(f"{mark} {finding.subject}: {finding.state}", markup=False, highlight=False, soft_wrap=True)
        if finding.hint:
            console.print(f"    → {finding.hint}", markup=False, highlight=False, soft_wrap=True)
    if not all(finding.fine for finding in findings):
        sys.exit(UnavailableError.exit_code)


def _forget(settings: Settings, holder: Holder, paths: list[Path] | None) -> list[Path]:
    """Drop the index; what to ingest then. Nothing is dropped before it is sure that it can be built again."""
    from ingest.archives import originals
    from ingest.embedders import load_embedder
    from ingest.registry import Registry
    from ingest.registry_engine import is_missing
    from ingest.source import discover, is_gone

    known: list[Path] = []
    if not paths and not is_missing(settings):
        registry = Registry(settings)
        files = registry.files_under(registry.roots())
        known = [file for file in originals(settings, files) if not is_gone(file)]
        registry.close()
    chosen = paths or known or [SAMPLE_CORPUS]
    discover(chosen)
    load_embedder(settings).close()
    drop_index(settings, holder, keep_files=not paths)
    return chosen


def _console() -> Console:
    """Standard output; a line stays a line where a program reads it."""
    return Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)


def _lacking(shallow: int) -> str:
    documents = "1 document is" if shallow == 1 else f"{shallow} documents are"
    return f"{documents} found by words only so far."


def _told(what: list[tuple[Path, str, str]]) -> list[dict[str, str]]:
    return [{"path": str(path), "error": error, "hint": hint} for path, error, hint in what]


def _show(report: IngestReport, console: Console) -> None:
    outcomes = (*report.documents.items(), ("deepened", report.deepened))
    counts = ", ".join(f"{number} {outcome}" for outcome, number in outcomes if number)
    console.print(
        f"{counts or 'nothing to do'}; {report.chunks} chunks {'embedded' if 'embed' in report.stages else 'written'} "
        f"in {report.seconds:.1f} s",
        highlight=False,
    )
    if report.passed_over:
        files = "1 file of another kind" if report.passed_over == 1 else f"{report.passed_over} files of other kinds"
        console.print(f"{files} passed over", highlight=False)
    if report.pictures_passed_over:
        files = "1 picture" if report.pictures_passed_over == 1 else f"{report.pictures_passed_over} pictures"
        console.print(f"{files} without text to be read passed over", highlight=False)
    texts = [f"= {one.path}\n    {one.note}" for one in report.notes]
    texts += [f"! {one.path}\n    {one.error}\n    → {one.hint}" for one in report.warnings]
    texts += [f"✗ {one.path}\n    {one.error}\n    → {one.hint}" for one in report.failures]
    for text in texts:
        console.print(text, markup=False, highlight=False, soft_wrap=True)
