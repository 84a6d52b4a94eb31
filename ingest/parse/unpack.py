"""Unpacks the documents of a zip archive into a folder, within limits on depth, number, size and growth.

It runs in a worker process: what an archive holds is not known before it is read. An archive inside becomes a folder of
its name.
"""

import errno
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from ingest.document import Value
from ingest.errors import DamagedDocument, DataDirNotWritable, DocumentError, DocumentTooLarge, EncryptedDocument
from ingest.parse.archive_names import name_of, safe_parts
from ingest.parse.containers import zip_format
from ingest.parse.file_names import ARCHIVE, extension, is_hidden
from ingest.said import Message, Said

Told = Callable[[int, int], None]

DEEPEST = 3
"""An archive in an archive in an archive is opened; one inside that is reported."""
MOST_FILES = 10_000
MOST_RATIO = 200
"""More than this many bytes from one, in all, is a zip bomb; repetitive text reaches about 50."""
SMALL_BYTES = 64 << 20
"""What unpacks to no more than this is no bomb, whatever the ratio."""

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
_BLOCK = 1 << 20
_LOCAL_HEADER_BYTES = 30
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class NotTaken(Value):
    """A member that was not unpacked: its path inside the archive, why, and what to do."""

    name: str
    error: Message
    hint: Message


class Unpacking:
    """Unpacks one archive. Afterwards `not_taken` holds the members that were not unpacked, and `passed_over` tells how
    many are of kinds that are no documents.
    """

    def __init__(
        self, wanted: Callable[[str], bool], *, most_bytes: int, most_file_bytes: int, told: Told = lambda _, __: None
    ) -> None:
        """`wanted` says whether a member of this bare name is taken. `most_bytes` is what may be unpacked in all, at
        all depths; `told` hears how many members are.
        """
        self.not_taken: list[NotTaken] = []
        self.passed_over = 0
        self._wanted = wanted
        self._told = told
        self._room, self._written = most_bytes, 0
        self._most_file_bytes = most_file_bytes
        self._files = 0

    def unpack(self, archive: Path, folder: Path, name: str, above: tuple[str, ...] = ()) -> None:
        """Unpack the documents of `archive`, called `name`, into `folder`, which is made. `above` are the parts of the
        archive's own path inside the outermost one.

        Raises `DamagedDocument`, `EncryptedDocument` (all of it), `DocumentTooLarge` and `DataDirNotWritable`.
        """
        try:
            with zipfile.ZipFile(archive) as opened:
                entries = [entry for entry in opened.infolist() if not entry.is_dir()]
                _check(entries, archive.stat().st_size, name)
                folder.mkdir(parents=True, exist_ok=True)
                for entry in entries:
                    self._take(opened, entry, folder, above)
        except _BROKEN as error:
            raise DamagedDocument(
                Said("{name} is truncated or damaged.", name=name), "Copy or download it again."
            ) from error
        except OSError as error:
            raise _no_room(name, error) from error

    def _take(self, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, above: tuple[str, ...]) -> None:
        parts = safe_parts(entry)
        if parts is None:
            self._refuse(above, name_of(entry), "is a link or leads out of the archive", "Pack it anew without it.")
            return
        if any(is_hidden(part) for part in parts):
            return
        shown, kind = "/".join(parts), extension(Path(parts[-1]))
        if not self._wanted(parts[-1]):
            self.passed_over += 1
            return
        if entry.flag_bits & 1:
            self._refuse(above, shown, "is protected by a password", "Unpack it with the password and ingest that.")
        elif entry.compress_type not in _METHODS:
            self._refuse(above, shown, "is packed in a way that is not read", "Pack it anew as an ordinary zip.")
        elif entry.file_size > (self._most_file_bytes if kind != ARCHIVE else self._room):
            self._refuse(
                above,
                shown,
                Said("has {file_size} MiB, more than is taken", file_size=entry.file_size >> 20),
                "Split it, or raise CASELORE_MAX_FILE_MB.",
            )
        else:
            self._unpack_one(opened, entry, folder.joinpath(*parts), (*above, *parts))

    def _unpack_one(
        self, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, parts: tuple[str, ...]
    ) -> None:
        above, shown = parts[:-1], parts[-1]
        try:
            path, stream = _create(target)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            self._refuse(above, shown, Said("cannot be unpacked: {why}", why=error.strerror), "Give it a shorter name.")
            return
        try:
            with stream, opened.open(entry) as source:
                self._copy(source, stream, "/".join(parts))
        except _BROKEN:
            path.unlink()
            self._refuse(above, shown, "is damaged", "Copy or download the archive again.")
            return
        if extension(path) == ARCHIVE and not is_package(path):
            self._go_deeper(path, parts)

    def _go_deeper(self, path: Path, parts: tuple[str, ...]) -> None:
        above, shown = parts[:-1], parts[-1]
        depth = 1 + sum(extension(Path(part)) == ARCHIVE for part in parts)
        inner = path.rename(path.with_name(f".{path.name}"))
        try:
            if depth > DEEPEST:
                self._refuse(
                    above,
                    shown,
                    Said("lies more than {deepest} archives deep", deepest=DEEPEST),
                    "Unpack it and ingest that.",
                )
            else:
                self.unpack(inner, path, shown, parts)
        except DataDirNotWritable:
            raise
        except DocumentError as error:
            self.not_taken.append(NotTaken(name="/".join(parts), error=error.message, hint=error.hint))
        finally:
            inner.unlink()

    def _copy(self, source: IO[bytes], target: IO[bytes], shown: str) -> None:
        self._files += 1
        if self._files > MOST_FILES:
            raise DocumentTooLarge(
                Said("The archive holds more than {most_files} documents.", most_files=MOST_FILES), "Split it."
            )
        while block := source.read(_BLOCK):
            self._written += len(block)
            if self._written > self._room:
                raise DocumentTooLarge(
                    Said(
                        "The archive unpacks to more than the {room} MiB taken (at {shown}).",
                        room=self._room >> 20,
                        shown=shown,
                    ),
                    "Split it, or raise CASELORE_MAX_ARCHIVE_MB.",
                )
            target.write(block)
            self._told(self._files, 0)

    def _refuse(self, above: tuple[str, ...], shown: str, why: str, hint: str) -> None:
        self.not_taken.append(
            NotTaken(name="/".join((*above, shown)), error=Said("{shown} {why}.", shown=shown, why=why), hint=hint)
        )


