"""Uploaded files on their way into the library: taken one by one, each in its predecessor's place, or not at all."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from api.upload_folder import UploadFolder
from ingest.document import Properties
from ingest.errors import CaseloreError, DocumentError, DocumentNotFound, UnavailableError
from ingest.library import Library
from ingest.metadata import read_manifest
from ingest.replace import replace_document, retire
from ingest.report import Failure, IngestReport, Outcome, Progress
from ingest.said import Said
from ingest.source import SourceFile


@dataclass(frozen=True)
class Upload:
    """A file as it came: the name its sender gave it, and its bytes."""

    name: str
    content: BinaryIO


@dataclass(frozen=True)
class UntilStopped(Progress):
    """Ends an ingest when the service is `stopped`, a file that is all but done excepted."""

    name: str
    stopped: Callable[[], bool]

    def reading(self, path: Path, done: int, total: int) -> None:  # noqa: ARG002
        """Raises `UnavailableError` when the service is stopped."""
        self.check()

    def embedded(self, done: int, total: int) -> None:
        """Raises `UnavailableError` when the service is stopped."""
        if done < total:
            self.check()

    def check(self) -> None:
        """Raises `UnavailableError` when the service is stopped."""
        if self.stopped():
            raise UnavailableError(
                Said("The service is stopping: {name} is not taken.", name=repr(self.name)), "Upload it again later."
            )


@dataclass
class Taken:
    """What became of the files of one upload; `errors` are those of the files not taken."""

    report: IngestReport = field(default_factory=IngestReport)
    documents: list[dict[str, str]] = field(default_factory=list)
    errors: list[DocumentError] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The report of an ingest, with the id and outcome of each document taken. Where files lie on this machine is
        nobody's business.
        """
        report = self.report.to_json() | {"taken": self.documents}
        for told in (*report["warnings"], *report["notes"]):
            told["path"] = Path(told["path"]).name
        return report


def take(library: Library, files: Sequence[Upload], said: Properties, stopped: Callable[[], bool]) -> Taken:
    """Store and ingest files. One that is not taken leaves no trace but its line in the report.

    Raises `UnavailableError`s (data folder, store, the service is `stopped`); what was taken before then stays.
    """
    folder, taken, started = UploadFolder.of(library.settings), Taken(), time.perf_counter()
    for file in files:
        watcher = UntilStopped(file.name, stopped)
        watcher.check()
        try:
            path = folder.put(file.name, file.content, said)
            outcome = _ingest(library, folder, path, taken.report, watcher)
        except DocumentError as error:
            taken.report.documents["failed"] += 1
            taken.report.failures.append(Failure(file.name, error.message, error.hint))
            taken.errors.append(error)
            continue
        taken.report.documents[outcome] += 1
        document_id = library.registry.file_document(path) or ""
        taken.documents.append({"path": path.name, "id": document_id, "outcome": outcome})
    taken.report.seconds = round(time.perf_counter() - started, 3)
    return taken


def resume(library: Library, stopped: Callable[[], bool]) -> None:
    """Finish what a killed process began, and take in again what an index built anew has lost.

    Of several uploads of one name the newest that can be read stays; one that cannot be read is kept and reported.
    Raises `UnavailableError`s as `take` does.
    """
    folder = UploadFolder.of(library.settings)
    folder.tidy()
    settled: set[tuple[str, str | None]] = set()
    for path in reversed(folder.files()):
        watcher = UntilStopped(path.name, stopped)
        watcher.check()
        if _is_in(library, path) or _retake(library, path, watcher):
            slot = _slot(library, path)
            if slot in settled:
                _drop(library, folder, [path])
            settled.add(slot)


def remove(library: Library, document_id: str) -> list[Path]:
    """Take a document out of the library, with its uploaded file; returns the files that were not uploaded and stay.

    Raises `DocumentNotFound`.
    """
    library.registry.document(document_id)
    sources, folder = library.registry.sources(document_id), UploadFolder.of(library.settings)
    # The file first: should the process be killed in between, `resume` must not bring back what was removed.
    kept = [path for path in sources if not folder.discard(path)]
    retire(library, lambda: library.registry.detach(*sources))
    return kept


def _ingest(library: Library, folder: UploadFolder, path: Path, report: IngestReport, watcher: UntilStopped) -> Outcome:
    try:
        outcome = _replace(library, path, report, watcher)
        if _describe_anew(library, folder, path, report, watcher):
            outcome = "updated"
    finally:
        if library.registry.file_document(path) is None:
            folder.discard(path)
    slot = _slot(library, path)
    older = [one for one in folder.files() if one != path and one.name == path.name and _slot(library, one) == slot]
    if older:
        _drop(library, folder, older)
    return "updated" if older else outcome


def _describe_anew(
    library: Library, folder: UploadFolder, path: Path, report: IngestReport, watcher: UntilStopped
) -> bool:
    """The newest of several uploads of one content describes it: the older, of other names, make way.

    Returns whether there were any. They stay when the content cannot be taken under its new name (`CaseloreError`).
    """
    document_id = library.registry.file_document(path) or ""
    uploaded = set(folder.files()) - {path}
    older = [one for one in library.registry.sources(document_id) if one in uploaded]
    if not older:
        return False
    retire(library, lambda: library.registry.detach(*older))
    try:
        _replace(library, path, report, watcher)
    except CaseloreError:
        for one in older:
            library.registry.attach(one, one.parent, document_id)
        library.registry.detach(path)
        raise
    for one in older:
        folder.discard(one)
    return True


def _slot(library: Library, path: Path) -> tuple[str, str | None]:
    """What an upload takes the place of: a file of its name in its project. Every project has a 交接文档.docx."""
    try:
        return path.name, library.registry.document(library.registry.file_document(path) or "").project
    except DocumentNotFound:
        # Not taken in, or its chunks got lost: what its sender said is all that is known.
        said = read_manifest(path.parent).get(path.name)
        return path.name, said.project if said else None


def _replace(library: Library, path: Path, report: IngestReport, watcher: UntilStopped) -> Outcome:
    """Ingest the file with its own folder as root, whatever folders above it were ingested."""
    source = SourceFile(path, path.parent)
    return replace_document(library, source, read_manifest(path.parent), report, watcher)


def _retake(library: Library, path: Path, watcher: UntilStopped) -> bool:
    try:
        _replace(library, path, IngestReport(), watcher)
    except DocumentError as error:
        library.registry.fail(path, error)
        return False
    return True


def _is_in(library: Library, path: Path) -> bool:
    document_id = library.registry.file_document(path)
    return document_id is not None and library.registry.active_recipe(document_id) is not None


def _drop(library: Library, folder: UploadFolder, paths: Sequence[Path]) -> None:
    retire(library, lambda: library.registry.detach(*paths))
    for path in paths:
        folder.discard(path)
