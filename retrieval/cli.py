"""`caselore search` and `caselore ask`."""

from contextlib import AbstractContextManager, closing, nullcontext
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from ingest.terminal import json_text, printable
from retrieval.answer import Answer, Answerer, Passage
from retrieval.asking import Asking
from retrieval.assistant import Assistant
from retrieval.conversations.conversations import Conversations
from retrieval.conversations.keeping import Kept, asked_before, keeping
from retrieval.query import read_filters, read_question
from retrieval.search import Mode

app = typer.Typer()

FilterOption = Annotated[
    list[str], typer.Option("--filter", metavar="KEY=VALUE", help="Narrow to documents, e.g. project=… ; repeatable.")
]
GuessOption = Annotated[
    bool, typer.Option("--guess/--no-guess", help="Let its words prefer projects, kinds of document, versions, times.")
]
WithoutOption = Annotated[
    list[str],
    typer.Option("--without", metavar="KEY[=VALUE]", help="Drop one thing read out of its words; repeatable."),
]
ContextOption = Annotated[bool, typer.Option("--context", help="Each passage with what stands around it.")]
AfterOption = Annotated[
    list[str], typer.Option("--after", metavar="QUESTION", help="Asked before, oldest first; it completes a follow-up.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]

SHOWN_CHARS = 200

_WHY_FOLDED = {"older version": "旧版", "same text": "同文"}

_KEYS = {
    "project": "项目",
    "doc_type": "文档类型",
    "title": "标题含",
    "version": "版本",
    "date": "年份",
    "spelling": "应为",
    "history": "接着上文",
}


@app.command()
def search(
    question: str,
    k: Annotated[int, typer.Option("-k", help="How many passages.", min=1, max=1000)] = 10,
    mode: Annotated[Mode, typer.Option(help="What the ranking rests on.")] = "hybrid",
    filters: FilterOption = [],
    after: AfterOption = [],
    guess: GuessOption = True,
    without: WithoutOption = [],
    context: ContextOption = False,
    as_json: JsonOption = False,
) -> None:
    """Find passages, best first."""
    settings, where = _checked(question, filters)
    with Library(settings, Holder("search")) as library:
        assistant = Assistant(library)
        asking = Asking(question, where, after, guess, without)
        passages = assistant.search(asking, k, mode, context=context).passages
    if as_json:
        print(json_text([passage.to_json() for passage in passages]))
    else:
        _show_passages(passages, Console())


@app.command()
def ask(
    question: str,
    answerer: Annotated[
        Answerer | None,
        typer.Option(help="`extractive`: verbatim sentences; `llm`: a language model, checked. [default: the setting]"),
    ] = None,
    filters: FilterOption = [],
    after: AfterOption = [],
    guess: GuessOption = True,
    without: WithoutOption = [],
    conversation: Annotated[
        str | None,
        typer.Option(help="Keep it: `new`, or the id of the conversation it goes on (`caselore conversations list`)."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question, each statement with its source."""
    settings, where = _checked(question, filters)
    with (
        _waiting(answerer or settings.answerer),
        Library(settings, Holder("ask")) as library,
        closing(Assistant(library)) as assistant,
        closing(Conversations(settings)) as conversations,
    ):
        history = (*asked_before(conversations, conversation), *after)
        steps = assistant.stream(Asking(question, where, history, guess, without), answerer=answerer)
        *_, done = keeping(steps, conversations, conversation, where)
        answer = Kept.model_validate(done.data)
    if as_json:
        print(json_text(answer.model_dump()))
        return
    _show_answer(answer, Console())
    if answer.conversation_id:
        print(f"对话 {answer.conversation_id}（接着问：--conversation {answer.conversation_id}）")


def _waiting(answerer: Answerer) -> AbstractContextManager[object]:
    """Tells a person at a terminal what takes so long."""
    return Console(stderr=True).status("大模型正在阅读资料、撰写回答…") if answerer == "llm" else nullcontext()


def _checked(question: str, filters: list[str]) -> tuple[Settings, dict[str, tuple[str, ...]]]:
    """Settings and filters, once question and filters are found in order: a wrong call costs no model's loading."""
    settings = Settings()
    read_question(question, settings.max_question_chars)
    return settings, read_filters(filters)


def _text(text: str, style: str = "") -> Text:
    # Text keeps a document's square brackets from being markup, but lets escape sequences through.
    return Text(printable(text), style=style)


def _show_passages(passages: tuple[Passage, ...], console: Console) -> None:
    for passage in passages:
        place = f"{passage.document.title} · {passage.chunk.locator.label}"
        console.print(
            _text(f"{passage.rank:>2}. {place}", style="bold"),
            _text(f"({passage.score:.2f})", style="dim"),
            soft_wrap=True,
        )
        for chunk in passage.context:
            console.print(_text(chunk.text, style="" if chunk.id == passage.chunk.id else "dim"), soft_wrap=True)
        if not passage.context:
            text = passage.chunk.text
            console.print(_text(text if len(text) <= SHOWN_CHARS else text[:SHOWN_CHARS] + "…"), soft_wrap=True)
        for one in passage.folded:
            version = f"（{one.document.version}）" if (one.document.version or "") not in one.document.title else ""
            place = f"{one.document.title}{version} · {one.chunk.locator.label}"
            console.print(_text(f"    {_WHY_FOLDED[one.why]}：{place}", style="dim"), soft_wrap=True)
        console.print()


def _show_answer(answer: Answer, console: Console) -> None:
    console.print(_text(answer.text), soft_wrap=True)
    if answer.understood:
        told = "；".join(f"{_KEYS[one.key]}：{one.value}（“{one.words}”）" for one in answer.understood)
        keys = " ".join(dict.fromkeys(f"--without {one.key}" for one in answer.understood))
        console.print(_text(f"理解为 {told}。去掉其中一项：{keys}；全部不要：--no-guess", style="dim"), soft_wrap=True)
    for note in answer.notes:
        console.print(_text(f"注意：{note}", style="yellow"), soft_wrap=True)
    if answer.dropped:
        console.print(_text(f"核对后删去大模型的{len(answer.dropped)}条说法：", style="dim"))
    for one in answer.dropped:
        console.print(_text(f"- {one.text}（{one.reason}）", style="dim"), soft_wrap=True)
    for citation in answer.citations:
        source = f"[{citation.n}] {citation.document.path} · {citation.locator.label}"
        if citation.confidence is not None:
            source += f" · 图片识别，置信度{citation.confidence:.0%}"
        console.print(_text(source, style="dim"), soft_wrap=True)
