"""Plain LlamaIndex: a VectorStoreIndex over the passages, its defaults, the same model."""

from collections.abc import Sequence

from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import TextNode
from pydantic import PrivateAttr

from evals.peers.embedding import SharedEmbedding
from evals.peers.peer import PeerPassage


class _Embedding(BaseEmbedding):
    """The shared vectors behind LlamaIndex's interface."""

    _shared: SharedEmbedding = PrivateAttr()

    def __init__(self, shared: SharedEmbedding) -> None:
        super().__init__(model_name="shared")
        self._shared = shared

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._shared.query(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._shared.query(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._shared.passages([text])[0]


class PlainLlamaIndex:
    """`VectorStoreIndex(nodes).as_retriever()`."""

    name = "plain LlamaIndex (VectorStoreIndex)"

    def __init__(self, embedding: SharedEmbedding) -> None:
        self._embedding = _Embedding(embedding)
        self._shared = embedding
        self._index: VectorStoreIndex | None = None

    def index(self, passages: Sequence[PeerPassage]) -> None:
        """Take in all passages, once."""
        vectors = self._shared.passages([one.text for one in passages])
        nodes = [
            TextNode(id_=one.id, text=one.text, embedding=vector) for one, vector in zip(passages, vectors, strict=True)
        ]
        self._index = VectorStoreIndex(nodes, embed_model=self._embedding)

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the `k` best passages, best first."""
        assert self._index
        found = self._index.as_retriever(similarity_top_k=k).retrieve(question)
        return [one.node.node_id for one in found]
