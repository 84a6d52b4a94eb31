"""`caselore conversations`: what was asked before, from the command line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.embedders import load_embedder
from ingest.library import open_registry
from ingest.settings import Settings
from retrieval.conversations.conversations import Conversations
from retrieval.conversations.gaps import gaps as find_gaps

app = typer.Typer(no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
ConversationId = Annotated[str, typer.Argument(help="A conversation's id, as `caselore conversations list` shows it.")]


@app.command("list")
def list_conversations(as_json: JsonOption = False) -> None:
    """List the conversations kept, the one last spoken in first."""
    with _opened() as kept:
        found = kept.all()
    if as_json:
        print(json.dumps([one.model_dump(mode="json") for one in found], ensure_ascii=False))
        return
    for one in found:
        print(f"{one.id}  {one.changed_at.astimezone():%Y-%m-%d %H:%M}  {one.turns:>3}  {one.title}")


@app.command()
def show(conversation_id: ConversationId, as_json: JsonOption = False) -> None:
    """Show a conversation: each question with its answer as it was given."""
    with _opened() as kept:
        turns = kept.turns(conversation_id)
    if as_json:
        print(json.dumps([one.model_dump(mode="json") for one in turns], ensure_ascii=False))
        return
    console = Console()
    for turn in turns:
        console.print(Text(f"{turn.number}. {turn.answer.question}", style="bold"), soft_wrap=True)
        console.print(Text(turn.answer.text), soft_wrap=True)
        for citation in turn.answer.citations:
            source = f"[{citation.n}] {citation.document.path} · {citation.locator.label}"
            console.print(Text(source, style="dim"), soft_wrap=True)
        console.print()


@app.command()
def delete(conversation_id: ConversationId, as_json: JsonOption = False) -> None:
    """Delete a conversation with its answers and votes."""
    with _opened() as kept:
        kept.delete(conversation_id)
    print(json.dumps({"id": conversation_id, "removed": True}) if as_json else f"Deleted {conversation_id}.")


@app.command()
def gaps(as_json: JsonOption = False) -> None:
    """List what was asked for and not found, alike questions together, the most asked first."""
    with _opened() as kept:
        turns = kept.unanswered()
    embedder = load_embedder(Settings())
    try:
        found = find_gaps(turns, embedder.embed_passages)
    finally:
        embedder.close()
    if as_json:
        print(json.dumps([one.model_dump(mode="json") for one in found], ensure_ascii=False))
        return
    table = Table("问题", "次数", "拒答", "差评", "缺少什么", "最接近的文档")
    for gap in found:
        near = "\n".join(document.path for document in gap.nearest)
        row = (len(gap.turns), gap.refused, gap.voted_down, gap.missing or "", near)
        table.add_row(Text(gap.question), *(Text(str(cell)) for cell in row))
    Console().print(table)


@contextmanager
def _opened() -> Iterator[Conversations]:
    settings = Settings()
    # Raises when there is no library; opening the database would make an empty one.
    open_registry(settings).close()
    kept = Conversations(settings)
    try:
        yield kept
    finally:
        kept.close()
