"""`POST /api/ask` and `POST /api/ask/stream`: a question in, a cited answer out, at once or step by step."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.deps import ServiceDep
from api.errors import problem_of, problems, unexpected
from api.keeping import Kept, asked_before, keep
from ingest.document import DocumentMeta
from ingest.errors import CaseloreError
from retrieval.answer import Answer, Answerer
from retrieval.query import check_filters, read_dropped, read_question

log = logging.getLogger(__name__)

MOST_BEFORE = 50
"""Questions of a conversation taken along."""

router = APIRouter(prefix="/api", tags=["ask"], responses=problems(413, 422))


def _check_text(text: str) -> str:
    if any("\ud800" <= one <= "\udfff" for one in text):
        raise ValueError("half a character (a lone surrogate) stands in the text")
    return text


Text = Annotated[str, AfterValidator(_check_text)]


class Question(BaseModel):
    """A question, and what it is narrowed to: for each filter key one value or several of which any will do."""

    model_config = ConfigDict(extra="forbid")

    question: Text = Field(examples=["MySQL 和 ES 分别怎么同步？"])
    filters: dict[Text, Text | Annotated[list[Text], Field(min_length=1)]] = Field(
        default_factory=dict, examples=[{"doc_type": ["架构设计", "交接文档"]}]
    )
    answerer: Answerer = "extractive"
    history: Annotated[list[Text], Field(max_length=MOST_BEFORE)] = Field(
        default_factory=list, description="Questions asked before, oldest first: they complete a follow-up."
    )
    conversation: Text | None = Field(
        None,
        description="The conversation it belongs to, whose questions complete it; `new` begins one; without, it is not "
        "kept.",
        examples=["new"],
    )
    guess: bool = Field(
        True, description="Let its words prefer projects, kinds of document, versions and times (`understood`)."
    )
    without: list[Text] = Field(
        default_factory=list, description="Guesses to drop one by one: key or key=value.", examples=[["version=终版"]]
    )


@dataclass(frozen=True)
class Checked:
    """A question in order, and how it is to be taken."""

    question: str
    filters: dict[str, tuple[str, ...]]
    history: tuple[str, ...]
    guess: bool
    without: tuple[str, ...]
    conversation: str | None


def checked(body: Question, service: ServiceDep) -> Checked:
    """The question, what was asked before, and filters in order, checked before anything is searched or streamed."""
    given = {key: (value,) if isinstance(value, str) else tuple(value) for key, value in body.filters.items()}
    most = service.library.settings.max_question_chars
    before = asked_before(service.conversations, body.conversation)
    history = (*before, *(read_question(one, most) for one in body.history))
    return Checked(
        question=read_question(body.question, most),
        filters=check_filters(given),
        history=history,
        guess=body.guess,
        without=tuple(sorted(read_dropped(body.without))),
        conversation=body.conversation,
    )


CheckedQuestion = Annotated[Checked, Depends(checked)]


@router.post("/ask")
def ask(asked: CheckedQuestion, service: ServiceDep) -> Kept:
    """A cited answer, or a refusal that says what is missing."""
    with service.metrics.asking() as timed:
        answer = service.assistant.ask(
            asked.question, asked.filters, asked.history, guess=asked.guess, without=asked.without
        )
        timed.status = answer.status
    return keep(service.conversations, answer, asked.conversation, asked.filters, ())


@router.post("/ask/stream", response_class=EventSourceResponse)
def ask_stream(asked: CheckedQuestion, service: ServiceDep) -> Iterator[ServerSentEvent]:
    """The same answer as it comes about: `passages`, then `token`s and `citation`s, then `done` with the whole Answer;
    or `error` with problem details.
    """
    nearest: list[DocumentMeta] = []
    with service.metrics.asking() as timed:
        try:
            for event in service.assistant.stream(
                asked.question, asked.filters, asked.history, guess=asked.guess, without=asked.without
            ):
                data = event.data
                if event.name == "passages":
                    nearest = [DocumentMeta.model_validate(one["document"]) for one in data]
                elif event.name == "done":
                    timed.status = data["status"]
                    data = keep(
                        service.conversations,
                        Answer.model_validate(data),
                        asked.conversation,
                        asked.filters,
                        nearest,
                    ).model_dump()
                yield _event(event.name, data)
        except CaseloreError as error:
            yield _event("error", problem_of(error))
        except Exception:
            # The response has begun, so no status can say it any more.
            log.exception("POST /api/ask/stream failed")
            yield _event("error", unexpected())


def _event(name: str, data: Any) -> ServerSentEvent:
    # Written here, since the framework would escape every Chinese character.
    return ServerSentEvent(event=name, raw_data=json.dumps(data, ensure_ascii=False))
