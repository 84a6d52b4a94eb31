"""Makes passages for tests."""

from collections.abc import Sequence

from ingest.chunk import Chunk, Span, SpanKind
from ingest.document import DocumentMeta, Locator
from retrieval.answer import Passage


def document(document_id: str = "d", title: str = "设计说明书", **more: str) -> DocumentMeta:
    return DocumentMeta(id=document_id, title=title, path=f"{document_id}.md", format="md", **more)


def passage(
    *spans: Span,
    rank: int = 1,
    score: float = 1.0,
    of: DocumentMeta | None = None,
    headings: Sequence[str] = (),
    header: Sequence[str] = (),
) -> Passage:
    meta = of or document()
    chunk = Chunk(
        id=f"{meta.id}-{rank}",
        document_id=meta.id,
        seq=rank,
        headings=tuple(headings),
        spans=spans,
        header=tuple(header),
    )
    return Passage(rank=rank, score=score, chunk=chunk, document=meta)


def span(text: str, kind: SpanKind = "text", line: int = 1) -> Span:
    return Span(text=text, kind=kind, locator=Locator(kind="lines", line_start=line, line_end=line))


def row(*cells: str, line: int = 1) -> Span:
    locator = Locator(kind="lines", line_start=line, line_end=line)
    return Span(text=" | ".join(cells), kind="row", cells=cells, locator=locator)
