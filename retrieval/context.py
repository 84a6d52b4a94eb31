"""Small chunks to find, their section to read: what stands around a passage, read back from the store."""

from collections.abc import Sequence

from ingest.chunk import Chunk
from ingest.index.store import Filter, Store
from retrieval.answer import Passage

CONTEXT_CHARS = 1200
"""Characters of a section shown with a passage: about four chunks, a page of a design document."""


def with_context(store: Store, passages: Sequence[Passage], limit_chars: int = CONTEXT_CHARS) -> list[Passage]:
    """The passages with `context`: the chunks of their section that stand around them, in order, and they themselves.

    A passage's context has at most `limit_chars` characters (more only where its own chunk has), nearest chunks first;
    of a table whose caption stands in another chunk, the caption comes along before all others. What a better passage
    shows is not shown again. Reads the documents of the passages whole: call it while reading the library. Raises the
    store's `UnavailableError`s.
    """
    ids = tuple(dict.fromkeys(passage.document.id for passage in passages))
    documents: dict[str, dict[int, Chunk]] = {}
    for stored in store.scroll(Filter({"document_id": ids})) if ids else ():
        documents.setdefault(stored.document.id, {})[stored.chunk.seq] = stored.chunk
    shown = {passage.chunk.id for passage in passages}
    found = []
    for passage in passages:
        around = _around(passage.chunk, documents.get(passage.document.id, {}), limit_chars, shown)
        shown |= {one.id for one in around}
        found.append(passage.model_copy(update={"context": tuple(around)}))
    return found


def _around(own: Chunk, chunks: dict[int, Chunk], limit_chars: int, shown: set[str]) -> list[Chunk]:
    left = limit_chars - len(own.text)
    caption = _caption(own, chunks)
    taken = [own]
    if caption and len(caption.text) <= left:
        taken.append(caption)
        left -= len(caption.text)
    for one in _nearest_first(own, chunks):
        if one.id not in shown and (caption is None or one.id != caption.id):
            if len(one.text) > left:
                break
            taken.append(one)
            left -= len(one.text)
    return sorted(taken, key=lambda one: one.seq)


def _nearest_first(own: Chunk, chunks: dict[int, Chunk]) -> list[Chunk]:
    """The chunks of the same section, then those of its sister sections, each nearest first and the next before the
    last one. A section of the first level has no sisters: slides and chapters stand by themselves.
    """
    above = own.headings[:-1] or own.headings
    around = [*_run(own, chunks, 1, above), *_run(own, chunks, -1, above)]
    return sorted(around, key=lambda one: (one.headings != own.headings, abs(one.seq - own.seq)))


def _run(own: Chunk, chunks: dict[int, Chunk], step: int, above: tuple[str, ...]) -> list[Chunk]:
    """The chunks next to each other from `own` on that stand below the headings `above`."""
    run, at = [], own.seq + step
    while (one := chunks.get(at)) and one.headings[: len(above)] == above:
        run.append(one)
        at += step
    return run


def _caption(own: Chunk, chunks: dict[int, Chunk]) -> Chunk | None:
    """The caption of the table that the chunk goes on with: of the first chunk before it, under the same header."""
    if not own.header or any(span.kind == "caption" for span in own.spans):
        return None
    for one in _run(own, chunks, -1, own.headings):
        if one.header != own.header:
            return None
        captions = tuple(span for span in one.spans if span.kind == "caption")
        if captions:
            return one.model_copy(update={"spans": captions, "header": ()})
    return None
