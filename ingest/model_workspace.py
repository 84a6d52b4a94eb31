"""Where the model store works before anything is in place: one process at a time per model, no half results."""

import errno
import re
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from rich.console import Console

from ingest.errors import CaseloreError, DataDirNotWritable, ModelUnavailable
from ingest.said import Said

_FOLDER = ".partial"


def say(text: str) -> None:
    """Tell on stderr what the store does; what it gives is never mixed with it."""
    Console(stderr=True).print(text, markup=False, highlight=False, soft_wrap=True)


class Workspace:
    """A scratch folder and a lock for one model, inside the store (so that moving a result is one rename).

    Entering waits for another process that holds the lock. What a killed process left behind is found again under the
    same name. Raises `DataDirNotWritable` or, with the disk full, `ModelUnavailable`, for OSErrors inside the block.
    """

    def __init__(self, store: Path, key: str, model: str) -> None:
        self._root = store / _FOLDER / key
        self._model = model
        self._store = store
        self._lock = FileLock(store / _FOLDER / f"{key}.lock")

    def __enter__(self) -> Self:
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                say(f"Waiting for another process that fetches {self._model}.")
                self._lock.acquire()
        except OSError as error:
            raise self._advice(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()
        if isinstance(error, OSError):
            raise self._advice(error) from error

    def scratch(self, name: str) -> Path:
        """A folder to work in; it may hold what a killed process left there."""
        folder = self._root / re.sub(r"\W+", "-", name)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def place(self, scratch: Path, target: Path) -> None:
        """Move a finished scratch folder to where it is looked for, in one step, and forget the other scratch."""
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            shutil.rmtree(target)
        scratch.replace(target)
        shutil.rmtree(self._root, ignore_errors=True)
        self._root.mkdir(parents=True, exist_ok=True)

    def _advice(self, error: OSError) -> CaseloreError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return ModelUnavailable(
                Said(
                    "The disk is full: the model {model} does not fit into {store}.",
                    model=self._model,
                    store=self._store,
                ),
                "Free some space, or set CASELORE_MODELS_DIR to a folder on another disk.",
            )
        return DataDirNotWritable(
            Said(
                "The model {model} cannot be kept in {store}: {why}.",
                model=self._model,
                store=self._store,
                why=error.strerror or error,
            ),
            "Check the folder's rights, or set CASELORE_MODELS_DIR to a folder that can be written.",
        )
