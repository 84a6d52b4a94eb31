"""One draft by the language model: passages chosen, the chat sent, claims as they come, one retry."""

import logging
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from ingest.settings import Settings
from retrieval.answer import Passage, Usage
from retrieval.finding import Finding
from retrieval.generate.ask_model import ChatModel, Piece, Stop
from retrieval.generate.budget import last_that_fit, that_fit
from retrieval.generate.failure import ModelFailed
from retrieval.generate.partial import ClaimReader
from retrieval.generate.prompt import Message, again, messages
from retrieval.generate.reply import read_reply
from retrieval.generate.schema import Claimed, Reply
from retrieval.generate.turns import Turns
from retrieval.verify.entailment import SecondOpinion

PROGRESS_S = 0.5
"""How often it is told how far the model has come."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress:
    """The model reads (0), or has written so many characters, none of them checked."""

    characters: int


@dataclass
class Draft:
    """One reply: the passages shown, and what has come of it so far; whole once `write` has ended.

    `claims` are as the model wrote them, `missing` is what it says the passages leave open; times in milliseconds since
    the request.
    """

    passages: tuple[Passage, ...] = ()
    claims: list[Claimed] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    first_token_ms: float | None = None
    model_ms: float = 0.0


class Speaker(Protocol):
    """What is asked for a reply, as `ChatModel` has it."""

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""

    def stream(self, chat: Sequence[Message], until: float, stop: Stop) -> Generator[Piece]:
        """The reply as it comes, by `until` at the latest. Raises `ModelFailed`, and `Stopped` after `stop`."""

    def close(self) -> None:
        """End the model of this machine, if one runs."""


class Writer:
    """Has a language model draft answers, so many at a time: the one of the settings unless another is given.

    Safe to use from several threads.
    """

    def __init__(self, settings: Settings, model: Speaker | None = None) -> None:
        self._settings = settings
        self._turns = Turns(settings.llm_parallel, settings.llm_queue)
        self.model = model or ChatModel(settings)
        self.opinion = SecondOpinion(settings)

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn now."""
        return self._turns.waiting

    def write(self, finding: Finding, before: Sequence[str], draft: Draft, stop: Stop) -> Generator[Claimed | Progress]:
        """The claims, each as soon as it is whole; `draft` is filled on the way.

        Raises `ModelFailed`, and `Stopped` when `stop` says so.
        """
        started = monotonic()
        until = started + self._settings.llm_budget_s
        shown = that_fit(
            best(finding, self._settings.llm_passages), finding.question, self._settings.llm_context_tokens
        )
        try:
            with self._turns.take(until, stop):
                while True:
                    draft.passages = tuple(in_stable_order(shown))
                    chat = messages(finding.understood.question, draft.passages, last_that_fit(before))
                    yield Progress(0)
                    try:
                        yield from self._tried(chat, draft, started, until, stop)
                    except ModelFailed as error:
                        if error.failure != "context" or len(shown) == 1:
                            raise
                        shown = shown[: len(shown) // 2]
                    else:
                        return
        finally:
            draft.model_ms = _since(started)

    def _tried(
        self, chat: list[Message], draft: Draft, started: float, until: float, stop: Stop
    ) -> Generator[Claimed | Progress]:
        for attempt in (1, 2):
            reader = ClaimReader()
            finish = yield from self._one(chat, reader, draft, started, until, stop)
            try:
                # What ends without saying so has been cut off, and mending would hide it.
                reply = read_reply(reader.text, mend=finish is not None)
            except ModelFailed as error:
                if finish is None:
                    raise ModelFailed("cut", "the stream ended without a word") from error
                if reader.read:
                    # What is cut off for its length has whole claims before the cut.
                    return
                log.info("Reply %d cannot be read (%s): %.200s", attempt, error, reader.text)
                if attempt == 2:
                    raise
                chat = again(chat, reader.text, str(error).partition(": ")[2])
                continue
            yield from _rest(reply, reader)
            draft.missing = reply.missing
            return

    def _one(
        self, chat: list[Message], reader: ClaimReader, draft: Draft, started: float, until: float, stop: Stop
    ) -> Generator[Claimed | Progress, None, str | None]:
        finish, told = None, started
        with closing(self.model.stream(chat, until, stop)) as pieces:
            for piece in pieces:
                if piece.text and draft.first_token_ms is None:
                    draft.first_token_ms = _since(started)
                if piece.usage:
                    draft.usage += piece.usage
                finish = piece.finish or finish
                yield from reader.feed(piece.text)
                if monotonic() - told >= PROGRESS_S:
                    told = monotonic()
                    yield Progress(len(reader.text))
        return finish


def best(finding: Finding, most: int) -> list[Passage]:
    """The passages to read: those of the units that answer best, then by rank."""
    by_chunk = {one.chunk.id: one for one in finding.read}
    units = [*finding.chosen, *(one.unit for one in finding.weighed[:most])]
    ids = dict.fromkeys([*(unit.passage.chunk.id for unit in units), *by_chunk])
    return [by_chunk[one] for one in ids if one in by_chunk][:most]


def in_stable_order(passages: Sequence[Passage]) -> list[Passage]:
    """As they stand in their documents: what follow-ups are shown again begins alike, and reads in its order."""
    return sorted(passages, key=lambda one: (one.document.id, one.chunk.seq))


def _rest(reply: Reply, reader: ClaimReader) -> Iterator[Claimed]:
    # A reply that had to be mended gave none or some while it came.
    yield from reply.claims[reader.read :]


def _since(started: float) -> float:
    return round((monotonic() - started) * 1000, 1)
