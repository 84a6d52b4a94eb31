"""Haystack: BM25 with its defaults (Chinese by single characters), and hybrid with the same model, joined by RRF."""

import os
from collections.abc import Sequence

from evals.peers.embedding import SharedEmbedding
from evals.peers.peer import PeerPassage

os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore


class HaystackBM25:
    """`InMemoryBM25Retriever`."""

    name = "Haystack BM25"

    def __init__(self) -> None:
        self._store = InMemoryDocumentStore()

    def index(self, passages: Sequence[PeerPassage]) -> None:
        """Take in all passages, once."""
        self._store.write_documents([Document(id=one.id, content=one.text) for one in passages])

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the `k` best passages, best first."""
        return [one.id for one in InMemoryBM25Retriever(self._store, top_k=k).run(question)["documents"]]


class HaystackHybrid:
    """`InMemoryBM25Retriever` and `InMemoryEmbeddingRetriever` into a `DocumentJoiner` by reciprocal rank fusion."""

    name = "Haystack hybrid (BM25 + same model, RRF)"

    def __init__(self, embedding: SharedEmbedding) -> None:
        self._embedding = embedding
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")

    def index(self, passages: Sequence[PeerPassage]) -> None:
        """Take in all passages, once."""
        vectors = self._embedding.passages([one.text for one in passages])
        self._store.write_documents(
            [
                Document(id=one.id, content=one.text, embedding=vector)
                for one, vector in zip(passages, vectors, strict=True)
            ]
        )

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the `k` best passages, best first."""
        words = InMemoryBM25Retriever(self._store, top_k=k).run(question)["documents"]
        vector = self._embedding.query(question)
        dense = InMemoryEmbeddingRetriever(self._store, top_k=k).run(query_embedding=vector)["documents"]
        joined = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=k).run(documents=[words, dense])
        return [one.id for one in joined["documents"]]
