"""The zip archives among the files to ingest: each is unpacked into the data folder, and its documents take its place.

An archive is to its reader a folder: its documents are shown as `归档.zip/子目录/方案.docx`, described by a manifest
inside it or beside it, and taken up, changed and dropped one by one.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import uuid4

from pydantic import ValidationError

from ingest.archive import Unpacked
from ingest.document import Properties, Value
from ingest.errors import DataDirNotWritable, DocumentError, DocumentTooLarge
from ingest.metadata import Manifest, read_manifest
from ingest.parse.containers import ZIP_MAGICS
from ingest.parse.file_names import ARCHIVE, extension
from ingest.parse.unpack import DEEPEST, MOST_FILES, MOST_RATIO, NotTaken
from ingest.parse.workers.pool import ParsePool
from ingest.report import Failure, Progress
from ingest.said import Said
from ingest.settings import Settings
from ingest.source import MANIFEST, TAKEN_EXTENSIONS, SourceFile, content_id, is_gone

_UNPACK = "ingest.archive:unpack_in_worker"


class _Record(Value):
    """Kept beside the folder of an unpacked archive. `made` changes when the same archive would be unpacked otherwise;
    `below` is the archive's path below the folder ingested, and below its own folder here.
    """

    archive: Path
    below: str
    made: str
    unpacked: Unpacked


@dataclass
class Opened:
    """The files to ingest once archives are opened; the manifests of these; what was not taken, by the path to name."""

    files: list[SourceFile] = field(default_factory=list)
    manifests: dict[Path, Manifest] = field(default_factory=dict)
    not_taken: list[tuple[Path, DocumentError]] = field(default_factory=list)
    passed_over: int = 0
    problems: list[Failure] = field(default_factory=list)


class Archives:
    """The folder `unpacked` of a data folder: `<key>/<path of the archive>/<member>`, and `<key>.json` beside each key,
    which comes from where the archive lies.
    """

    def __init__(self, settings: Settings) -> None:
        self.root = (settings.data_dir / "unpacked").resolve()
        self._most_bytes = settings.max_archive_mb << 20
        self._most_file_bytes = settings.max_file_mb << 20

    def open(
        self,
        parsers: ParsePool,
        files: Sequence[SourceFile],
        manifests: dict[Path, Manifest],
        watcher: Progress,
        *,
        as_before: bool = False,
    ) -> Opened:
        """Put the documents of each archive among `files` in its place; `as_before`: what was unpacked of it once is
        all there is of it. Raises `DataDirNotWritable` and `ParsersUnavailable`.
        """
        opened = Opened(manifests=dict(manifests))
        for file in files:
            if not is_archive(file.path):
                opened.files.append(file)
                continue
            watcher.file(file.path)
            try:
                record = self._unpacked(parsers, file, watcher, as_before=as_before)
            except DocumentError as error:
                opened.not_taken.append((file.path, error))
                continue
            if record.unpacked.package:
                opened.files.append(file)
            else:
                self._add(opened, file, record, manifests[file.root])
        return opened

    def tidy(self) -> None:
        """Delete what was unpacked from archives that have gone, and what a killed run left half done."""
        for leftover in self.root.glob(".incoming-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        for record in self._records():
            if is_gone(record.archive):
                shutil.rmtree(self._folder(record.archive), ignore_errors=True)

    def folders_of(self, roots: Sequence[Path]) -> list[Path]:
        """Where the documents of the archives below `roots` lie, or lay."""
        found = [record.archive for record in self._records()]
        return [self._folder(one) for one in found if any(one.is_relative_to(root) for root in roots)]

    def forget_gone(self, roots: Sequence[Path]) -> None:
        """Forget archives below `roots` that have gone, once their documents have been dropped."""
        for record in self._records():
            if is_gone(record.archive) and any(record.archive.is_relative_to(root) for root in roots):
                self._record_file(record.archive).unlink(missing_ok=True)

    def ingested(self, roots: Sequence[Path]) -> list[Path]:
        """The folders that were ingested, for those that their documents were unpacked to among `roots`."""
        found = {self._folder(one.archive): Path(str(one.archive).removesuffix(one.below)) for one in self._records()}
        return sorted({found.get(root, root) for root in roots}, key=lambda root: len(root.parts), reverse=True)

    def archive_of(self, path: Path) -> Path | None:
        """The archive that a file here was unpacked from; None for any other file."""
        record = self._record_of(path)
        return record.archive if record else None

    def shown(self, path: Path) -> Path:
        """The path by which a person knows a file: by way of its archive, if it was unpacked from one."""
        record = self._record_of(path)
        return _inside(record, path, self._folder(record.archive)) if record else path

    def folder(self, archive: Path) -> Path:
        """Where the documents of the archive lie, once it is unpacked."""
        return self._folder(archive)

    def unpacked(self, archive: Path) -> Iterator[Path]:
        """The documents that were unpacked of the archive and lie there still."""
        found = self._folder(archive).rglob("*")
        return (path for path in found if path.is_file() and path.name != MANIFEST)

    def drop(self, archive: Path) -> None:
        """Delete what was unpacked of the archive."""
        self._record_file(archive).unlink(missing_ok=True)
        shutil.rmtree(self._folder(archive), ignore_errors=True)

    def _unpacked(self, parsers: ParsePool, file: SourceFile, watcher: Progress, *, as_before: bool) -> _Record:
        archive, folder = file.path, self._folder(file.path)
        known = self._record(archive)
        if known and as_before and folder.is_dir():
            return known
        size = archive.stat().st_size
        if size > self._most_bytes:
            raise DocumentTooLarge(
                Said(
                    "{name} has {size} MiB, more than the {most_bytes} MiB taken.",
                    name=archive.name,
                    size=size >> 20,
                    most_bytes=self._most_bytes >> 20,
                ),
                "Split it, or raise CASELORE_MAX_ARCHIVE_MB.",
            )
        below, made = archive.relative_to(file.root).as_posix(), self._made(archive)
        if known and (known.below, known.made) == (below, made) and folder.is_dir():
            return known
        incoming = self.root / f".incoming-{uuid4().hex}"
        try:
            incoming.mkdir(parents=True)
            answer = parsers.call(
                _UNPACK,
                {
                    "archive": str(archive),
                    "target": str(incoming / below),
                    "most_bytes": self._most_bytes,
                    "most_file_bytes": self._most_file_bytes,
                },
                archive.name,
                partial(watcher.reading, archive),
            )
            record = _Record(archive=archive, below=below, made=made, unpacked=Unpacked.model_validate_json(answer))
            # In this order, so that a record never stands beside a folder of other content.
            self._record_file(archive).unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
            incoming.rename(folder)
            self._record_file(archive).write_text(record.model_dump_json(), encoding="utf-8")
        except OSError as error:
            raise DataDirNotWritable(
                Said(
                    "{name} could not be unpacked into the data folder: {why}.", name=archive.name, why=error.strerror
                ),
                "Check the data folder's rights and free space.",
            ) from error
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
        return record

    def _add(self, opened: Opened, file: SourceFile, record: _Record, outer: Manifest) -> None:
        root = self._folder(record.archive)
        top = root / record.below
        members = sorted(path for path in top.rglob("*") if path.is_file() and path.name != MANIFEST)
        opened.files += [SourceFile(path, root, _inside(record, path, root)) for path in members]
        opened.not_taken += [(_named(file.path, one), _error(one)) for one in record.unpacked.not_taken]
        opened.passed_over += record.unpacked.passed_over
        manifest = Manifest(top / MANIFEST)
        inner = read_manifest(top) if (top / MANIFEST).is_file() else Manifest()
        # What is said of the archive holds for each document in it, but for the title.
        whole = outer.get(record.below, Properties()).model_copy(update={"title": None})
        for path in members:
            key = path.relative_to(root).as_posix()
            said = (whole, inner.get(path.relative_to(top).as_posix()), outer.get(key))
            fields = {name: value for one in said if one for name, value in one if value}
            if fields:
                manifest[key] = Properties(**fields)
        opened.manifests[root] = manifest
        shown = str(file.path / MANIFEST)
        opened.problems += [Failure(shown, problem.message, problem.hint) for problem in inner.problems]

    def _made(self, archive: Path) -> str:
        """The archive's content, and all that decides what is unpacked of it."""
        rules = (DEEPEST, MOST_FILES, MOST_RATIO, self._most_bytes, self._most_file_bytes, sorted(TAKEN_EXTENSIONS))
        return f"{content_id(archive)}-{hashlib.sha256(repr(rules).encode()).hexdigest()[:16]}"

    def _folder(self, archive: Path) -> Path:
        return self.root / hashlib.sha256(str(archive).encode()).hexdigest()[:16]

    def _record_file(self, archive: Path) -> Path:
        return self._folder(archive).with_suffix(".json")

    def _record(self, archive: Path) -> _Record | None:
        return _read(self._record_file(archive))

    def _record_of(self, path: Path) -> _Record | None:
        if not path.is_relative_to(self.root) or path == self.root:
            return None
        return _read(self.root / f"{path.relative_to(self.root).parts[0]}.json")

    def _records(self) -> Iterator[_Record]:
        yield from filter(None, map(_read, sorted(self.root.glob("*.json"))))


def lies_in_an_archive(path: Path) -> bool:
    """Whether a path leads into an archive that is still there."""
    return any(extension(parent) == ARCHIVE and parent.is_file() for parent in path.parents)


def originals(settings: Settings, files: Iterable[Path]) -> list[Path]:
    """The files themselves, with what was unpacked from an archive replaced by the archive."""
    archives = Archives(settings)
    return list(dict.fromkeys(archives.archive_of(file) or file for file in files))


def _inside(record: _Record, path: Path, root: Path) -> Path:
    return record.archive / path.relative_to(root / record.below)


def _named(archive: Path, one: NotTaken) -> Path:
    """The path of a member that was not unpacked, whose name may be a trap."""
    return archive.joinpath(*(part for part in one.name.split("/") if part not in ("", ".", "..")))


def _error(one: NotTaken) -> DocumentError:
    return DocumentError(one.error, one.hint)


def _read(file: Path) -> _Record | None:
    try:
        return _Record.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def is_archive(path: Path) -> bool:
    """Whether it is named and begins like a zip archive."""
    if extension(path) != ARCHIVE:
        return False
    try:
        with path.open("rb") as file:
            return file.read(4).startswith(ZIP_MAGICS)
    except OSError:
        return False