def _check(entries: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    """Refuse what no honest program makes, by what the archive says of itself."""
    if entries and all(entry.flag_bits & 1 for entry in entries):
        raise EncryptedDocument(
            Said("{name} is protected by a password.", name=name), "Unpack it and ingest the files that are in it."
        )
    ends = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < ends:
            raise DamagedDocument(
                Said("{name} has members that overlap, as zip bombs do.", name=name),
                "Unpack it and pack the documents anew.",
            )
        ends = entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > max(MOST_RATIO * packed, SMALL_BYTES):
        raise DocumentTooLarge(
            Said(
                "{name} unpacks to {unpacked} times its size, as zip bombs do.",
                name=name,
                unpacked=unpacked // max(packed, 1),
            ),
            "If it is honest, unpack it and ingest the files that are in it.",
        )


def _create(target: Path) -> tuple[Path, IO[bytes]]:
    """A new file of this name, or of this name and a number where there is one already."""
    target.parent.mkdir(parents=True, exist_ok=True)
    number, path = 1, target
    while True:
        try:
            return path, path.open("xb")
        except FileExistsError:
            number += 1
            path = target.with_name(f"{target.stem} ({number}){target.suffix}")


def is_package(path: Path) -> bool:
    """Whether it is an office document that somebody has named `.zip`."""
    try:
        zip_format(path)
    except DocumentError:
        return False
    return True


def _no_room(name: str, error: OSError) -> DataDirNotWritable:
    return DataDirNotWritable(
        Said("{name} could not be unpacked into the data folder: {why}.", name=name, why=error.strerror),
        "Check the data folder's rights and free space.",
    )
