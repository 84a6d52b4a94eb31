"""A language model on this machine as an endpoint: runs as long as Caselore does, started again when it dies."""

import atexit
import logging
import secrets
import socket
import threading
import time
from types import TracebackType
from typing import Self

from ingest.errors import ModelUnavailable
from ingest.model_language import find_runnable
from ingest.parse.workers.limits import threads_each
from ingest.said import Said
from ingest.settings import Settings
from retrieval.local_llm.process import LlamaProcess, Order

_START_S = 180.0
_MOST_DEATHS = 3
_STEADY_S = 60.0
"""Seconds after which a child counts as well; and that pass before the next try once it has died too often."""

log = logging.getLogger(__name__)


class LocalEndpoint:
    """An OpenAI-compatible endpoint with one model. Address and key stay the same when its process starts anew.

    Safe to use from several threads; requests wait for each other. Made by `local_endpoint`, ended by `close`.
    """

    def __init__(self, order: Order) -> None:
        self.base_url = f"http://127.0.0.1:{order.port}/v1"
        self.api_key = order.api_key
        self.model = order.name
        self._order = order
        self._changed = threading.Condition()
        self._process: LlamaProcess | None = None
        self._ready = self._closed = False
        self._trouble = ""
        self._keeper = threading.Thread(target=self._keep, name="local-llm", daemon=True)
        self._keeper.start()
        atexit.register(self.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The number of its process, while there is one."""
        process = self._process
        return process.pid if process else None

    def wait_ready(self, timeout_s: float = _START_S) -> None:
        """Return once the model is loaded and answers. Raises `ModelUnavailable` when it does not come to that."""
        with self._changed:
            self._changed.wait_for(lambda: self._ready or self._trouble or self._closed, timeout_s)
            if self._ready:
                return
            trouble = (
                "it was ended"
                if self._closed
                else self._trouble or Said("not loaded within {seconds} s", seconds=f"{timeout_s:g}")
            )
        raise ModelUnavailable(
            Said("The language model {model} does not run: {trouble}.", model=self.model, trouble=trouble),
            "Run `caselore doctor`; answers without a language model need nothing.",
        )

    def close(self) -> None:
        """End the model's process. Once is enough, twice does no harm."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            if self._process:
                self._process.end()
        if self._keeper is not threading.current_thread():
            self._keeper.join()
        atexit.unregister(self.close)

    def _keep(self) -> None:
        deaths = 0
        while not self._closed:
            started = time.monotonic()
            how = self._run_once()
            deaths = deaths + 1 if time.monotonic() - started < _STEADY_S else 1
            with self._changed:
                if self._closed:
                    return
                log.warning("The language model %s ended, and is started again: %s", self.model, how)
                if deaths >= _MOST_DEATHS:
                    self._trouble = Said("its process ended {deaths} times ({how})", deaths=deaths, how=how)
                    self._changed.notify_all()
                    self._changed.wait_for(lambda: self._closed, _STEADY_S)
                    self._trouble = ""

    def _run_once(self) -> str:
        """Start a process, wait for its end, and say how it ended, on one line."""
        try:
            process = LlamaProcess(self._order)
        except OSError as error:
            return error.strerror or str(error)
        with self._changed:
            self._process = process
        if self._closed:
            process.end()
        ready = process.wait_ready(_START_S)
        with self._changed:
            self._ready = ready
            self._changed.notify_all()
        if ready:
            process.wait()
        with self._changed:
            self._ready, self._process = False, None
        return process.close()


def local_endpoint(settings: Settings) -> LocalEndpoint:
    """The language model that the settings name, on this machine; it is being loaded when this returns.

    Raises `ModelUnavailable` with what to do, as `find_runnable`.
    """
    weights = find_runnable(settings)
    return LocalEndpoint(
        Order(
            name=weights.name,
            file=str(weights.file),
            port=_free_port(),
            api_key=secrets.token_urlsafe(32),
            context_tokens=settings.llm_context_tokens,
            threads=threads_each(1),
        )
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
