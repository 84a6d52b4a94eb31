"""One run at a time in a thread of its own, while questions go on being answered."""

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import Literal

from evals.attempt import Attempt
from evals.run import Assistant
from evals.sample import Sample
from ingest.document import Value
from ingest.errors import CaseloreError, UnavailableError
from ingest.said import Message

log = logging.getLogger(__name__)

State = Literal["running", "stopping", "stopped", "failed", "done"]


class RunGoesOn(UnavailableError):
    """A run is being made; another has to wait."""

    http_status = 409


class NoRunGoesOn(UnavailableError):
    """There is no run to stop."""

    http_status = 404


class Progress(Value):
    """Where a run is. `resumed` questions were asked before it; `left_s` estimates the seconds still to go, None until
    there is something to estimate from; `run` is its id once it is kept; `stale` when documents came or went meanwhile.
    """

    set: str
    split: str
    state: State
    done: int
    total: int
    resumed: int
    misfits: int
    seconds: float = 0.0
    left_s: float | None = None
    run: str | None = None
    stale: bool = False
    error: Message | None = None
    hint: Message | None = None


class Background:
    """Makes runs beside everything else. What it says of the last one stays until the next begins."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._progress: Progress | None = None

    @property
    def progress(self) -> Progress | None:
        """Where the run is, or how the last one ended; None before the first."""
        return self._progress

    def start(
        self, name: str, split: str, prepare: Callable[[], Attempt], open_assistant: Callable[[], Assistant]
    ) -> Progress:
        """Begin a run; `prepare` holds its questions against the index. Raises `RunGoesOn`, and what `prepare` does."""
        if not self._lock.acquire(blocking=False):
            raise RunGoesOn("A run is going on.", "Wait until it is done, or stop it.")
        try:
            attempt = prepare()
            began = Progress(
                set=name,
                split=split,
                state="running",
                done=attempt.done,
                total=attempt.total,
                resumed=attempt.done,
                misfits=len(attempt.misfits),
            )
            self._stop.clear()
            self._progress = began
            self._thread = threading.Thread(target=self._make, args=(attempt, open_assistant), daemon=True)
            self._thread.start()
        except BaseException:
            self._lock.release()
            raise
        return began

    def stop(self) -> Progress:
        """Let the question being asked be the last. Raises `NoRunGoesOn`."""
        with self._telling:
            if self._progress is None or self._progress.state not in ("running", "stopping"):
                raise NoRunGoesOn("No run is going on.", "Start one first.")
            self._stop.set()
            self._progress = self._progress.model_copy(update={"state": "stopping"})
            return self._progress

    def forget(self, run_id: str) -> None:
        """Say nothing more of this run, which has been deleted."""
        with self._telling:
            if self._progress and self._progress.run == run_id:
                self._progress = None

    def close(self) -> None:
        """Stop, and wait until the question being asked is done."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _tell(self, **news: object) -> None:
        with self._telling:
            assert self._progress
            self._progress = self._progress.model_copy(update=news)

    def _make(self, attempt: Attempt, open_assistant: Callable[[], Assistant]) -> None:
        try:
            found = self._ask(attempt, open_assistant())
            if len(found) < attempt.total:
                self._tell(state="stopped", left_s=None)
                return
            stale = attempt.is_stale
            _, path = attempt.finish(found)
            self._tell(state="done", run=path.stem, stale=stale, left_s=0.0)
        except CaseloreError as error:
            self._tell(state="failed", error=error.message, hint=error.hint, left_s=None)
        except Exception:
            log.exception("The run failed")
            said = {"error": "Something unexpected went wrong.", "hint": "The server's log has the details."}
            self._tell(state="failed", left_s=None, **said)
        finally:
            self._lock.release()

    def _ask(self, attempt: Attempt, assistant: Assistant) -> list[Sample]:
        found: list[Sample] = []
        started, resumed = monotonic(), attempt.done
        for sample in attempt.samples(assistant):
            found.append(sample)
            seconds, asked = monotonic() - started, len(found) - resumed
            left = seconds / asked * (attempt.total - len(found)) if asked > 0 else None
            if len(found) >= resumed:
                self._tell(done=len(found), seconds=round(seconds, 1), left_s=left and round(left, 1))
            if self._stop.is_set():
                break
        return found
