"""Whether claims tell what was asked: a question said back, or true words about something else, answer nothing."""

from collections.abc import Sequence

from ingest.sentences import sentence_spans
from retrieval.generate.unanswered import unanswered
from retrieval.subquestions import parts

_ASKS = ("？", "?")
_GOES_ON = ("，", ",", "、")
_CLOSING = "”」』\"' "


def without_questions(text: str) -> str:
    """The statement without the sentences that ask: a model likes to copy the question, or a heading that asks it."""
    told = [text[start:end] for start, end in sentence_spans(text)]
    # A question that somebody is told to have asked goes on: 问“能借吗？”，未批。
    goes_on = [*(one.startswith(_GOES_ON) for one in told[1:]), False]
    asks = (one.rstrip(_CLOSING).endswith(_ASKS) for one in told)
    return "".join(one for one, ask, on in zip(told, asks, goes_on, strict=True) if on or not ask).strip()


def is_beside(topic: str, claims: Sequence[str]) -> bool:
    """Whether the claims speak of none of the several parts of a question: true, perhaps, and no answer."""
    return len(unanswered(topic, claims)) == len(set(parts(topic))) > 1
