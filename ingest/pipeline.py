"""The order of ingest: find files, parse, describe, split, embed, store; each document replaced in one step."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.errors import DocumentError
from ingest.library import Library
from ingest.metadata import read_manifest
from ingest.replace import drop_stale, reconcile, replace_document
from ingest.report import Failure, IngestReport, Progress
from ingest.source import discover


def ingest(
    library: Library,
    paths: Sequence[Path],
    *,
    prune: bool = False,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> IngestReport:
    """Index new and changed files under `paths`; with `prune`, drop documents whose files have gone from there.

    A file that cannot be taken is reported and keeps what was indexed of it before; the others go on. `stopped` is
    asked between files. Raises `NothingToIngest`, and `UnavailableError`s of the store.
    """
    started = time.perf_counter()
    report, watcher = IngestReport(), progress or Progress()
    sources = discover(paths, library.registry.roots())
    report.passed_over = sources.passed_over
    reconcile(library)
    manifests = {root: read_manifest(root) for root in {file.root for file in sources.files}}
    watcher.start(len(sources.files))
    for file in sources.files:
        if stopped():
            break
        watcher.file(file.path)
        try:
            outcome = replace_document(library, file, manifests[file.root], report, watcher)
        except DocumentError as error:
            outcome = "failed"
            library.registry.fail(file.path, error)
            report.failures.append(Failure(str(file.path), error.message, error.hint))
        report.documents[outcome] += 1
        watcher.finished(file.path, outcome)
    if prune:
        report.documents["removed"] = _prune(library, paths)
    if report.chunks or report.documents["removed"]:
        with report.stage("optimize"):
            library.store.optimize()
    report.seconds = round(time.perf_counter() - started, 3)
    return report


def remove(library: Library, document_id: str) -> list[Path]:
    """Take a document out of the library; returns the files that held it (they are left where they are).

    Raises `DocumentNotFound`.
    """
    library.registry.document(document_id)
    sources = library.registry.sources(document_id)
    for source in sources:
        drop_stale(library, library.registry.detach(source))
    return sources


def _prune(library: Library, paths: Sequence[Path]) -> int:
    removed = 0
    for source in library.registry.files_under(path.expanduser().resolve() for path in paths):
        if not source.exists():
            stale = library.registry.detach(source)
            drop_stale(library, stale)
            removed += len(stale)
    return removed
