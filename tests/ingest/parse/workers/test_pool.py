"""The pool of workers: whatever a file does to its reader costs that file, in bounded time and memory."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from ingest.errors import (
    CaseloreError,
    DamagedDocument,
    DocumentTooLarge,
    EncryptedDocument,
    ParserCrashed,
    ParsersUnavailable,
    ParseTimeout,
)
from ingest.parse.workers import pool as pools
from ingest.parse.workers.limits import Limits
from ingest.parse.workers.pool import ParsePool
from tests.ingest.parse.workers import misdeeds

QUICK = Limits(workers=2, stall_s=1.0, total_s=4.0, memory_mb=160)


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    with ParsePool(QUICK) as pool:
        yield pool


def call(pool: ParsePool, deed: str, **arguments: object) -> str:
    return pool.call(f"{misdeeds.HERE}:{deed}", arguments, "a.docx").decode()


def wait_until_gone(*pids: int) -> None:
    patience = time.monotonic() + 10
    while any(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids):
        assert time.monotonic() < patience, "it still runs"
        time.sleep(0.02)


def test_an_answer_comes_back_whatever_is_printed(pool: ParsePool) -> None:
    assert call(pool, "echo", text="双活") == "双活"
    assert call(pool, "prints") == "answer"


def test_a_worker_is_kept_warm(pool: ParsePool) -> None:
    assert call(pool, "who") == call(pool, "who") != str(os.getpid())


def test_no_setting_leaks_into_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELORE_LLM_API_KEY", "secret")
    with ParsePool(QUICK) as pool:
        assert "secret" not in call(pool, "environment")


def test_the_workers_own_errors_come_back_as_they_are(pool: ParsePool) -> None:
    with pytest.raises(EncryptedDocument) as caught:
        call(pool, "refuse")
    assert (caught.value.message, caught.value.hint) == ("a.docx is protected by a password.", "Remove it.")
    with pytest.raises(DamagedDocument, match=r"a\.docx could not be read: KeyError"):
        call(pool, "stumble")


@pytest.mark.parametrize(
    ("deed", "error", "says"),
    [
        ("hang", ParseTimeout, "no progress in 1 s"),
        ("hang_without_letting_go", ParseTimeout, "no progress in 1 s"),
        ("say_the_same_forever", ParseTimeout, "no progress in 1 s"),
        ("crash", ParserCrashed, "SIGSEGV"),
        ("leave", ParserCrashed, "exit code 7"),
        ("hog", DocumentTooLarge, "memory"),
    ],
)
def test_a_misdeed_costs_its_file_and_nothing_else(
    pool: ParsePool, deed: str, error: type[CaseloreError], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        call(pool, deed)
    assert caught.value.message.startswith("a.docx ")
    assert caught.value.hint
    assert call(pool, "echo", text="well") == "well"


def test_others_go_on_while_one_is_killed(pool: ParsePool) -> None:
    with ThreadPoolExecutor(4) as threads:
        bad = threads.submit(call, pool, "hang")
        good = [threads.submit(call, pool, "echo", text=str(number)) for number in range(20)]
        assert [one.result() for one in good] == [str(number) for number in range(20)]
        with pytest.raises(ParseTimeout):
            bad.result()


def test_slow_with_progress_is_not_stopped_before_the_time_in_all_is_over(pool: ParsePool) -> None:
    heard: list[tuple[int, int]] = []
    told = lambda done, total: heard.append((done, total))  # noqa: E731
    answer = pool.call(f"{misdeeds.HERE}:go_on", {"seconds": 2.0}, "a.pdf", told)
    assert answer == b"read"
    assert heard == sorted(heard)
    assert len(heard) > 5
    with pytest.raises(ParseTimeout, match="not done after 4 s"):
        pool.call(f"{misdeeds.HERE}:go_on", {"seconds": 60.0}, "a.pdf", told)


def test_programs_that_a_worker_starts_count_and_end_with_it(pool: ParsePool, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(DocumentTooLarge, match="160 MiB"):
        call(pool, "have_a_child_hog", note=str(note))
    wait_until_gone(int(note.read_text()))


def test_a_worker_that_has_grown_or_served_long_makes_way(monkeypatch: pytest.MonkeyPatch) -> None:
    with ParsePool(Limits(1, 5, 10, 300)) as pool:
        first = call(pool, "keep", mib=1)
        assert call(pool, "keep", mib=170) == first
        second = call(pool, "who")
        assert second != first
        monkeypatch.setattr(pools, "_MOST_JOBS", 2)
        assert call(pool, "who") == second
        assert call(pool, "who") != second


def test_an_idle_worker_goes_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "_IDLE_S", 0.1)
    with ParsePool(QUICK) as pool:
        pid = int(call(pool, "who"))
        wait_until_gone(pid)
        assert call(pool, "echo", text="again") == "again"


def test_who_watches_may_stop_it(pool: ParsePool) -> None:
    class Enough(Exception): ...

    def told(_done: int, _total: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        pool.call(f"{misdeeds.HERE}:go_on", {"seconds": 60.0}, "a.pdf", told)
    assert call(pool, "echo", text="well") == "well"


def test_closing_stops_who_waits() -> None:
    pool = ParsePool(Limits(1, 60, 60, 500))
    timer = threading.Timer(0.8, pool.close)
    timer.start()
    started = time.monotonic()
    with pytest.raises(ParsersUnavailable, match=r"a\.docx was not read to its end"):
        call(pool, "hang")
    assert time.monotonic() - started < 20
    timer.join()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a worker that lets nobody run outlives its parent")
def test_workers_and_what_they_started_die_with_a_killed_parent(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    code = (
        "from ingest.parse.workers.limits import Limits\nfrom ingest.parse.workers.pool import ParsePool\n"
        f"ParsePool(Limits(1, 60, 60, 500)).call('{misdeeds.HERE}:start_a_child_and_hang', "
        f"{{'note': {str(note)!r}}}, 'a.docx')"
    )
    paths = os.pathsep.join(filter(None, sys.path))
    parent = subprocess.Popen([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": paths})
    patience = time.monotonic() + 20
    while not (note.exists() and " " in note.read_text()):
        assert time.monotonic() < patience
        time.sleep(0.02)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_until_gone(*map(int, note.read_text().split()))


@pytest.mark.parametrize("how", ["connect", "name", "old name", "datagram", "url"])
def test_no_network_from_a_document(pool: ParsePool, how: str) -> None:
    with _Listener() as listener:
        refusal = pool.call(f"{misdeeds.HERE}:ask_the_network", {"how": how, "port": listener.port}, "a.docx")
        assert refusal in (b"PermissionError", b"URLError")
        assert not listener.was_reached()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's fence is Linux's")
@pytest.mark.parametrize("how", ["library", "program"])
def test_no_network_from_c_libraries_and_programs_either(pool: ParsePool, how: str) -> None:
    with _Listener() as listener:
        refusal = pool.call(f"{misdeeds.HERE}:ask_the_network", {"how": how, "port": listener.port}, "a.docx")
        assert refusal in (b"PermissionError", b"CalledProcessError")
        assert not listener.was_reached()


def test_a_worker_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with ParsePool(QUICK) as pool, pytest.raises(ParsersUnavailable, match="No such file"):
        call(pool, "who")


def test_limits_come_from_the_settings() -> None:
    from ingest.settings import Settings

    settings = Settings(parse_workers=3, parse_timeout_s=7, parse_total_s=8, parse_memory_mb=99, _env_file=None)
    assert Limits.of(settings) == Limits(3, 7, 8, 99)
    assert Limits.of(Settings(_env_file=None)).workers >= 1


class _Listener:
    """A server on loopback that notes whether anybody came."""

    def __enter__(self) -> "_Listener":
        import socket

        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port = self._socket.getsockname()[1]
        return self

    def was_reached(self) -> bool:
        try:
            self._socket.accept()
        except BlockingIOError:
            return False
        return True

    def __exit__(self, *_: object) -> None:
        self._socket.close()


def test_json_is_all_that_comes_back(pool: ParsePool) -> None:
    assert json.loads(call(pool, "environment"))["PYTHONPATH"]
