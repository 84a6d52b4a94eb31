"""Caselore's search as a LlamaIndex retriever, for anyone's LlamaIndex code. Nothing of Caselore imports it."""

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from ingest.index.llamaindex_nodes import to_node
from ingest.index.store import Filter, StoredChunk
from retrieval.search import Mode, Searcher


class CaseloreRetriever(BaseRetriever):
    """Retrieves the `k` best passages as nodes.

    A node has the chunk's id and text; its metadata holds the document's metadata and the place (`locator`, `label`).
    Raises what `Searcher.search` raises.
    """

    def __init__(
        self,
        searcher: Searcher,
        k: int = 10,
        mode: Mode = "hybrid",
        where: Filter = Filter(),
        callback_manager: CallbackManager | None = None,
    ) -> None:
        super().__init__(callback_manager=callback_manager)
        self._searcher = searcher
        self._k = k
        self._mode = mode
        self._where = where

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        result = self._searcher.search(query_bundle.query_str, self._k, self._mode, self._where)
        return [
            NodeWithScore(node=to_node(StoredChunk(passage.chunk, passage.document)), score=passage.score)
            for passage in result.passages
        ]
