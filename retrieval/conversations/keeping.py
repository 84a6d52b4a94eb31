"""Keeps what is asked in a conversation, and says where."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer

from ingest.document import DocumentMeta
from retrieval.answer import Answer
from retrieval.conversations.conversations import Conversations
from retrieval.finding import Event
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


def keeping(
    steps: Iterable[Event],
    conversations: Conversations,
    conversation: str | None,
    filters: Mapping[str, tuple[str, ...]],
) -> Iterator[Event]:
    """The steps of an answer (`Assistant.stream`), the last of which carries it as it is kept (`Kept`).

    It is kept as the last of `conversation` (of a new one for `NEW`; without, nothing is kept), with the passages
    and the documents that came nearest. Raises `ConversationNotFound`, and what the steps raise.
    """
    nearest: dict[str, DocumentMeta] = {}
    passages: list[dict[str, Any]] = []
    for event in steps:
        if event.name == "passages":
            passages = event.data
            found = [DocumentMeta.model_validate(one["document"]) for one in event.data]
            nearest = {one.id: one for one in found}
        if event.name == "done" and conversation is not None:
            into = None if conversation == NEW else conversation
            answer = Answer.model_validate(event.data)
            turn = conversations.add(answer, into, filters, list(nearest.values())[:NEAREST], passages)
            where = {"id": turn.id, "conversation_id": turn.conversation_id}
            yield Event("done", Kept.model_validate({**event.data, **where}).model_dump())
        else:
            yield event


def asked_before(conversations: Conversations, conversation: str | None) -> tuple[str, ...]:
    """The questions of a conversation so far, oldest first. Raises `ConversationNotFound`."""
    return () if conversation in (None, NEW) else conversations.history(conversation)
