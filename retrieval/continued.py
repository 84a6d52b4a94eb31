"""Tables and lists that were cut into several chunks, put together again for who asks for all of them."""

from collections.abc import Iterator, Sequence

from ingest.chunk import Chunk
from ingest.index.store import Filter, Store
from retrieval.answer import Passage

LOOKED_AT = 6
"""Passages, the best ones, whose tables and lists are completed."""

MOST_CHUNKS = 400
"""A document with more chunks is left as it was found: to read it whole would take longer than all the rest."""


def with_rest(store: Store, passages: Sequence[Passage]) -> list[Passage]:
    """The passages, and behind them what the tables and lists of the best go on with in chunks that were not found.

    Call it while reading the library. Raises the store's `UnavailableError`s.
    """
    cut = [one for one in passages[:LOOKED_AT] if one.chunk.header or one.chunk.spans[-1].kind == "list_item"]
    documents: dict[str, dict[int, Chunk]] = {}
    for key in dict.fromkeys(one.document.id for one in cut):
        where = Filter({"document_id": (key,)})
        if store.count(where) <= MOST_CHUNKS:
            documents[key] = {stored.chunk.seq: stored.chunk for stored in store.scroll(where)}
    known = {one.chunk.id for one in passages}
    found = list(passages)
    for passage in cut:
        for chunk in _rest(passage.chunk, documents.get(passage.document.id, {})):
            if chunk.id not in known:
                known.add(chunk.id)
                found.append(passage.model_copy(update={"chunk": chunk, "rank": len(found) + 1, "folded": ()}))
    return found


def goes_on(one: Chunk, following: Chunk) -> bool:
    """Whether the table or list that one chunk ends with goes on in `following`, which stands right behind it."""
    if one.seq + 1 != following.seq or one.headings != following.headings or one.document_id != following.document_id:
        return False
    if one.header or following.header:
        return one.header == following.header and not any(span.kind == "caption" for span in following.spans)
    return one.spans[-1].kind == following.spans[0].kind == "list_item"


def _rest(own: Chunk, chunks: dict[int, Chunk]) -> Iterator[Chunk]:
    before = after = own
    while (one := chunks.get(after.seq + 1)) and goes_on(after, one):
        yield one
        after = one
    while (one := chunks.get(before.seq - 1)) and goes_on(one, before):
        yield one
        before = one
