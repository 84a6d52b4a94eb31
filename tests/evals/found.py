"""Passages and answers made by hand, for what judges them."""

from uuid import NAMESPACE_URL, uuid5

from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta, Locator
from retrieval.answer import Answer, Citation, Passage, Status

PLACE = Locator(kind="section", paragraph=1)


def document(path: str) -> DocumentMeta:
    return DocumentMeta(id=f"id of {path}", title=path, path=path, format="docx")


def passage(rank: int, path: str, text: str) -> Passage:
    chunk = Chunk(
        id=str(uuid5(NAMESPACE_URL, path + text)),
        document_id=f"id of {path}",
        seq=0,
        headings=(),
        spans=(Span(text=text, locator=PLACE),),
    )
    return Passage(rank=rank, score=1 / rank, chunk=chunk, document=document(path))


def answer(question: str, status: Status, text: str = "", quotes: tuple[tuple[str, str], ...] = ()) -> Answer:
    """`quotes` are pairs of a document's path and a quote."""
    return Answer(
        question=question,
        status=status,
        text=text,
        citations=tuple(
            Citation(n=n, quote=quote, document=document(path), locator=PLACE)
            for n, (path, quote) in enumerate(quotes, start=1)
        ),
    )
