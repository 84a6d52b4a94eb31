"""What was made for looking at documents, kept in the data folder: `views/<document id>/<version>/…`.

Whatever is there is whole: it is made under another name and takes its own when it is done.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from ingest.errors import DataDirNotWritable
from ingest.said import Said
from ingest.settings import Settings

VERSION = "2"
"""Raised when what is made changes, so that it is made anew."""

_MAKING = ".making-"


class Views:
    """The folder `views` of a data folder. Safe to use from several threads: what two ask for at once is made once."""

    def __init__(self, settings: Settings) -> None:
        self._root = settings.data_dir.absolute() / "views"
        self._lock = threading.Lock()
        self._busy: dict[Path, tuple[threading.Lock, int]] = {}

    def folder(self, document_id: str) -> Path:
        """Where the views of the document are, or would be."""
        return self._root / document_id / VERSION

    def kept(self, target: Path, make: Callable[[Path], None]) -> Path:
        """`target`, a file or folder below `folder`. When it is not there, `make` is called to write it to another
        path, whose parent is there. Raises what `make` raises, and `DataDirNotWritable`.
        """
        if target.exists():
            return target
        with self._alone(target):
            if not target.exists():
                self._make(target, make)
        return target

    def put(self, target: Path, content: bytes) -> None:
        """Keep the file `target` below `folder`, in the place of one that is there. Raises `DataDirNotWritable`."""
        with self._alone(target):
            self._make(target, lambda making: making.write_bytes(content), anew=True)

    def _make(self, target: Path, make: Callable[[Path], object], *, anew: bool = False) -> None:
        making = self._root / f"{_MAKING}{uuid4().hex}"
        try:
            making.parent.mkdir(parents=True, exist_ok=True)
            make(making)
            target.parent.mkdir(parents=True, exist_ok=True)
            making.replace(target)
        except OSError as error:
            # Another process may have made it meanwhile.
            if anew or not target.exists():
                raise DataDirNotWritable(
                    Said("The view could not be kept in the data folder: {why}.", why=error.strerror or error),
                    "Check the data folder's rights and free space.",
                ) from error
        finally:
            _remove(making)

    def forget(self, document_id: str) -> None:
        """Delete all views of a document."""
        _remove(self._root / document_id)

    def tidy(self, known: Callable[[str], bool]) -> None:
        """Delete what a killed process left half made, what an older version made, and the views of documents that are
        not `known`.
        """
        for one in self._root.glob("*"):
            if one.name.startswith(_MAKING) or not known(one.name):
                _remove(one)
            else:
                for old in set(one.glob("*")) - {one / VERSION}:
                    _remove(old)

    @contextmanager
    def _alone(self, target: Path) -> Iterator[None]:
        with self._lock:
            lock, waiting = self._busy.get(target, (threading.Lock(), 0))
            self._busy[target] = lock, waiting + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                _, waiting = self._busy.pop(target)
                if waiting > 1:
                    self._busy[target] = lock, waiting - 1


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
