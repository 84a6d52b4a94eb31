"""The seam between Caselore and Qdrant. `edge.py` and `server.py` are its two sides; nothing else knows Qdrant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.chunk import Chunk
from ingest.document import DocumentMeta

VectorName = Literal["dense", "words", "bigrams"]
SPARSE_VECTORS: tuple[VectorName, ...] = ("words", "bigrams")

SPARSE_SCAN_BELOW = 500
"""Chunks left by a filter below which Qdrant reads their terms one by one. With its own 5 000, a filter that leaves
4 000 of 20 000 chunks costs 23 ms a list instead of 1.2 ms.
"""

CLEAR_FROM = 100
"""Chunks from which a fifth of them deleted is cleared out (Qdrant's own limit: 1 000). Until then they still count in
the frequencies behind IDF, which a small library feels.
"""

PAGE = 256
"""Chunks read at a time by `scroll`."""

ALL_VALUES = 1_000_000
"""More values than any key has; a facet asks for a limit."""

FILTER_KEYS = ("document_id", "path", "format", "project", "customer", "doc_type", "author", "date", "version")
"""Payload fields a search can be narrowed by; every one has a payload index."""


@dataclass(frozen=True)
class SparseVector:
    """A bag of weighted terms: strictly increasing term ids and their weights, of equal length."""

    indices: NDArray[np.uint32]
    values: NDArray[np.float32]


@dataclass(frozen=True)
class Point:
    """A chunk ready to be stored: its document's metadata, its dense vector (unit length) and its sparse vectors.

    A dense vector without numbers is not stored: such a chunk is found by its words only.
    """

    chunk: Chunk
    document: DocumentMeta
    dense: NDArray[np.float32]
    sparse: Mapping[VectorName, SparseVector]


@dataclass(frozen=True)
class Filter:
    """Which chunks count: for each key in `equals` one of its values; none of `exclude_documents`."""

    equals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude_documents: frozenset[str] = frozenset()


@dataclass(frozen=True)
class VectorQuery:
    """One ranked list asked of the store: the `limit` chunks nearest to `vector` among those `where` lets through."""

    using: VectorName
    vector: NDArray[np.float32] | SparseVector
    limit: int
    where: Filter = Filter()


@dataclass(frozen=True)
class Scored:
    """A chunk's id and its score (cosine for dense; BM25 for sparse), higher is better."""

    id: str
    score: float


@dataclass(frozen=True)
class StoredChunk:
    """A chunk as read back, with its document's metadata."""

    chunk: Chunk
    document: DocumentMeta


class Store(Protocol):
    """A collection of points. Every method raises `StoreUnavailable`, `IndexLocked` or `IndexDamaged`, never the
    backend's own exceptions. Reads may run in several threads beside one writer.
    """

    def upsert(self, points: Sequence[Point]) -> None:
        """Write the points; when it returns they survive a killed process. A point of the same id is replaced."""

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        """Remove every chunk of these documents. Unknown ids are no error."""

    def search(self, queries: Sequence[VectorQuery]) -> list[list[Scored]]:
        """One ranked list per query, best first, in one round trip. A sparse list has only chunks that share a term."""

    def retrieve(self, ids: Sequence[str]) -> list[StoredChunk]:
        """The chunks of these ids, in the order asked for; unknown ids are left out."""

    def scroll(self, where: Filter = Filter()) -> Iterator[StoredChunk]:
        """Every chunk that `where` lets through, in no particular order."""

    def count(self, where: Filter = Filter()) -> int:
        """How many chunks `where` lets through, exactly."""

    def facet(self, key: str, where: Filter = Filter()) -> dict[str, int]:
        """How many chunks each value of a filter key has."""

    def optimize(self) -> None:
        """Build the search graph for what was written; may take long, never needed for correctness."""

    def close(self) -> None:
        """Flush and let go. A second call does nothing."""
