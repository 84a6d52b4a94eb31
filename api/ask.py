"""`POST /api/ask` and `POST /api/ask/stream`: a question in, a cited answer out, at once or step by step."""

import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.deps import Service, ServiceDep
from api.errors import problem_of, problems, unexpected
from api.languages import all_told, preferred
from api.waiting import Stop, waited_for
from ingest.errors import CaseloreError
from retrieval.answer import Answer, Answerer
from retrieval.asking import Asking
from retrieval.conversations.keeping import Kept, asked_before, keeping
from retrieval.finding import Event
from retrieval.query import read_question

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
    answerer: Answerer | None = Field(
        None, description="`extractive`: verbatim sentences; `llm`: a language model, checked. Unset: as configured."
    )
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
    """A question in order, who is to answer it, and where it is kept."""

    asking: Asking
    answerer: Answerer | None
    conversation: str | None


def checked(body: Question, service: ServiceDep) -> Checked:
    """The question, what was asked before, and filters in order, checked before anything is searched or streamed."""
    given = {key: (value,) if isinstance(value, str) else tuple(value) for key, value in body.filters.items()}
    most = service.library.settings.max_question_chars
    before = asked_before(service.conversations, body.conversation)
    history = (*before, *(read_question(one, most) for one in body.history))
    return Checked(
        asking=Asking(body.question, given, history, body.guess, body.without).checked(most),
        answerer=body.answerer,
        conversation=body.conversation,
    )


CheckedQuestion = Annotated[Checked, Depends(checked)]


@router.post("/ask")
async def ask(asked: CheckedQuestion, service: ServiceDep, request: Request) -> Kept:
    """A cited answer, or a refusal that says what is missing."""
    with service.metrics.asking() as timed:
        async with waited_for(request, service.stopping) as stop:
            *_, done = await to_thread.run_sync(lambda: list(_steps(service, asked, stop)))
        timed.answer = Kept.model_validate(done.data)
    return timed.answer


@router.post("/ask/stream", response_class=EventSourceResponse)
async def ask_stream(asked: CheckedQuestion, service: ServiceDep, request: Request) -> AsyncIterator[ServerSentEvent]:
    """The same answer as it comes about: `passages`, then `token`s and `citation`s, then `done` with the whole Answer;
    or `error` with problem details.

    While a language model writes, `progress` tells how many characters it has drafted, and each claim that stands the
    check comes as a `token` (its line of the text), its new `citation`s and the `claim`. Drafts are never sent.
    `reset` takes back all `token`s before it: the model failed, and the documents' own words follow.
    """
    with service.metrics.asking() as timed:
        try:
            async with waited_for(request, service.stopping) as stop:
                steps = _steps(service, asked, stop)
                # Left alone when the client goes: it ends by itself as soon as it has looked at `stop`.
                while event := await to_thread.run_sync(next, steps, None, abandon_on_cancel=True):
                    if event.name == "done":
                        timed.answer = Answer.model_validate(event.data)
                    yield _event(event.name, event.data)
        except CaseloreError as error:
            yield _event("error", all_told(problem_of(error), preferred(request.headers)))
        except Exception:
            # The response has begun, so no status can say it any more.
            log.exception("POST /api/ask/stream failed")
            yield _event("error", all_told(unexpected(), preferred(request.headers)))


def _steps(service: Service, asked: Checked, stop: Stop) -> Iterator[Event]:
    steps = service.assistant.stream(asked.asking, answerer=asked.answerer, stop=stop)
    return keeping(steps, service.conversations, asked.conversation, asked.asking.filters)


def _event(name: str, data: Any) -> ServerSentEvent:
    # Written here, since the framework would escape every Chinese character.
    return ServerSentEvent(event=name, raw_data=json.dumps(data, ensure_ascii=False))
