"""Keeps what is asked in a conversation, and says where."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer

from ingest.document import DocumentMeta
from retrieval.answer import Answer
from retrieval.conversations.conversations import Conversations
from retrieval.refuse import NEAREST

NEW = "new"
"""Stands for a conversation that begins with this question."""


class Kept(Answer):
    """An answer, and where it is kept: its `id`, and the conversation it belongs to. Both absent where it is not."""

    id: str | None = None
    conversation_id: str | None = None

    @model_serializer(mode="wrap")
    def _drop_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields: dict[str, Any] = handler(self)
        return {key: value for key, value in fields.items() if value is not None or key in Answer.model_fields}


def keep(
    conversations: Conversations,
    answer: Answer,
    conversation: str | None,
    filters: Mapping[str, tuple[str, ...]],
    documents: Iterable[DocumentMeta],
) -> Kept:
    """The answer, kept as the last of `conversation` (a new one for `NEW`; without, nothing is kept).

    `documents` are those of the passages found, best first. Raises `ConversationNotFound`.
    """
    if conversation is None:
        return Kept.model_validate(answer.model_dump())
    nearest = list({one.id: one for one in documents}.values())[:NEAREST]
    turn = conversations.add(answer, None if conversation == NEW else conversation, filters, nearest)
    return Kept.model_validate({**answer.model_dump(), "id": turn.id, "conversation_id": turn.conversation_id})


def asked_before(conversations: Conversations, conversation: str | None) -> tuple[str, ...]:
    """The questions of a conversation so far, oldest first. Raises `ConversationNotFound`."""
    return () if conversation in (None, NEW) else conversations.history(conversation)
