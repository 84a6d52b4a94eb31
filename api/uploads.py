"""Uploaded files on their way into the library: taken one by one, each in its predecessor's place, or not at all."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from api.upload_archive import UploadedArchives
from api.upload_folder import UploadFolder
from api.upload_report import Taken, Tell, UntilStopped, unheard
from ingest.document import Properties
from ingest.errors import CaseloreError, DocumentError, DocumentNotFound
from ingest.library import Library
from ingest.metadata import read_manifest
from ingest.replace import replace_document, retire
from ingest.report import IngestReport, Outcome
from ingest.source import SourceFile


@dataclass(frozen=True)
class Upload:
    """A file as it came: the name its sender gave it, and its bytes."""

    name: str
    content: BinaryIO


def take(
    library: Library, files: Sequence[Upload], said: Properties, stopped: Callable[[], bool], tell: Tell = unheard
) -> Taken:
    """Store and ingest files, and those in zip archives. One that is not taken leaves no trace but its line in the
    report. `tell` hears how it goes: `file`, `opened`, `reading`, `taken`, `failed`, `passed_over`.

    Raises `UnavailableError`s (data folder, store, the service is `stopped`); what was taken before then stays.
    """
    folder, taken, started = UploadFolder.of(library.settings), Taken(tell=tell), time.perf_counter()
    for file in files:
        watcher = UntilStopped(file.name, stopped, tell)
        watcher.check()
        tell("file", path=file.name)
        try:
            path = folder.put(file.name, file.content, said)
            _ingest(library, folder, path, taken, watcher)
        except DocumentError as error:
            taken.refuse(file.name, error)
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
    archives, opened = UploadedArchives.of(library), set[Path]()
    kept: list[Path] = []
    # The file first: should the process be killed in between, `resume` must not bring back what was removed.
    for path in sources:
        if archive := archives.discard_member(path, folder.root):
            opened.add(archive)
        elif not folder.discard(path):
            kept.append(path)
    for archive in filter(archives.is_spent, opened):
        folder.discard(archive)
        archives.forget(archive)
    retire(library, lambda: library.registry.detach(*sources))
    return kept


def _ingest(library: Library, folder: UploadFolder, path: Path, taken: Taken, watcher: UntilStopped) -> None:
    archives = UploadedArchives.of(library)
    try:
        if archives.is_one(path) and archives.take(path, taken, watcher):
            _drop(library, folder, _older(library, folder, path))
            return
        outcome = _replace(library, path, taken.report, watcher)
        if _describe_anew(library, folder, path, taken.report, watcher):
            outcome = "updated"
    finally:
        if library.registry.file_document(path) is None and not archives.documents(path):
            folder.discard(path)
            archives.forget(path)
    older = _older(library, folder, path)
    _drop(library, folder, older)
    taken.take(path.name, library.registry.file_document(path) or "", "updated" if older else outcome)


def _older(library: Library, folder: UploadFolder, path: Path) -> list[Path]:
    """What the upload takes the place of."""
    slot = _slot(library, path)
    return [one for one in folder.files() if one != path and one.name == path.name and _slot(library, one) == slot]


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
    archives = UploadedArchives.of(library)
    try:
        if not (archives.is_one(path) and archives.take(path, Taken(), watcher, again=True)):
            _replace(library, path, IngestReport(), watcher)
    except DocumentError as error:
        library.registry.fail(path, error)
        return False
    return True


def _is_in(library: Library, path: Path) -> bool:
    if UploadedArchives.of(library).is_in(path):
        return True
    document_id = library.registry.file_document(path)
    return document_id is not None and library.registry.active_recipe(document_id) is not None


def _drop(library: Library, folder: UploadFolder, paths: Sequence[Path]) -> None:
    if not paths:
        return
    archives = UploadedArchives.of(library)
    inside = [member for path in paths for member in archives.documents(path)]
    retire(library, lambda: library.registry.detach(*paths, *inside))
    for path in paths:
        folder.discard(path)
        archives.forget(path)
