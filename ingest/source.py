"""What files there are to ingest, and what identifies their content."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import NothingToIngest, UnreadableFile
from ingest.parse.dispatch import KNOWN_EXTENSIONS

# Office documents that no parser reads yet: a person expects them to be taken, so they are reported, not passed over.
FOREIGN_EXTENSIONS = frozenset(
    {"doc", "xls", "ppt", "wps", "et", "dps", "rtf", "odt", "ods", "odp", "eml", "msg", "epub"}
)


@dataclass(frozen=True)
class SourceFile:
    """A file to ingest: its absolute path, and the folder its shown path is relative to."""

    path: Path
    root: Path


@dataclass(frozen=True)
class Sources:
    """The files found, sorted by path, and how many of other kinds were passed over."""

    files: tuple[SourceFile, ...]
    passed_over: int


def discover(paths: Sequence[Path], known_roots: Iterable[Path] = ()) -> Sources:
    """Every document among `paths` (files, or folders with all that is below them).

    A path inside a folder that was ingested before keeps that folder as its root, so that a document's shown path does
    not depend on how it was named this time. Raises `NothingToIngest` for a path that does not exist, or when there is
    no document at all.
    """
    roots = list(known_roots)
    files: dict[Path, SourceFile] = {}
    passed_over = 0
    for given in paths:
        path = given.expanduser().resolve()
        if not path.exists():
            raise NothingToIngest(f"{given} does not exist.", "Check the path; a folder is searched with all below it.")
        own_root = path if path.is_dir() else path.parent
        root = next((one for one in roots if own_root.is_relative_to(one)), own_root)
        for file in [path] if path.is_file() else _below(path):
            if path.is_file() or _extension(file) in KNOWN_EXTENSIONS | FOREIGN_EXTENSIONS:
                files[file] = SourceFile(file, root)
            else:
                passed_over += 1
    if not files:
        shown = ", ".join(str(path) for path in paths)
        raise NothingToIngest(f"No document in {shown}.", f"Known formats: {', '.join(sorted(KNOWN_EXTENSIONS))}.")
    return Sources(tuple(files[key] for key in sorted(files)), passed_over)


def content_id(path: Path) -> str:
    """The document id of a file's content: the first 16 hex digits of its SHA-256. Raises `UnreadableFile`."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read: {error.strerror}.", "Check the file's rights, then ingest again."
        ) from error


def _below(folder: Path) -> list[Path]:
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # `~$name.docx` is the lock file that an office program leaves beside an open document.
        found.extend(Path(parent, name) for name in sorted(names) if not name.startswith((".", "~$")))
    return found


def _extension(path: Path) -> str:
    return path.suffix.lower().lstrip(".")
