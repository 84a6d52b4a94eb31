"""The order of ingest: find files, replace each document that changed, drop what has gone."""

import time
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from ingest import tracing
from ingest.ahead import Ahead
from ingest.archives import Archives, lies_in_an_archive
from ingest.deepen import deepen_all
from ingest.draft import Draft
from ingest.errors import DocumentError, EmptyDocument
from ingest.library import Library
from ingest.metadata import Manifest, read_manifest
from ingest.parse.file_names import ARCHIVE, extension
from ingest.registry import Registry
from ingest.replace import replace_document, retire
from ingest.report import Failure, IngestReport, Outcome, Progress
from ingest.source import SourceFile, discover, is_gone, is_mere_picture, resolve


@tracing.span("ingest")
def ingest(
    library: Library, paths: Sequence[Path], *, prune: bool = False, progress: Progress | None = None
) -> IngestReport:
    """Index new and changed files under `paths`; with `prune`, drop documents whose files have gone from there.

    A file that cannot be taken is reported and keeps what was indexed of it before; the others go on. In the full
    profile, documents of fast runs get their dense vectors at the end. Interrupted at any moment, a later run goes on
    from there. Raises `NothingToIngest`, `ModelUnavailable`, `ModelMismatch`, `IndexLocked`, `DataDirNotWritable`,
    `StoreUnavailable` and `ParsersUnavailable`.
    """
    with library.writing():
        return _ingest(library, paths, prune, progress or Progress())


def _ingest(library: Library, paths: Sequence[Path], prune: bool, watcher: Progress) -> IngestReport:
    started = time.perf_counter()
    report = IngestReport()
    registry = library.registry
    archives = Archives(library.settings)
    archives.tidy()
    roots = [resolve(path) for path in paths]
    sources = discover(paths, archives.ingested(registry.roots()), _gone(registry, archives, roots) if prune else ())
    report.documents["failed"] += len(sources.failures)
    report.failures += sources.failures
    manifests = {root: read_manifest(root) for root in sorted({file.root for file in sources.files})}
    # Folders may share a manifest: each of its broken rows is told once.
    report.failures += dict.fromkeys(
        Failure(str(one.file), problem.message, problem.hint) for one in manifests.values() for problem in one.problems
    )
    opened = archives.open(library.parsers, sources.files, manifests, watcher)
    report.passed_over = sources.passed_over + opened.passed_over
    report.failures += opened.problems
    looked_at = {file.path for file in sources.files if extension(file.path) == ARCHIVE}
    registry.forget_failures(path for path, _, _ in registry.failures() if _is_settled(path, looked_at))
    report.documents["failed"] += len(opened.not_taken)
    for path, error in opened.not_taken:
        _fail(library, report, path, str(path), error)
    watcher.start(len(opened.files))
    with Ahead(library, opened.files, opened.manifests, watcher) as ahead:
        for file, drawn in ahead:
            watcher.file(file.path)
            outcome = _replace(library, file, opened.manifests[file.root], report, watcher, drawn)
            if outcome:
                report.documents[outcome] += 1
            else:
                report.pictures_passed_over += 1
            watcher.finished(file.path, outcome)
    registry.forget_failures(
        path for path, _, _ in registry.failures() if is_gone(path) and not lies_in_an_archive(path)
    )
    if prune:
        gone = _gone(registry, archives, roots)
        report.documents["removed"] += retire(library, lambda: registry.detach(*gone))
        archives.forget_gone(roots)
    if library.settings.ingest_profile == "full":
        _deepen(library, report, watcher)
    if report.chunks or report.deepened or report.documents["removed"]:
        with report.stage("optimize"):
            library.store.optimize()
    report.seconds = round(time.perf_counter() - started, 3)
    return report


@tracing.span("deepen")
def deepen(library: Library, progress: Progress | None = None) -> IngestReport:
    """Give the documents of fast runs their dense vectors, and look at no files. Raises what `deepen_all` raises."""
    started, report = time.perf_counter(), IngestReport()
    with library.writing():
        _deepen(library, report, progress or Progress())
        if report.deepened:
            with report.stage("optimize"):
                library.store.optimize()
    report.seconds = round(time.perf_counter() - started, 3)
    return report


def _deepen(library: Library, report: IngestReport, watcher: Progress) -> None:
    if library.registry.shallow_count():
        with report.stage("deepen"):
            report.deepened = deepen_all(library, watcher)


def remove(library: Library, document_id: str) -> list[Path]:
    """Take a document out of the library; returns the files that held it (they are left where they are).

    Raises `DocumentNotFound`.
    """
    library.registry.document(document_id)
    sources = library.registry.sources(document_id)
    retire(library, lambda: library.registry.detach(*sources))
    return sources


def _replace(
    library: Library,
    file: SourceFile,
    manifest: Manifest,
    report: IngestReport,
    watcher: Progress,
    drawn: Callable[[], Draft],
) -> Outcome | None:
    """What became of the file; None for a picture that is no document."""
    try:
        return replace_document(library, file, manifest, report, watcher, drawn)
    except DocumentError as error:
        if is_mere_picture(file, error, ocr=library.settings.ocr):
            _pass_over(library, report, file.path, error)
            return None
        _fail(library, report, file.path, file.shown, error)
        return "failed"


def _fail(library: Library, report: IngestReport, path: Path, shown: str, error: DocumentError) -> None:
    library.registry.fail(path, error)
    report.failures.append(Failure(shown, error.message, error.hint))


def _pass_over(library: Library, report: IngestReport, path: Path, error: DocumentError) -> None:
    """Forget what the picture was before: a failure, or a document that it is no more."""
    library.registry.forget_failures([path])
    if isinstance(error, EmptyDocument) and library.registry.file_document(path):
        report.documents["removed"] += retire(library, lambda: library.registry.detach(path))


def _gone(registry: Registry, archives: Archives, roots: Sequence[Path]) -> list[Path]:
    """The registered files below the roots, and in the archives there, that are no more."""
    return [file for file in registry.files_under([*roots, *archives.folders_of(roots)]) if is_gone(file)]


def _is_settled(path: Path, archives: AbstractSet[Path]) -> bool:
    """Whether the failure of a path is that of an archive just looked at, or of a member of one."""
    return not archives.isdisjoint((path, *path.parents))
