"""A small library of passages, made by hand and indexed for real."""

from collections.abc import Collection
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta, Locator
from ingest.index.store import Point
from ingest.lexical import sparse_vectors
from ingest.library import Library

PASSAGES = {
    "sizing": ("禾川银行", "昇腾 910B3 共评估 74 张，按 32B 模型 200 路并发计算。"),
    "sync": ("云澜证券", "MySQL 采用半同步复制，ES 采用跨集群复制，RPO 不超过 30 秒。"),
    "drill": ("云澜证券", "春节高峰前完成灾备演练，切换步骤共十二步。"),
    "archive": ("禾川银行", "IM 冷热分离迁移 500 万条历史消息，逐日校验行数。"),
    "handover": ("云澜证券", "未完事项由李工接手，账号另行申请。"),
}


def fill(library: Library, shallow: Collection[str] = ()) -> None:
    """Index `PASSAGES`, each as a document of one chunk; its project is a bank's or a broker's.

    Those in `shallow` get no dense vector.
    """
    texts = [text for _, text in PASSAGES.values()]
    documents = {
        name: DocumentMeta(id=name, title=name, path=f"{name}.pdf", format="pdf", project=project)
        for name, (project, _) in PASSAGES.items()
    }
    for name, meta in documents.items():
        library.registry.begin(meta)
        library.registry.activate(
            meta, "by hand", 1, Path("/made", f"{name}.pdf"), Path("/made"), shallow=name in shallow
        )
    library.store.upsert(
        [
            Point(
                chunk=Chunk(
                    id=chunk_id(name),
                    document_id=name,
                    seq=0,
                    headings=("一、概述",),
                    spans=(Span(text=text, locator=Locator(kind="page", page=3, headings=("一、概述",))),),
                ),
                document=documents[name],
                dense=None if name in shallow else vector,
                sparse=sparse_vectors(text),
            )
            for (name, (_, text)), vector in zip(PASSAGES.items(), library.embedder.embed_passages(texts), strict=True)
        ]
    )


def chunk_id(name: str) -> str:
    """The id of a passage's chunk."""
    return str(uuid5(NAMESPACE_URL, name))
