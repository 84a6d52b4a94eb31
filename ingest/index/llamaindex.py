"""The store as a LlamaIndex vector store, for anyone's LlamaIndex code. Nothing of Caselore imports it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import BaseNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryMode,
    VectorStoreQueryResult,
)

from ingest.embed import Embedder
from ingest.errors import UsageError
from ingest.index.llamaindex_filters import to_filter
from ingest.index.llamaindex_nodes import to_node, to_point
from ingest.index.store import Filter, Scored, Store, StoredChunk, VectorName, VectorQuery
from ingest.lexical import sparse_query

Fuse = Callable[[Mapping[VectorName, Sequence[Scored]], Mapping[VectorName, float]], list[Scored]]

DEPTH = 100
"""Chunks asked of each list that is fused with others."""

_DENSE = {VectorStoreQueryMode.DEFAULT}
_SPARSE = {VectorStoreQueryMode.SPARSE, VectorStoreQueryMode.TEXT_SEARCH}
_HYBRID = {VectorStoreQueryMode.HYBRID, VectorStoreQueryMode.SEMANTIC_HYBRID}


class CaseloreVectorStore(BasePydanticVectorStore):
    """A `Store` for `VectorStoreIndex.from_vector_store` and all that takes a vector store.

    `fuse` joins the lists of the modes `sparse`, `text_search`, `hybrid` and `semantic_hybrid`: give it
    `retrieval.fuse.fuse` and `hybrid` ranks as Caselore does. `alpha` is the weight of the dense list there (.5 unless
    given). Queries need the model the index was built with: see `CaseloreEmbedding`.

    Nodes can be added, but to an index of their own: `caselore ingest` deletes from its index what it did not write.
    """

    stores_text: bool = True
    _store: Store = PrivateAttr()
    _fuse: Fuse = PrivateAttr()

    def __init__(self, store: Store, fuse: Fuse) -> None:
        super().__init__(stores_text=True)
        self._store = store
        self._fuse = fuse

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex knows the class."""
        return "CaseloreVectorStore"

    @property
    def client(self) -> Store:
        """The store itself."""
        return self._store

    def query(self, query: VectorStoreQuery, **_: Any) -> VectorStoreQueryResult:
        """The best chunks as nodes, best first.

        Raises `UsageError` for a mode or filter that the store has not, or a query without what its mode needs.
        """
        if query.node_ids:  # an index that keeps its text in the store asks with an empty list
            raise UsageError("The store cannot search among given nodes.", "Use get_nodes, or filters.")
        where = to_filter(query.filters, query.doc_ids)
        ranked = self._ranked(query, where)
        stored = {one.chunk.id: one for one in self._store.retrieve([one.id for one in ranked])}
        found = [one for one in ranked if one.id in stored]
        return VectorStoreQueryResult(
            nodes=[to_node(stored[one.id]) for one in found],
            similarities=[one.score for one in found],
            ids=[one.id for one in found],
        )

    def add(self, nodes: Sequence[BaseNode], **_: Any) -> list[str]:
        """Store nodes that have embeddings; gives the ids they are stored under. See `to_point` for what is kept."""
        seen: Counter[str] = Counter()
        points = []
        for node in nodes:
            source = node.ref_doc_id or node.node_id
            points.append(to_point(node, seen[source]))
            seen[source] += 1
        self._store.upsert(points)
        return [point.chunk.id for point in points]

    def delete(self, ref_doc_id: str, **_: Any) -> None:
        """Remove every chunk of a document."""
        self._store.delete_documents([ref_doc_id])

    def get_nodes(self, node_ids: list[str] | None = None, filters: MetadataFilters | None = None) -> list[BaseNode]:
        """The nodes of these ids, or all that the filters let through."""
        where = to_filter(filters)
        if node_ids is None:
            return [to_node(one) for one in self._store.scroll(where)]
        wanted = self._store.retrieve(node_ids)
        return [to_node(one) for one in wanted if _passes(one, where)]

    def _ranked(self, query: VectorStoreQuery, where: Filter) -> list[Scored]:
        if query.mode in _DENSE:
            return self._store.search([_dense(query, where, query.similarity_top_k)])[0]
        if query.mode in _SPARSE:
            weights: dict[VectorName, float] = {"words": 0.5, "bigrams": 0.5}
            top_k = query.sparse_top_k or query.similarity_top_k
            queries = _sparse(query, where, max(DEPTH, top_k))
        elif query.mode in _HYBRID:
            alpha = 0.5 if query.alpha is None else query.alpha
            weights = {"dense": alpha, "words": (1 - alpha) / 2, "bigrams": (1 - alpha) / 2}
            top_k = query.hybrid_top_k or query.similarity_top_k
            depth = max(DEPTH, top_k)
            queries = [_dense(query, where, depth), *_sparse(query, where, depth)]
        else:
            raise UsageError(f"The store has no mode `{query.mode.value}`.", "Use default, sparse or hybrid.")
        lists = self._store.search(queries)
        return self._fuse({one.using: ranked for one, ranked in zip(queries, lists, strict=True)}, weights)[:top_k]


class CaseloreEmbedding(BaseEmbedding):
    """Caselore's embedder as a LlamaIndex embedding, so that questions meet vectors of the same model."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._embedder.embed_query(query).tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors


def _dense(query: VectorStoreQuery, where: Filter, limit: int) -> VectorQuery:
    if query.query_embedding is None:
        raise UsageError(f"The mode `{query.mode.value}` needs a query embedding.", "Give the index an embed_model.")
    vector = np.asarray(query.query_embedding, dtype=np.float32)
    return VectorQuery("dense", vector, limit, where)


def _sparse(query: VectorStoreQuery, where: Filter, limit: int) -> list[VectorQuery]:
    if not query.query_str:
        raise UsageError(f"The mode `{query.mode.value}` needs the question's text.", "Give a query_str.")
    return [VectorQuery(name, vector, limit, where) for name, vector in sparse_query(query.query_str).items()]


def _passes(stored: StoredChunk, where: Filter) -> bool:
    fields = {**stored.document.model_dump(), "document_id": stored.document.id}
    if stored.document.id in where.exclude_documents:
        return False
    return all(fields[key] in values for key, values in where.equals.items())
