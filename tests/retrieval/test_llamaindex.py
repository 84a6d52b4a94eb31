"""The LlamaIndex retriever gives what search gives, as nodes."""

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import MetadataMode

from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.asking import Asking
from retrieval.assistant import Assistant
from retrieval.llamaindex import CaseloreRetriever
from tests.retrieval.library import PASSAGES, chunk_id, fill


def test_nodes_carry_text_score_and_place(settings: Settings) -> None:
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)
        assistant, only = Assistant(library), {"project": ("云澜证券",)}
        retriever: BaseRetriever = CaseloreRetriever(assistant, k=2, filters=only)
        nodes = retriever.retrieve("MySQL 怎么同步？")
        passages = assistant.search(Asking("MySQL 怎么同步？", only), 2).passages
    assert [(node.node_id, node.score) for node in nodes] == [(one.chunk.id, one.score) for one in passages]
    best = nodes[0]
    assert best.node_id == chunk_id("sync")
    assert best.text == PASSAGES["sync"][1]
    assert best.metadata["path"] == "sync.pdf"
    assert best.metadata["label"] == "第3页 · 一、概述"
    assert best.metadata["locator"]["page"] == 3
    assert best.node.get_content(MetadataMode.LLM) == f"title: sync\nlabel: 第3页 · 一、概述\n\n{PASSAGES['sync'][1]}"
