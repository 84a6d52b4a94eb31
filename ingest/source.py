"""What files there are to ingest, and what identifies their content."""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import DocumentError, EmptyDocument, NothingToIngest, UnreadableFile
from ingest.parse.detect import PICTURE_EXTENSIONS
from ingest.parse.dispatch import KNOWN_EXTENSIONS
from ingest.parse.file_names import ARCHIVE, extension, is_hidden
from ingest.report import Failure
from ingest.said import Said

# Documents that no parser reads: a person expects them to be taken, so they are reported, not passed over.
FOREIGN_EXTENSIONS = frozenset({
    "ofd", "vsd", "vsdx", "mpp", "xmind", "pages", "numbers", "xps", "chm", "caj", "rar", "7z",
})  # fmt: skip
MANIFEST = "manifest.jsonl"
"""A folder's file that describes the documents below it."""
TAKEN_EXTENSIONS = KNOWN_EXTENSIONS | FOREIGN_EXTENSIONS | {ARCHIVE}


@dataclass(frozen=True)
class SourceFile:
    """A file to ingest: its absolute path, and the folder its shown path is relative to. `named`: it was asked for by
    name, not found in a folder.

    What was unpacked lies in the data folder; `inside` is then its path by way of the archive.
    """

    path: Path
    root: Path
    inside: Path | None = None
    named: bool = False

    @property
    def shown(self) -> str:
        """The path by which a person knows it."""
        return str(self.inside or self.path)


@dataclass(frozen=True)
class Sources:
    """The files found, sorted by path; how many of other kinds were passed over; what could not even be looked at."""

    files: tuple[SourceFile, ...]
    passed_over: int
    failures: tuple[Failure, ...] = ()


def discover(paths: Sequence[Path], known_roots: Iterable[Path] = (), gone: Collection[Path] = ()) -> Sources:
    """Every document among `paths` (files, or folders with all that is below them).

    A path inside a folder that was ingested before keeps that folder as its root, so that a document's shown path does
    not depend on how it was named this time. Raises `NothingToIngest` for a path that does not exist, or when there is
    no document at all, unless one of the files in `gone` was there.
    """
    roots = list(known_roots)
    files: dict[Path, SourceFile] = {}
    passed_over = 0
    failures: list[Failure] = []
    for given in paths:
        path = resolve(given)
        if not path.exists():
            if any(file.is_relative_to(path) for file in gone):
                continue
            raise NothingToIngest(
                Said("{given} does not exist.", given=given), "Check the path; a folder is searched with all below it."
            )
        own_root = path if path.is_dir() else path.parent
        root = next((one for one in roots if own_root.is_relative_to(one)), own_root)
        for file in [path] if path.is_file() else _below(path, failures):
            if path.is_dir() and extension(file) not in TAKEN_EXTENSIONS:
                passed_over += 1
            elif _is_text(file.name):
                named = path.is_file() or (file in files and files[file].named)
                files[file] = SourceFile(file, root, named=named)
            else:
                failures.append(_unnameable(file))
    if not files and not failures and not gone:
        shown = ", ".join(str(path) for path in paths)
        raise NothingToIngest(
            Said("No document in {shown}.", shown=shown),
            Said("Known formats: {names}.", names=", ".join(sorted(KNOWN_EXTENSIONS))),
        )
    return Sources(tuple(files[key] for key in sorted(files)), passed_over, tuple(failures))


def resolve(given: Path) -> Path:
    """The absolute path that a user's path means. Raises `NothingToIngest` when it cannot be looked at."""
    try:
        path = given.expanduser().resolve()
        path.exists()
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, or the home of an unknown user
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise NothingToIngest(
            Said("{given} cannot be looked at: {why}.", given=given, why=why), "Check the path and its rights."
        ) from error
    return path


def content_id(path: Path) -> str:
    """The document id of a file's content: the first 16 hex digits of its SHA-256. Raises `UnreadableFile`."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError as error:
        raise UnreadableFile(
            Said("{name} cannot be read: {why}.", name=path.name, why=error.strerror),
            "Check the file's rights, then ingest again.",
        ) from error


def is_gone(path: Path) -> bool:
    """Whether there is no such file any more. One that merely cannot be looked at is not gone."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def is_mere_picture(file: SourceFile, error: DocumentError, *, ocr: bool) -> bool:
    """Whether a file that could not be taken is no document after all: a picture without text that lies in a folder (a
    logo, a photograph), or any picture there when pictures are not read.
    """
    if file.named or extension(file.path) not in PICTURE_EXTENSIONS:
        return False
    return not ocr or isinstance(error, EmptyDocument)


def _below(folder: Path, failures: list[Failure]) -> Iterator[Path]:
    def report(error: OSError) -> None:
        hint = "Check the folder's rights, then ingest again."
        failures.append(
            Failure(_shown(str(error.filename)), Said("The folder cannot be read: {why}.", why=error.strerror), hint)
        )

    for parent, folders, names in os.walk(folder, onerror=report):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            # A link to nothing is taken, to be reported; a pipe would be waited for without end.
            if not is_hidden(name) and (file.is_file() or is_gone(file)):
                yield file


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unnameable(file: Path) -> Failure:
    return Failure(_shown(str(file)), "The file's name is not in UTF-8.", "Rename the file, then ingest again.")


def _shown(path: str) -> str:
    return path.encode(errors="backslashreplace").decode()
