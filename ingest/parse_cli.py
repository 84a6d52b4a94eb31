"""`caselore parse`: what is understood of a file, and what is not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from ingest.archives import Archives, Opened
from ingest.errors import UsageError
from ingest.metadata import read_manifest
from ingest.parse.options import ReadOptions
from ingest.parse.workers.limits import Limits
from ingest.parse.workers.pool import ParsePool
from ingest.report import Failure, Progress
from ingest.settings import Settings
from ingest.source import SourceFile, discover, is_mere_picture, resolve

if TYPE_CHECKING:
    from ingest.inspect.reading import Understood

app = typer.Typer()

_SOME_FAILED = 3
_PIPED_WIDTH = 160


@contextmanager
def _opened(files: Sequence[SourceFile], settings: Settings, pool: ParsePool) -> Iterator[Opened]:
    """The files, the documents of each archive in its place, as long as they are looked at."""
    manifests = {file.root: read_manifest(file.root) for file in files}
    with TemporaryDirectory(prefix="caselore-") as folder:
        archives = Archives(settings.model_copy(update={"data_dir": Path(folder)}))
        yield archives.open(pool, files, manifests, Progress())


@app.command()
def parse(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Files, zip archives, and folders with all below them.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    formulas: Annotated[bool, typer.Option("--formulas", help="Show each formula beside its value.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="OUT", help="Write a page to look at, the document's pages beside it; a folder for many."
        ),
    ] = None,
) -> None:
    """Show what is understood of files: structure, tables, places, what is left out and what could not be read.

    Nothing is indexed. Exit code 3: some files could not be read; they are listed with what to do.
    """
    # Every command imports this room; the parsers take a second to load.
    from ingest.inspect.reading import Understood, understand

    settings = Settings()
    sources = discover(files)
    options = ReadOptions.of(settings).model_copy(update={"formulas": formulas})
    console = Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH)
    documents: list[dict[str, Any]] = []
    pictures = 0
    with ParsePool(Limits.of(settings)) as pool, _opened(sources.files, settings, pool) as opened:
        failures = [*sources.failures, *opened.problems]
        failures += [Failure(str(path), error.message, error.hint) for path, error in opened.not_taken]
        single = len(files) == 1 and [one.path for one in opened.files] == [resolve(files[0])]
        if html and not single and html.exists() and not html.is_dir():
            raise UsageError(f"{html} is a file, and there are several to write.", "Name a folder.")
        for one in understand(opened.files, opened.manifests, options, pool):
            if isinstance(one, Understood):
                documents.append(_as_json(one)) if as_json else None
                if html:
                    _write_page(one, pool, html if single else html / f"{one.metadata.path}.html")
                elif not as_json:
                    from ingest.inspect.tree import show

                    show(one, console)
                continue
            file, error = one
            if single:
                raise error
            if is_mere_picture(file, error, ocr=settings.ocr):
                pictures += 1
            else:
                failures.append(Failure(file.shown, error.message, error.hint))
    if as_json:
        content = documents[0] if single else {"documents": documents, "failures": [asdict(one) for one in failures]}
        print(json.dumps(content, ensure_ascii=False))
    else:
        _complain(failures, pictures)
    if failures:
        sys.exit(_SOME_FAILED)


def _as_json(one: Understood) -> dict[str, Any]:
    document = one.document.model_dump(mode="json")
    return {"format": one.metadata.format, "metadata": one.metadata.model_dump(), "counts": one.counts(), **document}


def _complain(failures: Sequence[Failure], pictures: int) -> None:
    if pictures:
        typer.echo(f"{pictures} picture{'s' * (pictures > 1)} without text to be read passed over", err=True)
    for one in failures:
        typer.echo(f"✗ {one.path}\n    {one.error}\n    → {one.hint}", err=True)


def _write_page(one: Understood, pool: ParsePool, path: Path) -> None:
    from ingest.inspect.page import write

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(one, pool, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", "Name a file in a folder of yours.") from error
    typer.echo(f"{path}", err=True)
