"""One worker as the parent sees it: started, given jobs, watched, ended with all it has started."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import BinaryIO, cast

import psutil

import ingest.errors
from ingest.errors import (
    CaseloreError,
    DamagedDocument,
    DocumentTooLarge,
    ParserCrashed,
    ParsersUnavailable,
    ParseTimeout,
)
from ingest.parse.workers.frames import receive, send
from ingest.parse.workers.limits import MIB, Limits, threads_each
from ingest.said import Said, unpacked

Told = Callable[[int, int], None]
Verdict = Callable[[str], CaseloreError]

MOST_ANSWER_BYTES = 256 * MIB
_START_S = 120.0
_LONGEST_TICK_S = 1.0
_LAST_WORDS = 2000
_REPORT = "Open it in its program and save it anew; if that does not help, please report it with the file."

log = logging.getLogger(__name__)


class WorkerProcess:
    """A process of its own session. Threads: one at a time calls; `watch` and `end` may be called from any other.

    Raises `ParsersUnavailable` when it cannot be started.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._verdict: Verdict | None = None
        self._busy = self.ended = False
        self._silent = self._taken = 0.0
        self._watching, self._once = threading.Lock(), threading.Lock()
        self.jobs = 0
        self.idle_since = time.monotonic()
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
        # Held open here and written to by nobody: its end is how the worker learns of ours.
        lifeline, self._lifeline = os.pipe()
        try:
            self._process = self._start(lifeline)
        except OSError as error:
            os.close(self._lifeline)
            self._stderr.close()
            raise _not_started(str(error.strerror)) from error
        finally:
            os.close(lifeline)
        self._to, self._from = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)
        timer = threading.Timer(_START_S, self.end)
        timer.start()
        try:
            receive(self._from, 0)
        except EOFError as error:
            words = self._last_words()
            self.close()
            raise _not_started(words.splitlines()[-1] if words else "it ended at once") from error
        finally:
            timer.cancel()

    def call(self, job: bytes, name: str, told: Told) -> bytes:
        """Do a job about the file `name` and give its answer. Raises `CaseloreError`s; after one that is not the
        worker's own answer, and after whatever `told` raises, the worker is dead.
        """
        self.jobs += 1
        os.ftruncate(self._stderr.fileno(), 0)
        with self._watching:
            self._busy, self._silent, self._taken = True, 0.0, 0.0
        try:
            send(self._to, b"J", job)
            while True:
                kind, body = receive(self._from, MOST_ANSWER_BYTES)
                self._silent = 0.0
                if kind == b"D":
                    return body
                if kind == b"E":
                    raise _Answered(_rebuilt(body, name))
                told(*json.loads(body))
        except (EOFError, OSError) as error:
            self.end()
            raise self._why_it_ended(name) from error
        except _Answered as answered:
            raise answered.error from None
        except BaseException:
            self.end()
            raise
        finally:
            with self._watching:
                self._busy = False
            self.idle_since = time.monotonic()

    @property
    def answers(self) -> bool:
        """Whether its process still runs."""
        return self._process.poll() is None

    def watch(self, elapsed: float) -> None:
        """Called every moment: ends the worker when the job at hand is over a limit.

        `elapsed` is seconds since the last call; a long pause of this process itself (a lid closed, Ctrl-Z) is not the
        worker's fault.
        """
        limits = self._limits
        with self._watching:
            if not self._busy or self.ended:
                return
            self._silent += min(elapsed, _LONGEST_TICK_S)
            self._taken += min(elapsed, _LONGEST_TICK_S)
            if self._silent > limits.stall_s:
                self.end(
                    partial(
                        _timeout,
                        Said("no progress in {seconds} s", seconds=f"{limits.stall_s:g}"),
                        "CASELORE_PARSE_TIMEOUT_S",
                    )
                )
            elif self._taken > limits.total_s:
                self.end(
                    partial(
                        _timeout,
                        Said("not done after {seconds} s", seconds=f"{limits.total_s:g}"),
                        "CASELORE_PARSE_TOTAL_S",
                    )
                )
            elif self.memory() > limits.memory_mb * MIB:
                self.end(partial(_too_much_memory, limits.memory_mb))

    def memory(self) -> int:
        """Bytes of memory that the worker and the programs it started hold."""
        total = 0
        for process in self._family():
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def end(self, verdict: Verdict | None = None) -> None:
        """Kill it and all it started; `verdict` makes the error that whoever waits for its answer gets."""
        with self._once:
            if self.ended:
                return
            self.ended, self._verdict = True, verdict
            family = self._family()
            if hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            for process in family:
                with contextlib.suppress(psutil.Error):
                    process.kill()
            self._process.wait()

    def close(self) -> None:
        """End it and let go of its pipes. Nobody else may be calling it."""
        self.end()
        os.close(self._lifeline)
        for stream in (self._to, self._from, self._stderr):
            with contextlib.suppress(OSError):
                stream.close()

    def _start(self, lifeline: int) -> subprocess.Popen[bytes]:
        threads = str(threads_each(self._limits.workers))
        # It needs no setting, and none may leak: there are keys among them.
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CASELORE_")}
        numeric = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), threads)
        own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        sizes = (self._limits.memory_mb * MIB, MOST_ANSWER_BYTES, lifeline if os.name == "posix" else -1)
        # -P: no module of the folder that the user happens to be in.
        flags = ("-P", "-X", "faulthandler")
        return subprocess.Popen(
            [sys.executable, *flags, "-m", "ingest.parse.workers.main", *map(str, sizes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env=kept | numeric | own,
            pass_fds=(lifeline,) if os.name == "posix" else (),
            cwd=tempfile.gettempdir(),
            start_new_session=True,
        )

    def _family(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.Error):
            own = psutil.Process(self._process.pid)
            return [own, *own.children(recursive=True)]
        return []

    def _why_it_ended(self, name: str) -> CaseloreError:
        if self._verdict:
            return self._verdict(name)
        code = self._process.wait()
        log.info("A parse worker ended with %s while it read %s: %s", code, name, self._last_words())
        if -code == signal.SIGKILL:
            return DocumentTooLarge(
                Said(
                    "{name} was being read when the system killed the parser, most likely for want of memory.",
                    name=name,
                ),
                "Close other programs, lower CASELORE_PARSE_WORKERS, or split the file.",
            )
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return ParserCrashed(Said("{name} made its parser crash ({how}).", name=name, how=how), _REPORT)

    def _last_words(self) -> str:
        with contextlib.suppress(OSError, ValueError):
            self._stderr.seek(max(0, self._stderr.seek(0, os.SEEK_END) - _LAST_WORDS))
            return self._stderr.read().decode(errors="replace").strip()
        return ""


class _Answered(Exception):
    """The worker's answer is an error, and the worker is well."""

    def __init__(self, error: CaseloreError) -> None:
        self.error = error


def _not_started(why: str) -> ParsersUnavailable:
    return ParsersUnavailable(
        Said("No process to read files in could be started: {why}.", why=why), "Run `caselore doctor`."
    )


def _timeout(why: str, setting: str, name: str) -> ParseTimeout:
    return ParseTimeout(
        Said("{name} was given up: {why}.", name=name, why=why),
        Said("Open it in its program and save it anew; if it is only long, raise {setting}.", setting=setting),
    )


def _too_much_memory(limit_mb: int, name: str) -> DocumentTooLarge:
    return DocumentTooLarge(
        Said("{name} takes more than {limit_mb} MiB of memory to read.", name=name, limit_mb=limit_mb),
        "Split it, or raise CASELORE_PARSE_MEMORY_MB.",
    )


def _rebuilt(body: bytes, name: str) -> CaseloreError:
    said = json.loads(body)
    kind = getattr(ingest.errors, said["kind"], None)
    message = said["message"]
    if isinstance(message, dict):
        message = message | {"values": {"name": name} | message["values"]}
    if not (isinstance(kind, type) and issubclass(kind, CaseloreError)):
        kind = DamagedDocument
    return kind(unpacked(message), unpacked(said["hint"]))
