"""Caselore's search as a LlamaIndex retriever, for anyone's LlamaIndex code. Nothing of Caselore imports it."""

from collections.abc import Mapping

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from ingest.index.llamaindex_nodes import to_node
from ingest.index.store import StoredChunk
from retrieval.asking import Asking
from retrieval.assistant import Assistant
from retrieval.search import Mode


class CaseloreRetriever(BaseRetriever):
    """Retrieves the `k` best passages as nodes.

    A node has the chunk's id and text; its metadata holds the document's metadata and the place (`locator`, `label`).
    Raises what `Assistant.search` raises.
    """

    def __init__(
        self,
        assistant: Assistant,
        k: int = 10,
        mode: Mode = "hybrid",
        filters: Mapping[str, tuple[str, ...]] = {},
        callback_manager: CallbackManager | None = None,
    ) -> None:
        super().__init__(callback_manager=callback_manager)
        self._assistant = assistant
        self._k = k
        self._mode = mode
        self._filters = dict(filters)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        result = self._assistant.search(Asking(query_bundle.query_str, self._filters), self._k, self._mode)
        return [
            NodeWithScore(node=to_node(StoredChunk(passage.chunk, passage.document)), score=passage.score)
            for passage in result.passages
        ]
