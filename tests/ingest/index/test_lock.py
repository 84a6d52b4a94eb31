import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.errors import DataDirNotWritable, IndexLocked
from ingest.index.lock import Holder, IndexLock, holder

HOLDING = """
import sys, time
from pathlib import Path
from ingest.index.lock import Holder, IndexLock
lock = IndexLock(Path(sys.argv[1]), Holder(sys.argv[2], url=sys.argv[3]))
print("held", flush=True)
time.sleep(60)
"""


@contextmanager
def held_by_another(data_dir: Path, command: str, url: str = "") -> Iterator["subprocess.Popen[str]"]:
    arguments = [sys.executable, "-c", HOLDING, str(data_dir), command, url]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_told_which_command_holds_the_index(tmp_path: Path) -> None:
    with held_by_another(tmp_path, "ingest") as other:
        with pytest.raises(IndexLocked) as raised:
            IndexLock(tmp_path, Holder("ask"))
        found = holder(tmp_path)
    assert f"`caselore ingest` (pid {other.pid}, since 20" in raised.value.message
    assert str(tmp_path) in raised.value.message
    assert "Wait for it to end" in raised.value.hint
    assert found is not None
    assert (found.command, found.pid) == ("ingest", other.pid)


@pytest.mark.parametrize(
    ("wanted", "call"),
    [
        ("ask", "POST http://127.0.0.1:8000/api/ask"),
        ("search", "GET http://127.0.0.1:8000/api/search"),
        ("ingest", "POST http://127.0.0.1:8000/api/documents"),
        ("eval", "http://127.0.0.1:8000/docs"),
    ],
)
def test_a_command_that_meets_a_server_is_told_the_call_that_does_the_same(
    tmp_path: Path, wanted: str, call: str
) -> None:
    lock = IndexLock(tmp_path, Holder("serve", url="http://127.0.0.1:8000/"))
    with pytest.raises(IndexLocked) as raised:
        IndexLock(tmp_path, Holder(wanted))
    lock.release()
    assert "`caselore serve`" in raised.value.message
    assert call in raised.value.hint
    assert "\n" not in raised.value.message + raised.value.hint


def test_what_a_killed_process_leaves_confuses_nobody(tmp_path: Path) -> None:
    with held_by_another(tmp_path, "ingest") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert holder(tmp_path) is None
    IndexLock(tmp_path, Holder("ask")).release()


def test_a_lock_kept_by_workers_of_a_killed_process_is_said_to_be_so(tmp_path: Path) -> None:
    with held_by_another(tmp_path, "ingest") as ended:
        pass
    with (tmp_path / "index.lock").open("r+b") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        with pytest.raises(IndexLocked, match=rf"pid {ended.pid}.*does not run here") as raised:
            IndexLock(tmp_path, Holder("ask"))
    assert "End the processes it left behind" in raised.value.hint


@pytest.mark.parametrize("note", [None, b"", b"{", json.dumps({"command": "x"}).encode() + b"\xff"])
def test_a_lock_without_a_readable_note_still_holds(tmp_path: Path, note: bytes | None) -> None:
    lock = IndexLock(tmp_path, Holder("serve"))
    (tmp_path / "index.holder").unlink()
    if note is not None:
        (tmp_path / "index.holder").write_bytes(note)
    with pytest.raises(IndexLocked, match="another process"):
        IndexLock(tmp_path, Holder("ask"))
    found = holder(tmp_path)
    assert found is not None
    assert found.command == "unknown"
    lock.release()


def test_nobody_holds_what_is_not_there_or_free(tmp_path: Path) -> None:
    assert holder(tmp_path) is None
    assert holder(tmp_path / "missing") is None
    lock = IndexLock(tmp_path, Holder("ask"))
    assert holder(tmp_path) == Holder("ask", pid=os.getpid(), since=holder(tmp_path).since)  # type: ignore[union-attr]
    lock.release()
    lock.release()
    assert holder(tmp_path) is None


def test_looking_who_holds_it_does_not_keep_others_out(tmp_path: Path) -> None:
    IndexLock(tmp_path, Holder("ask")).release()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            holder(tmp_path)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        for _ in range(20):
            IndexLock(tmp_path, Holder("ask")).release()
    finally:
        done.set()
        looking.join()


def test_another_thread_may_release(tmp_path: Path) -> None:
    lock = IndexLock(tmp_path, Holder("serve"))
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    IndexLock(tmp_path, Holder("ask")).release()


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataDirNotWritable, match="file/data") as raised:
        IndexLock(tmp_path / "file" / "data", Holder("ingest"))
    assert "CASELORE_DATA_DIR" in raised.value.hint
