"""`/api/conversations` and `/api/answers`: what was asked, opened again, judged by its readers, deleted."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from api.deps import ServiceDep
from api.errors import problems
from retrieval.conversations.turn import Conversation, Reason, Turn, Vote

router = APIRouter(prefix="/api", tags=["conversations"], responses=problems(404, 422))


class Title(BaseModel):
    """A conversation's new title."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class Opinion(BaseModel):
    """What a reader thinks of an answer: `vote` is 1 or -1; a wrong source names its citation."""

    model_config = ConfigDict(extra="forbid")

    vote: int = Field(examples=[-1])
    reason: Reason = "other"
    comment: Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)] = ""
    citation: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _check(self) -> "Opinion":
        if self.vote not in (1, -1):
            raise ValueError("a vote is 1 or -1")
        if self.reason == "wrong_source" and self.citation is None:
            raise ValueError("a wrong source names its citation")
        return self


class OneConversation(BaseModel):
    """A conversation with all its turns."""

    id: str
    turns: list[Turn]


@router.get("/conversations")
def list_conversations(service: ServiceDep) -> list[Conversation]:
    """The conversations, the one last spoken in first."""
    return service.conversations.all()


@router.get("/conversations/{conversation_id}")
def read_conversation(service: ServiceDep, conversation_id: str) -> OneConversation:
    """Every question of a conversation with its answer as it was given."""
    return OneConversation(id=conversation_id, turns=service.conversations.turns(conversation_id))


@router.patch("/conversations/{conversation_id}", status_code=204)
def rename_conversation(service: ServiceDep, conversation_id: str, named: Title) -> Response:
    """Give a conversation another title."""
    service.conversations.rename(conversation_id, named.title)
    return Response(status_code=204)


@router.delete("/conversations/{conversation_id}")
def delete_conversation(service: ServiceDep, conversation_id: str) -> dict[str, Any]:
    """Delete a conversation with its answers and votes."""
    service.conversations.delete(conversation_id)
    return {"id": conversation_id, "removed": True}


@router.get("/answers/{answer_id}")
def read_answer(service: ServiceDep, answer_id: str) -> Turn:
    """One answer as it was given, with what its reader thought of it."""
    return service.conversations.turn(answer_id)


@router.get("/answers/{answer_id}/passages")
def read_passages(service: ServiceDep, answer_id: str) -> list[dict[str, Any]]:
    """What was found for its question, best first, as `POST /api/ask/stream` told it."""
    return service.conversations.passages(answer_id)


@router.put("/answers/{answer_id}/vote", status_code=204)
def vote(service: ServiceDep, answer_id: str, opinion: Opinion) -> Response:
    """Say that an answer was good (1) or not (-1), and why; it takes the place of what was said before."""
    said = {"value": opinion.vote, **opinion.model_dump(exclude={"vote"})}
    service.conversations.vote(answer_id, Vote.model_validate(said))
    return Response(status_code=204)


@router.delete("/answers/{answer_id}/vote", status_code=204)
def unvote(service: ServiceDep, answer_id: str) -> Response:
    """Take a vote back."""
    service.conversations.unvote(answer_id)
    return Response(status_code=204)
