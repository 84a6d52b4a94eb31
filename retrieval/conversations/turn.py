"""A question and its answer as they are kept, and what a reader thought of it."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from ingest.document import DocumentMeta, Value
from retrieval.answer import Answer

Reason = Literal["wrong_figure", "wrong_source", "incomplete", "outdated", "not_answered", "other"]
"""Why an answer is voted down; `wrong_source` names the citation."""


class Vote(Value):
    """What a reader thinks of an answer: `value` is 1 or -1. `citation` is the number of the citation it is about."""

    value: Literal[1, -1]
    reason: Reason = "other"
    comment: str = ""
    citation: int | None = None


class Turn(Value):
    """One question of a conversation, numbered from 1, with the answer as it was given.

    `nearest` are the documents that came nearest, best first: for whoever has to close a gap.
    """

    id: str
    conversation_id: str
    number: int
    asked_at: datetime
    answer: Answer
    filters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    nearest: tuple[DocumentMeta, ...] = ()
    vote: Vote | None = None


class Conversation(Value):
    """A conversation without its turns; `turns` is how many it has."""

    id: str
    title: str
    started_at: datetime
    changed_at: datetime
    turns: int
