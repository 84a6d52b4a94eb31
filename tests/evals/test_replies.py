"""A reply is asked for once, told again as it came, and never kept unless it came to its end."""

from collections.abc import Generator, Sequence
from pathlib import Path
from time import sleep

import pytest

from evals.replies import RememberedModel, Replies
from retrieval.answer import Usage
from retrieval.generate.ask_model import Piece, Stop
from retrieval.generate.failure import ModelFailed
from retrieval.generate.prompt import Message

CHAT = [Message("user", "RPO 是多少？")]
USAGE = Usage(prompt_tokens=120, completion_tokens=30, cached_tokens=0)
WHOLE = [Piece("RPO "), Piece("为 0"), Piece("", USAGE, "stop")]


class Scripted:
    name = "scripted"

    def __init__(self, *pieces: Piece, fails: bool = False) -> None:
        self.pieces, self.fails, self.asked = pieces, fails, 0

    def stream(self, chat: Sequence[Message], until: float, stop: Stop) -> Generator[Piece]:
        self.asked += 1
        for piece in self.pieces:
            sleep(0.02)
            yield piece
        if self.fails:
            raise ModelFailed("cut")

    def close(self) -> None:
        pass


def told(model: RememberedModel, chat: Sequence[Message] = CHAT) -> list[Piece]:
    return list(model.stream(chat, 0.0, lambda: False))


def text(pieces: Sequence[Piece]) -> str:
    return "".join(one.text for one in pieces)


def test_the_same_chat_is_asked_once_in_this_process_and_the_next(tmp_path: Path) -> None:
    file, model = tmp_path / "replies.jsonl", Scripted(*WHOLE)
    first = told(RememberedModel(model, Replies(file)))
    again = told(RememberedModel(model, Replies(file)))
    assert (text(first), model.asked) == ("RPO 为 0", 1)
    assert text(again) == text(first)
    assert again[-1] == Piece("", USAGE, "stop")
    told(RememberedModel(model, Replies(file)), [Message("user", "RTO 呢？")])
    told(RememberedModel(model, Replies(file, fresh=True)))
    assert model.asked == 3


def test_what_it_took_when_it_came_is_told_and_nothing_for_what_is_heard_now(tmp_path: Path) -> None:
    model = RememberedModel(Scripted(*WHOLE), Replies(tmp_path / "replies.jsonl"))
    told(model)
    assert (model.spared_ms, model.first_spared_ms) == (0.0, None)
    model.begin()
    passing = [model.spared_ms for _ in model.stream(CHAT, 0.0, lambda: False)]
    assert 20 <= passing[0] < passing[1] < passing[2] == model.spared_ms
    assert model.first_spared_ms == passing[0]


@pytest.mark.parametrize("broken", [Scripted(Piece("RPO "), fails=True), Scripted(Piece("RPO "))])
def test_a_reply_that_breaks_off_is_asked_for_again(tmp_path: Path, broken: Scripted) -> None:
    file = tmp_path / "replies.jsonl"
    model = RememberedModel(broken, Replies(file))
    for _ in range(2):
        if broken.fails:
            with pytest.raises(ModelFailed):
                told(model)
        else:
            told(model)
    assert broken.asked == 2
    assert not file.exists()
