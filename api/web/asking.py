"""`/` and `/conversations/…`: where one asks, and reads again what was answered."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.deps import ServiceDep
from api.facets import facets
from api.web.messages import catalogue, language_of
from api.web.reason_names import REASONS
from api.web.render import page

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request, service: ServiceDep) -> HTMLResponse:
    """Where one asks."""
    return _ask(request, service, "")


@router.get("/conversations/{conversation_id}")
def conversation(request: Request, service: ServiceDep, conversation_id: str) -> HTMLResponse:
    """A conversation kept, to read again or to go on with."""
    return _ask(request, service, conversation_id)


@router.get("/answers/{answer_id}")
def answer(service: ServiceDep, answer_id: str) -> RedirectResponse:
    """One answer, in its conversation."""
    turn = service.conversations.turn(answer_id)
    return RedirectResponse(f"/conversations/{turn.conversation_id}#answer-{turn.id}")


def _ask(request: Request, service: ServiceDep, conversation_id: str) -> HTMLResponse:
    documents = [meta for meta, _ in service.library.registry.documents()]
    said = catalogue(language_of(request))
    names = {"extractive": "原文摘录", "llm": "语言模型"}
    settings = service.library.settings
    models = ["extractive", *(["llm"] if settings.llm_model else [])]
    return page(
        request,
        "ask.html",
        here="ask",
        conversation=conversation_id,
        documents=len(documents),
        projects=len({one.project for one in documents if one.project}),
        facets=facets(documents),
        models=[(key, said.get(names[key], names[key])) for key in models],
        reasons=REASONS,
        max_chars=settings.max_question_chars,
    )
