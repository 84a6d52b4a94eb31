"""Small points for the suite: four-number dense vectors, terms given by number."""

from collections.abc import Mapping, Sequence
from math import log
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta, Locator
from ingest.index.store import Point, SparseVector

DIMENSIONS = 4


def chunk_id(name: str) -> str:
    """The id of the chunk that `point(name, ...)` makes."""
    return str(uuid5(NAMESPACE_URL, name))


def sparse(terms: Mapping[int, float]) -> SparseVector:
    """A sparse vector from term numbers and weights."""
    ordered = sorted(terms)
    return SparseVector(np.array(ordered, dtype=np.uint32), np.array([terms[one] for one in ordered], dtype=np.float32))


def dense(*numbers: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A dense vector of unit length."""
    vector = np.array(numbers, dtype=np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def point(
    name: str,
    vector: Sequence[float] = (1, 0, 0, 0),
    words: Mapping[int, float] | None = None,
    bigrams: Mapping[int, float] | None = None,
    document: str = "doc",
    text: str = "正文",
    **meta: str,
) -> Point:
    """A chunk of one line called `name`, of the document called `document` with the metadata given."""
    place = Locator(kind="lines", line_start=1)
    chunk = Chunk(
        id=chunk_id(name), document_id=document, seq=0, headings=("一、概述",), spans=(Span(text=text, locator=place),)
    )
    about = {"title": f"{document}.md", "path": f"{document}.md", "format": "md", **meta}
    return Point(
        chunk,
        DocumentMeta(id=document, **about),
        dense(*vector),
        {"words": sparse(words or {}), "bigrams": sparse(bigrams or {})},
    )


def idf(points: int, holding: int) -> float:
    """Inverse document frequency as Qdrant's IDF modifier has it (Robertson and Zaragoza, 2009, with 1 added)."""
    return log((points - holding + 0.5) / (holding + 0.5) + 1)
