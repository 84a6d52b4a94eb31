"""A language model's replies, kept as they come: an answer is checked and scored anew without waiting for the model."""

from collections.abc import Generator, Sequence
from pathlib import Path
from time import monotonic

from evals.remembered import Remembered
from ingest.document import Value
from retrieval.answer import Usage
from retrieval.generate.ask_model import MOST_TOKENS, Piece, Stop
from retrieval.generate.prompt import Message
from retrieval.generate.writer import Speaker


class Reply(Value):
    """A reply that came to its end: each piece with the milliseconds after which it came; `whole_ms` is of all."""

    pieces: tuple[tuple[float, str], ...]
    usage: Usage | None
    finish: str
    whole_ms: float


class Replies(Remembered[Reply]):
    """Replies by model and chat. `fresh`: those of earlier runs are not told again."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        super().__init__(path, Reply, fresh=fresh)


class RememberedModel:
    """A language model that is asked once for each chat. What fails or is cut off is not kept, and asked again.

    `spared_ms` is how long the replies told again since `begin` took when they came, up to the piece told last, and
    `first_spared_ms` up to the first piece; None when none was told again.
    """

    def __init__(self, model: Speaker, replies: Replies) -> None:
        self._model, self._replies = model, replies
        # A model of this machine has another name once it runs.
        self._asked = [model.name, str(MOST_TOKENS)]
        self.begin()

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._model.name

    def begin(self) -> None:
        """Another question's replies follow."""
        self.spared_ms = 0.0
        self.first_spared_ms: float | None = None

    def close(self) -> None:
        """End the model of this machine, if one runs."""
        self._model.close()

    def stream(self, chat: Sequence[Message], until: float, stop: Stop) -> Generator[Piece]:
        """The reply, out of the file or as it comes. Raises what the model's own `stream` raises."""
        told = self._replies.find([*self._asked, *chat])
        if told is None:
            yield from self._heard(chat, until, stop)
            return
        before = self.spared_ms
        for came_ms, text in told.pieces:
            self.spared_ms = before + came_ms
            if self.first_spared_ms is None:
                self.first_spared_ms = came_ms
            yield Piece(text)
        self.spared_ms = before + told.whole_ms
        yield Piece("", told.usage, told.finish)

    def _heard(self, chat: Sequence[Message], until: float, stop: Stop) -> Generator[Piece]:
        started = monotonic()
        pieces: list[tuple[float, str]] = []
        usage, finish = None, None
        for piece in self._model.stream(chat, until, stop):
            if piece.text:
                pieces.append((_since(started), piece.text))
            usage, finish = piece.usage or usage, piece.finish or finish
            yield piece
        if finish:
            reply = Reply(pieces=tuple(pieces), usage=usage, finish=finish, whole_ms=_since(started))
            self._replies.keep([*self._asked, *chat], reply)


def _since(started: float) -> float:
    return round((monotonic() - started) * 1000, 1)
