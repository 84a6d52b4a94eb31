"""What `caselore ask` and `caselore search` write to a terminal."""

from io import StringIO

from rich.console import Console

from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta, Locator
from retrieval.answer import Answer, Citation, Claim, DroppedClaim, Passage
from retrieval.cli import _show_answer, _show_passages

EVIL = "RPO\x1b]0;改标题\x07 30 秒\x9b2J\u202e"
PLACE = Locator(kind="page", page=1)
DOCUMENT = DocumentMeta(id="d", title=EVIL, path=f"{EVIL}.md", format="md")


def test_nothing_that_is_shown_gives_the_terminal_orders() -> None:
    out = StringIO()
    console = Console(file=out, color_system=None)
    answer = Answer(
        question=EVIL,
        status="answered",
        text=EVIL,
        claims=(Claim(text=EVIL, citations=(1,), verified=True),),
        citations=(Citation(n=1, quote=EVIL, document=DOCUMENT, locator=PLACE),),
        notes=(EVIL,),
        dropped=(DroppedClaim(text=EVIL, reason=EVIL),),
    )
    _show_answer(answer, console)
    chunk = Chunk(id="c", document_id="d", seq=0, headings=(), spans=(Span(text=EVIL, locator=PLACE),))
    _show_passages((Passage(rank=1, score=1.0, chunk=chunk, document=DOCUMENT),), console)
    assert "30 秒" in out.getvalue()
    assert not set(out.getvalue()) & set("\x1b\x07\x9b\u202e")
