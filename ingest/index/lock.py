"""The embedded store belongs to one process: who holds it, and what to do when it is taken."""

import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from ingest.errors import DataDirNotWritable, IndexLocked
from ingest.said import Said

_PATIENCE_S = 0.5
"""How long to wait for the lock: longer than a look by `holder()` or the writing of the note, too short to annoy."""

_OVER_HTTP = {
    "ask": "POST {url}/api/ask",
    "search": "GET {url}/api/search",
    "ingest": "POST {url}/api/documents",
}
"""What a server that holds the index does in a command's place."""


@dataclass(frozen=True)
class Holder:
    """Who has the index open: the sub-command of `caselore`, where it serves (if it does), its process, since when."""

    command: str
    url: str = ""
    pid: int = field(default_factory=os.getpid)
    since: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __str__(self) -> str:
        since = self.since.astimezone().strftime("%Y-%m-%d %H:%M")
        return f"`caselore {self.command}` (pid {self.pid}, since {since})"


_NOTE: TypeAdapter[Holder] = TypeAdapter(Holder)


class IndexLock:
    """The right to open the index in a data folder, from construction to `release`.

    The operating system's lock decides; a note beside it says who holds it, and means nothing while the lock is free,
    so what a killed process leaves behind cannot confuse. Raises `IndexLocked`, or `DataDirNotWritable`.
    """

    def __init__(self, data_dir: Path, holder: Holder) -> None:
        # One thread may open the store and another close it.
        self._lock = FileLock(_lock_path(data_dir), timeout=_PATIENCE_S, thread_local=False)
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            # The note has a file of its own: opening a lock file may empty it, and Windows lets no one else read it.
            _write_note(data_dir, holder)
        except Timeout:
            raise _locked(data_dir, holder) from None
        except OSError as error:
            self._lock.release()
            raise DataDirNotWritable(
                Said("The data folder {data_dir} cannot be written: {why}.", data_dir=data_dir, why=error.strerror),
                "Check its rights and the space on its disk, or set CASELORE_DATA_DIR to another folder.",
            ) from error

    def release(self) -> None:
        """Let others open the index. A second call does nothing."""
        self._lock.release()


def holder(data_dir: Path) -> Holder | None:
    """Who holds the index in this data folder now; None when nobody does."""
    if not _lock_path(data_dir).exists():
        return None
    probe = FileLock(_lock_path(data_dir), thread_local=False)
    try:
        probe.acquire(blocking=False)
    except Timeout:
        return _read_note(data_dir) or Holder("unknown", pid=0)
    except OSError:
        return None
    probe.release()
    return None


def _locked(data_dir: Path, wanted: Holder) -> IndexLocked:
    held = _read_note(data_dir)
    if held is None:
        return IndexLocked(
            Said("The index in {data_dir} is held by another process.", data_dir=data_dir),
            "Wait for it to end, or stop it.",
        )
    if not _is_running(held.pid):
        # Workers of a killed process may keep the lock, and a process in another container cannot be seen from here.
        return IndexLocked(
            Said(
                "The index in {data_dir} was last opened by {held}, which does not run here, and is still held.",
                data_dir=data_dir,
                held=held,
            ),
            "End the processes it left behind, or those in other containers that use this folder.",
        )
    message = Said("The index in {data_dir} is held by {held}.", data_dir=data_dir, held=held)
    if held.url:
        call = _OVER_HTTP.get(wanted.command, "{url}/docs").format(url=held.url.rstrip("/"))
        return IndexLocked(message, Said("Use the running server ({call}), or stop it and try again.", call=call))
    return IndexLocked(message, "Wait for it to end, or stop it and try again.")


def _is_running(pid: int) -> bool:
    if sys.platform == "win32":  # there, os.kill would end the process instead of looking for it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _write_note(data_dir: Path, holder: Holder) -> None:
    fresh = _note_path(data_dir).with_suffix(".new")
    fresh.write_bytes(_NOTE.dump_json(holder))
    fresh.replace(_note_path(data_dir))


def _read_note(data_dir: Path) -> Holder | None:
    try:
        return _NOTE.validate_json(_note_path(data_dir).read_bytes())
    except (OSError, ValidationError):
        return None


def _lock_path(data_dir: Path) -> Path:
    return data_dir / "index.lock"


def _note_path(data_dir: Path) -> Path:
    return data_dir / "index.holder"
