"""Splits a document into chunks by its structure: never through a sentence, a table row, or a heading of its level.

LlamaIndex's node parsers were looked at and are not used: they cut one string per node, so a chunk made by them knows
where it begins but not where each of its sentences and rows stands, which is what a citation needs.
"""

import uuid
from collections.abc import Sequence

from ingest.chunk import Chunk
from ingest.document import Element
from ingest.pack import pack
from ingest.pieces import Piece
from ingest.sections import sections

_NAMESPACE = uuid.UUID("6b0f1f4e-8f5c-5d0a-9a43-2f6c3c0f8b1d")


def split(document_id: str, elements: Sequence[Element], target_chars: int) -> list[Chunk]:
    """The document's chunks in order, about `target_chars` characters each and hardly ever over 1.5 times as many.

    Every element's text is in a span of some chunk, or in the `headings` of one. The same input gives the same chunks,
    ids included. Where a list or table goes on from one chunk into the next, the line that introduces it is repeated.
    """
    chunks: list[Chunk] = []
    for section in sections(elements, target_chars):
        for packed in pack(section.pieces, target_chars):
            chunks.append(_chunk(document_id, len(chunks), section.headings, packed))
    return chunks


def _chunk(document_id: str, seq: int, headings: tuple[str, ...], packed: Sequence[Piece]) -> Chunk:
    spans = (*packed[0].context, *(piece.span for piece in packed))
    header = next((piece.header for piece in packed if piece.header), ())
    chunk = Chunk(id="", document_id=document_id, seq=seq, headings=headings, spans=spans, header=header)
    identity = "\n".join((document_id, str(seq), *headings, chunk.text))
    return chunk.model_copy(update={"id": str(uuid.uuid5(_NAMESPACE, identity))})
