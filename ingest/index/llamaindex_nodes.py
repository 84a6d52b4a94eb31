"""Chunks as LlamaIndex nodes, and LlamaIndex nodes as chunks. Imported only by those who use LlamaIndex."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import numpy as np
from llama_index.core.schema import BaseNode, MetadataMode, NodeRelationship, RelatedNodeInfo, TextNode
from pydantic import ValidationError

from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta, Locator
from ingest.errors import UsageError
from ingest.index.store import Point, StoredChunk
from ingest.lexical import sparse_vectors


def to_node(stored: StoredChunk) -> TextNode:
    """A node with the chunk's id and text. Its metadata holds the document's fields (its id as `document_id`) and the
    place, as `locator` and, for readers, as `label`; its source is the document.
    """
    document = stored.document.model_dump(exclude_none=True)
    locator = stored.chunk.locator
    metadata = {
        "document_id": document.pop("id"),
        **document,
        "locator": locator.model_dump(mode="json", exclude_computed_fields=True),
        "label": locator.label,
    }
    # A language model is shown the title and the place; the rest is for programs.
    hidden = [key for key in metadata if key not in ("title", "label")]
    return TextNode(
        id_=stored.chunk.id,
        text=stored.chunk.text,
        metadata=metadata,
        excluded_llm_metadata_keys=hidden,
        excluded_embed_metadata_keys=hidden,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=stored.document.id)},
    )


def to_point(node: BaseNode, seq: int) -> Point:
    """A point with the node's text as its only span, number `seq` of its document.

    An id that is no UUID becomes one. Kept of the metadata: what documents have here, and `locator` if it is one of
    ours, else `page_label` where it is a number. Lost: other metadata, and relations to other nodes than the source.
    Raises `UsageError` for a node without an embedding or without text.
    """
    text = node.get_content(MetadataMode.NONE).strip()
    if not text:
        raise UsageError(f"Node {node.node_id} has no text.", "Only nodes with text can be stored.")
    if node.embedding is None:
        raise UsageError(f"Node {node.node_id} has no embedding.", "Add nodes through a VectorStoreIndex.")
    document = _document(node.ref_doc_id or node.node_id, node.metadata)
    locator = _locator(node.metadata)
    chunk = Chunk(
        id=_uuid(node.node_id),
        document_id=document.id,
        seq=seq,
        headings=locator.headings,
        spans=(Span(text=text, locator=locator),),
    )
    vector = np.asarray(node.embedding, dtype=np.float32)
    length = float(np.linalg.norm(vector))
    if length:
        vector /= length
    return Point(chunk, document, vector, sparse_vectors(chunk.embedding_text(document.title)))


def _document(document_id: str, metadata: Mapping[str, Any]) -> DocumentMeta:
    path = str(metadata.get("path") or metadata.get("file_path") or metadata.get("file_name") or document_id)
    known = {
        key: str(metadata[key])
        for key in ("title", "format", "project", "customer", "doc_type", "author", "date", "version")
        if metadata.get(key) is not None
    }
    derived = {"title": PurePath(path).stem, "format": PurePath(path).suffix.lstrip(".").lower() or "txt"}
    return DocumentMeta(id=document_id, path=path, **{**derived, **known})


def _locator(metadata: Mapping[str, Any]) -> Locator:
    try:
        return Locator.model_validate(metadata["locator"])
    except (KeyError, ValidationError):
        page = str(metadata.get("page_label", ""))
        return Locator(kind="page", page=int(page)) if page.isdecimal() else Locator(kind="section")


def _uuid(node_id: str) -> str:
    try:
        return str(UUID(node_id))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, node_id))
