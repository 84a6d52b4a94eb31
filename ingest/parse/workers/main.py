"""What runs in a worker: jobs come in on standard input, answers go out where standard output was.

A job is JSON: `call` names a function as `module:name`, `arguments` are its keyword arguments. The function is given
`told` first and returns bytes. Nothing it or a library prints can get among the answers.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import threading
import time
from queue import SimpleQueue
from typing import Any, BinaryIO

from ingest.errors import CaseloreError
from ingest.parse.workers.frames import receive, send
from ingest.parse.workers.no_network import cut_off
from ingest.said import packed

MOST_JOB_BYTES = 2**20
_SIGN_EVERY_S = 0.1


def main(memory_bytes: int, most_answer_bytes: int, lifeline: int) -> None:
    """Serve jobs until standard input ends, which is also how a worker learns that its parent has died."""
    # Out of the reach of libraries, and of the programs these start, which would inherit 0 and 1.
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    # Ctrl-C is for the parent, which ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(memory_bytes)
    _die_with_the_parent(lifeline)
    cut_off()
    jobs: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_take_jobs, args=(asked, jobs), daemon=True).start()
    send(answers, b"R")
    while True:
        kind, body = _do(jobs.get(), answers)
        if len(body) > most_answer_bytes:
            kind, body = b"E", _of_file("DocumentTooLarge", "{name} holds more text than is taken.", "Split it.")
        send(answers, kind, body)  # type: ignore[arg-type]
        del body
        gc.collect()


def _do(job: bytes, answers: BinaryIO) -> tuple[bytes, bytes]:
    asked: dict[str, Any] = json.loads(job)
    module, _, name = asked["call"].partition(":")
    last = (0.0, (-1, -1))

    def told(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        # The same number again is no sign of progress.
        if (done, total) != last[1] and now - last[0] >= _SIGN_EVERY_S:
            last = (now, (done, total))
            send(answers, b"P", json.dumps([done, total]).encode())

    try:
        return b"D", getattr(importlib.import_module(module), name)(told, **asked["arguments"])
    except CaseloreError as error:
        said = {"kind": type(error).__name__, "message": packed(error.message), "hint": packed(error.hint)}
        return b"E", json.dumps(said).encode()
    except MemoryError:
        return b"E", _of_file(
            "DocumentTooLarge",
            "{name} needs more memory than is given.",
            "Split it, or raise CASELORE_PARSE_MEMORY_MB.",
        )
    # Broad on purpose: a worker outlives whatever one file does to it, and says what it was.
    except Exception as error:  # noqa: BLE001
        sys.excepthook(type(error), error, error.__traceback__)
        what, hint = "{name} could not be read: {kind}.", "Please report it with the file."
        return b"E", _of_file("DamagedDocument", what, hint, kind=type(error).__name__)


def _of_file(error: str, what: str, hint: str, **values: str) -> bytes:
    """What is said of the file, with a place for its name, which the parent knows."""
    return json.dumps({"kind": error, "message": {"template": what, "values": values}, "hint": hint}).encode()


def _take_jobs(stream: BinaryIO, jobs: SimpleQueue[bytes]) -> None:
    with contextlib.suppress(EOFError, OSError):
        while True:
            jobs.put(receive(stream, MOST_JOB_BYTES)[1])
    if hasattr(os, "killpg"):
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def _die_with_the_parent(lifeline: int) -> None:
    """Have the kernel kill this process and all it started once `lifeline`, a pipe nobody writes to, is closed.

    The thread that waits for the end of standard input does as much, unless a C library keeps it from running.
    """
    if sys.platform == "linux" and lifeline >= 0:
        import fcntl

        fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
        fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


def _limit(memory_bytes: int) -> None:
    """Memory beyond the limit is refused (a `MemoryError`, where the system has such a limit); no core files.

    RLIMIT_DATA counts what is written to, not the address space that recognisers reserve.
    """
    try:
        import resource
    except ModuleNotFoundError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):  # a lower one is set already
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
