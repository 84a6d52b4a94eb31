"""Asks the endpoint and gives what it says piece by piece, within time, and so that it stops when nobody listens."""

import logging
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from anyio.from_thread import start_blocking_portal

from ingest import tracing
from ingest.errors import Stopped
from ingest.model_language import runs_here
from ingest.settings import Settings
from retrieval.answer import Usage
from retrieval.generate.errors_of_client import translated
from retrieval.generate.failure import FormRefused, ModelFailed
from retrieval.generate.forms import forms
from retrieval.generate.model_span import request, response
from retrieval.generate.prompt import Message
from retrieval.llm import open_llm
from retrieval.local_llm.endpoint import LocalEndpoint, local_endpoint

MOST_TOKENS = 900
"""Tokens of a reply: eight claims with their quotes."""

TICK_S = 0.1
"""How often a model that is silent is asked whether anybody still waits for it."""

Stop = Callable[[], bool]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Piece:
    """What came at once: text, and at the end what was read and written, and whether the model says it is done."""

    text: str
    usage: Usage | None = None
    finish: str | None = None


class _Asked:
    """The request goes out now: the time that client and a model of this machine took to load is not the answer's."""


_Told = Piece | ModelFailed | FormRefused | _Asked | None


class ChatModel:
    """The model that the settings name. Safe to use from several threads. A model of this machine starts at first use.

    `close` ends it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._forms = forms(here=runs_here(settings))
        self._starting = threading.Lock()
        self._local: LocalEndpoint | None = None

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._local.model if self._local else self._settings.llm_model or ""

    def close(self) -> None:
        """End the model of this machine, if one runs."""
        with self._starting:
            if self._local:
                self._local.close()
                self._local = None

    def stream(self, chat: Sequence[Message], until: float, stop: Stop) -> Generator[Piece]:
        """The reply to a chat as it comes, by the clock's (`time.monotonic`) `until` at the latest.

        Raises `ModelFailed`, and `Stopped` soon after `stop` says so. However it ends, the connection is closed, which
        is what makes a model stop.
        """
        if not self._settings.llm_model:
            raise ModelFailed("unset")
        while True:
            form = self._forms[0]
            try:
                name, told = request(self._settings, form, MOST_TOKENS)
                yield from tracing.steps(name, self._pieces(chat, form, until, stop), told, asks_another=True)
            except FormRefused as error:
                # Another question may have found out the same meanwhile.
                if len(self._forms) == 1:
                    raise ModelFailed("error", str(error)) from error
                if self._forms[0] is form:
                    log.info("The endpoint refuses %s: %s", [*form], error)
                    self._forms = self._forms[1:]
            else:
                return

    def _pieces(self, chat: Sequence[Message], form: dict[str, Any], until: float, stop: Stop) -> Generator[Piece]:
        told: SimpleQueue[_Told] = SimpleQueue()
        started = monotonic()
        limit, failure = until, "silent"
        # The client is asynchronous, since that alone can be stopped in the middle of waiting, in a thread of its own.
        with start_blocking_portal() as portal:
            reading = portal.start_task_soon(self._read, chat, form, until, told.put, tracing.headers())
            try:
                while True:
                    try:
                        one = told.get(timeout=max(0.0, min(TICK_S, limit - monotonic())))
                    except Empty:
                        if stop():
                            raise Stopped("Nobody waits for the answer any more.") from None
                        if monotonic() >= limit:
                            raise ModelFailed("silent" if failure == "silent" else "slow") from None
                        continue
                    if one is None:
                        return
                    if isinstance(one, _Asked):
                        started = monotonic()
                        limit = min(until, started + self._settings.llm_first_token_s)
                        continue
                    if not isinstance(one, Piece):
                        raise one
                    if one.text and failure == "silent":
                        limit, failure = until, "slow"
                        tracing.note({"gen_ai.response.time_to_first_chunk": round(monotonic() - started, 4)})
                    tracing.note(response(one.usage, one.finish))
                    if monotonic() >= limit:
                        raise ModelFailed("slow")
                    if stop():
                        raise Stopped("Nobody waits for the answer any more.")
                    yield one
            finally:
                reading.cancel()

    async def _read(
        self,
        chat: Sequence[Message],
        form: dict[str, Any],
        until: float,
        tell: Callable[[_Told], None],
        headers: dict[str, str],
    ) -> None:
        import httpx
        from anyio import to_thread
        from llama_index.core.llms import ChatMessage

        try:
            settings = await to_thread.run_sync(self._reached, until, abandon_on_cancel=True)
            tell(_Asked())
            # A proxy is for what lies beyond this machine.
            beyond = urlsplit(settings.llm_base_url or "").hostname not in ("127.0.0.1", "localhost", "::1")
            async with httpx.AsyncClient(timeout=settings.llm_budget_s, trust_env=beyond, headers=headers) as client:
                llm = open_llm(settings, async_http_client=client, max_retries=0, max_tokens=MOST_TOKENS)
                said = await llm.astream_chat([ChatMessage(role=one.role, content=one.text) for one in chat], **form)
                async for part in said:
                    tell(_piece(part.delta or "", part.raw))
            tell(None)
        # Broad on purpose: whatever a client raises means that no answer comes of it.
        except Exception as error:  # noqa: BLE001
            tell(translated(error))

    def _reached(self, until: float) -> Settings:
        """Settings with the endpoint to ask, once it is there. Raises `ModelUnavailable`."""
        if not runs_here(self._settings):
            return self._settings
        with self._starting:
            if self._local is None:
                self._local = local_endpoint(self._settings)
            local = self._local
        local.wait_ready(max(0.1, until - monotonic()))
        return self._settings.model_copy(
            update={"llm_base_url": local.base_url, "llm_api_key": local.api_key, "llm_model": local.model}
        )


def _piece(text: str, raw: Any) -> Piece:
    counted, finish = getattr(raw, "usage", None), None
    with suppress(AttributeError, IndexError, TypeError):
        finish = raw.choices[0].finish_reason
    if counted is None:
        return Piece(text, None, finish)
    details = getattr(counted, "prompt_tokens_details", None)
    usage = Usage(
        prompt_tokens=counted.prompt_tokens or 0,
        completion_tokens=counted.completion_tokens or 0,
        cached_tokens=getattr(details, "cached_tokens", None) or 0,
    )
    return Piece(text, usage, finish)
