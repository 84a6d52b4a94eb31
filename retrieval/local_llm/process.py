"""One child process with the model in it, as the parent sees it: started, waited for, ended."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from typing import BinaryIO, cast

_LAST_WORDS = 2000
_LAST_BREATH_S = 5.0


@dataclass(frozen=True)
class Order:
    """What the child is to serve, and where: `port` on loopback, for who has `api_key`."""

    name: str
    file: str
    port: int
    api_key: str
    context_tokens: int
    threads: int


class LlamaProcess:
    """A process of its own session, which ends with this one however that ends. Raises OSError when none can start."""

    def __init__(self, order: Order) -> None:
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
        # It needs no setting, and none may leak: there are keys among them.
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CASELORE_")}
        try:
            self._process = subprocess.Popen(
                # -P: no module of the folder that the user happens to be in.
                [sys.executable, "-P", "-m", "retrieval.local_llm.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                env=kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                cwd=tempfile.gettempdir(),
                start_new_session=True,
            )
        except OSError:
            self._stderr.close()
            raise
        self._to, self._from = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)
        # A child that ended at once is found out by `wait_ready`.
        with contextlib.suppress(BrokenPipeError):
            self._to.write(json.dumps(asdict(order)).encode() + b"\n")
            self._to.flush()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    def wait_ready(self, seconds: float) -> bool:
        """Whether the model is loaded and answers; a child that is not ready in time is ended."""
        timer = threading.Timer(seconds, self.end)
        timer.start()
        try:
            return self._from.readline() == b"ready\n"
        finally:
            timer.cancel()

    def wait(self) -> None:
        """Return when it has ended."""
        self._process.wait()

    def end(self) -> None:
        """Kill it: it has nothing to put in order. May be called from any thread, and more than once."""
        self._process.kill()
        self._process.wait()

    def close(self) -> str:
        """End it, let go of its pipes, and say how it ended, on one line. Nobody else may be calling it."""
        # One that has closed its output is about to end by itself, and then its exit code tells more.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST_BREATH_S)
        self.end()
        code = self._process.returncode
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        with contextlib.suppress(OSError, ValueError):
            self._stderr.seek(max(0, self._stderr.seek(0, os.SEEK_END) - _LAST_WORDS))
            words = self._stderr.read().decode(errors="replace").strip()
            how += f": {words.splitlines()[-1]}" if words else ""
        for stream in (self._to, self._from, self._stderr):
            with contextlib.suppress(OSError):
                stream.close()
        return how
