"""Question sets of one's own, kept in the data folder to be run again."""

import shutil
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from evals.chosen import SUFFIXES, Chosen, choose
from evals.question_file import read_questions
from ingest.errors import DataDirNotWritable, UsageError
from ingest.said import Said, retold

MAX_UNPACKED = 32 << 20
"""Bytes that a workbook may unpack to: thousands of questions, and no more than fits into memory."""


class SetNotFound(UsageError):
    """There is no question set of this name."""

    http_status = 404


class OwnSets:
    """The question files in a folder, each known by its file name. No name leads out of the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """The file names, sorted."""
        return sorted(file.name for file in self._folder.glob("[!.]*") if file.suffix.lower() in SUFFIXES)

    def path(self, name: str) -> Path:
        """The file. Raises `SetNotFound`."""
        if name not in self.names():
            raise SetNotFound(Said("There is no question set {name}.", name=name), "`GET /api/evals/sets` lists them.")
        return self._folder / name

    def read(self, name: str) -> Chosen:
        """The set of that file. Raises `SetNotFound`, and `UsageError` for one that was spoilt since."""
        return choose(str(self.path(name)), "dev")

    def put(self, name: str, content: bytes) -> int:
        """Keep a file whose every row is right, in the place of an older one of its name; gives the number of its
        questions. Raises `UsageError` that tells the wrong rows, or `DataDirNotWritable`.
        """
        if Path(name).name != name or name.startswith(".") or Path(name).suffix.lower() not in SUFFIXES:
            raise UsageError(Said("{name} is no question set.", name=name), "Give a .xlsx, .csv or .jsonl file.")
        _check_size(name, content)
        incoming = self._folder / f".incoming-{uuid4().hex}"
        try:
            incoming.mkdir(parents=True)
            (incoming / name).write_bytes(content)
            try:
                questions = read_questions(incoming / name)
            except UsageError as error:
                # Where files lie on this machine is nobody's business.
                told = retold(error.message, lambda text: text.replace(str(incoming / name), name))
                raise UsageError(told, "Correct the file, or start from the template.") from error
            (incoming / name).replace(self._folder / name)
        except OSError as error:
            raise DataDirNotWritable(
                Said("{name} cannot be kept: {why}.", name=name, why=error.strerror), "Free space."
            ) from error
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
        return len(questions)

    def remove(self, name: str) -> None:
        """Delete a file. Raises `SetNotFound`."""
        self.path(name).unlink(missing_ok=True)


def _check_size(name: str, content: bytes) -> None:
    if Path(name).suffix.lower() != ".xlsx":
        return
    try:
        with ZipFile(BytesIO(content)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except BadZipFile as error:
        raise UsageError(Said("{name} cannot be opened as a workbook.", name=name), "Save it anew as .xlsx.") from error
    if unpacked > MAX_UNPACKED:
        raise UsageError(
            Said("{name} unpacks to more than {max_unpacked} MiB.", name=name, max_unpacked=MAX_UNPACKED >> 20),
            "Delete what is no question.",
        )
