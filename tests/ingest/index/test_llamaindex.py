"""The store in LlamaIndex's own hands: its index, its retriever, its filters."""

from collections.abc import Iterator

import numpy as np
import pytest
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.schema import MetadataMode, NodeRelationship, RelatedNodeInfo, TextNode
from llama_index.core.vector_stores.types import (
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryMode,
)

from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta, Locator
from ingest.embed_hashing import HashingEmbedder
from ingest.errors import UnknownFilter, UsageError
from ingest.index.llamaindex import CaseloreEmbedding, CaseloreVectorStore
from ingest.index.lock import Holder
from ingest.index.open import open_store
from ingest.index.store import Point, Store
from ingest.lexical import sparse_vectors
from ingest.settings import Settings
from retrieval.fuse import fuse
from tests.contract.points import chunk_id

EMBEDDER = HashingEmbedder()
TEXTS = {
    "sizing": ("禾川银行", "算力评估表", "昇腾910B3 评估 74 张卡，按并发 200 路推理计算。"),
    "dual": ("星衡银行", "架构设计说明书", "MySQL 双活采用双向复制，RPO 小于 5 秒，RTO 小于 5 分钟。"),
    "minutes": ("星衡银行", "会议纪要", "会议决定春节前完成灾备演练，座席系统先切换。"),
}


@pytest.fixture
def store(quick_settings: Settings) -> Iterator[Store]:
    """A store with one chunk of each of three documents."""
    store = open_store(quick_settings, EMBEDDER.dimensions, Holder("test"))
    store.upsert([_point(name, *about) for name, about in TEXTS.items()])
    yield store
    store.close()


@pytest.fixture
def index(store: Store) -> VectorStoreIndex:
    return VectorStoreIndex.from_vector_store(CaseloreVectorStore(store, fuse), CaseloreEmbedding(EMBEDDER))


def _point(name: str, customer: str, doc_type: str, text: str) -> Point:
    place = Locator(kind="page", page=3, bbox=(72, 100, 500, 120), headings=("二、数据同步",))
    chunk = Chunk(id=chunk_id(name), document_id=name, seq=0, headings=(), spans=(Span(text=text, locator=place),))
    meta = DocumentMeta(id=name, title=name, path=f"{name}.pdf", format="pdf", customer=customer, doc_type=doc_type)
    return Point(chunk, meta, EMBEDDER.embed_passages([text])[0], sparse_vectors(text))


def filters(
    *given: MetadataFilter | MetadataFilters, condition: FilterCondition = FilterCondition.AND
) -> MetadataFilters:
    return MetadataFilters(filters=list(given), condition=condition)


@pytest.mark.parametrize("mode", ["default", "sparse", "text_search", "hybrid", "semantic_hybrid"])
def test_a_llamaindex_retriever_finds_chunks_with_text_metadata_and_place(index: VectorStoreIndex, mode: str) -> None:
    retriever = index.as_retriever(similarity_top_k=2, vector_store_query_mode=mode)
    found = retriever.retrieve("910B3 评估多少张卡？")
    best = found[0]
    assert best.node.node_id == chunk_id("sizing")
    assert best.node.get_content(MetadataMode.NONE) == TEXTS["sizing"][2]
    assert best.node.ref_doc_id == "sizing"
    assert best.node.metadata["customer"] == "禾川银行"
    assert best.node.metadata["locator"] == {
        "kind": "page",
        "page": 3,
        "bbox": [72.0, 100.0, 500.0, 120.0],
        "headings": ["二、数据同步"],
    }
    assert best.node.metadata["label"] == "第3页 · 二、数据同步"
    assert "第3页" in best.node.get_content(MetadataMode.LLM)
    assert "bbox" not in best.node.get_content(MetadataMode.LLM)
    scores = [one.score for one in found if one.score is not None]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == len(found) <= 2


def test_alpha_weighs_meaning_against_wording(store: Store) -> None:
    vector_store = CaseloreVectorStore(store, fuse)
    query = VectorStoreQuery(
        query_embedding=EMBEDDER.embed_query(TEXTS["minutes"][2]).tolist(),
        query_str="MySQL 双向复制",
        similarity_top_k=1,
        mode=VectorStoreQueryMode.HYBRID,
    )
    query.alpha = 1.0
    assert vector_store.query(query).ids == [chunk_id("minutes")]
    query.alpha = 0.0
    assert vector_store.query(query).ids == [chunk_id("dual")]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (filters(MetadataFilter(key="customer", value="星衡银行")), {"dual", "minutes"}),
        (
            filters(
                MetadataFilter(key="customer", value="星衡银行"),
                filters(MetadataFilter(key="doc_type", value=["会议纪要", "周报"], operator=FilterOperator.IN)),
            ),
            {"minutes"},
        ),
        (filters(MetadataFilter(key="document_id", value="dual", operator=FilterOperator.NE)), {"sizing", "minutes"}),
        (
            filters(MetadataFilter(key="document_id", value=["dual", "sizing"], operator=FilterOperator.NIN)),
            {"minutes"},
        ),
        (filters(MetadataFilter(key="customer", value="甲"), MetadataFilter(key="customer", value="乙")), set()),
    ],
)
def test_metadata_filters_narrow_the_search(index: VectorStoreIndex, given: MetadataFilters, names: set[str]) -> None:
    for mode in ("default", "hybrid"):
        retriever = index.as_retriever(similarity_top_k=10, vector_store_query_mode=mode, filters=given)
        assert {one.node.ref_doc_id for one in retriever.retrieve("银行 双活 评估 会议")} == names
    assert {node.ref_doc_id for node in index.vector_store.get_nodes(filters=given)} == names
    everything = [chunk_id(name) for name in TEXTS]
    assert {node.ref_doc_id for node in index.vector_store.get_nodes(everything, given)} == names


def test_document_ids_narrow_the_search(index: VectorStoreIndex) -> None:
    retriever = index.as_retriever(similarity_top_k=10, doc_ids=["dual", "sizing"])
    assert {one.node.ref_doc_id for one in retriever.retrieve("会议")} == {"dual", "sizing"}


def test_what_the_store_cannot_do_is_refused(index: VectorStoreIndex) -> None:
    for error, options in (
        (UnknownFilter, {"filters": filters(MetadataFilter(key="colour", value="red"))}),
        (UsageError, {"filters": filters(MetadataFilter(key="date", value="2025", operator=FilterOperator.GT))}),
        (UsageError, {"filters": filters(MetadataFilter(key="customer", value="甲", operator=FilterOperator.NE))}),
        (UsageError, {"filters": _either("甲", "乙")}),
        (UsageError, {"vector_store_query_mode": "mmr"}),
    ):
        with pytest.raises(error) as raised:
            index.as_retriever(**options).retrieve("会议")
        assert raised.value.hint


def _either(*customers: str) -> MetadataFilters:
    return filters(*(MetadataFilter(key="customer", value=one) for one in customers), condition=FilterCondition.OR)


def test_a_query_that_cannot_be_answered_is_refused(store: Store) -> None:
    vector_store = CaseloreVectorStore(store, fuse)
    with pytest.raises(UsageError, match="embedding"):
        vector_store.query(VectorStoreQuery(query_str="会议"))
    with pytest.raises(UsageError, match="text"):
        vector_store.query(VectorStoreQuery(mode=VectorStoreQueryMode.SPARSE))
    with pytest.raises(UsageError, match="given nodes"):
        vector_store.query(VectorStoreQuery(query_str="会议", node_ids=[chunk_id("dual")]))


def test_documents_of_others_can_be_added_found_and_deleted(index: VectorStoreIndex, store: Store) -> None:
    theirs = Document(
        text="ES 跨集群复制延迟在一秒以内。",
        doc_id="their document",
        metadata={"file_path": "会议/ES 方案.md", "customer": "云岭电力", "page_label": "7", "colour": "red"},
    )
    index.insert(theirs)
    (best, *_) = index.as_retriever(similarity_top_k=2, vector_store_query_mode="hybrid").retrieve("ES 跨集群复制")
    assert best.node.ref_doc_id == "their document"
    assert best.node.get_content(MetadataMode.NONE) == theirs.text
    assert best.node.metadata["title"] == "ES 方案"
    assert best.node.metadata["format"] == "md"
    assert best.node.metadata["label"] == "第7页"
    assert "colour" not in best.node.metadata
    assert store.facet("customer")["云岭电力"] == 1
    index.delete_ref_doc("their document")
    assert store.count() == len(TEXTS)


def test_nodes_of_the_store_keep_their_place_when_added_to_another(store: Store, settings: Settings) -> None:
    other = open_store(settings, EMBEDDER.dimensions, Holder("test"))
    nodes = CaseloreVectorStore(store, fuse).get_nodes()
    for node in nodes:
        node.embedding = [2 * number for number in EMBEDDER.embed_query(node.get_content()).tolist()]
    ids = CaseloreVectorStore(other, fuse).add(nodes)
    before = {one.chunk.id: one for one in store.retrieve(ids)}
    for copied in other.retrieve(ids):
        assert copied.document == before[copied.chunk.id].document
        assert copied.chunk.spans == before[copied.chunk.id].chunk.spans
    assert len(before) == len(TEXTS)
    other.close()


def test_a_node_that_cannot_be_stored_is_named(store: Store) -> None:
    vector_store = CaseloreVectorStore(store, fuse)
    unit = np.eye(EMBEDDER.dimensions, dtype=np.float32)[0].tolist()
    with pytest.raises(UsageError, match="bare has no embedding"):
        vector_store.add([TextNode(id_="bare", text="正文")])
    with pytest.raises(UsageError, match="empty has no text"):
        vector_store.add([TextNode(id_="empty", text=" ", embedding=unit)])
    source = {NodeRelationship.SOURCE: RelatedNodeInfo(node_id="one")}
    nodes = [TextNode(id_=name, text=name, embedding=unit, relationships=source) for name in ("a", "b")]
    stored = store.retrieve(vector_store.add(nodes))
    assert [(one.chunk.seq, one.chunk.text, one.document.id) for one in stored] == [(0, "a", "one"), (1, "b", "one")]
