"""The peer: a LlamaIndex pipeline as its documentation shows it, with the same model.

SimpleDirectoryReader, SentenceSplitter with its defaults, HuggingFaceEmbedding, and qdrant-client's local mode. Run as
a process; prints one JSON document.
"""

import json
import sys
import time
from pathlib import Path

from llama_index.core import SimpleDirectoryReader
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import BaseNode
from llama_index.core.vector_stores.types import VectorStoreQuery
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.qdrant import QdrantVectorStore
from qdrant_client import QdrantClient

from evals.bench.measure import Laps, load_questions, peak_memory_mb


def main(documents: Path, questions: Path, work: Path, model: Path) -> None:
    """Ingest `documents` and ask `questions`, with the model in the folder `model`; `work` takes what is written."""
    laps = Laps()
    embedding = HuggingFaceEmbedding(model_name=str(model), device="cpu")
    laps.lap("load")
    read = SimpleDirectoryReader(str(documents), recursive=True).load_data()
    laps.lap("parse")
    nodes: list[BaseNode] = SentenceSplitter().get_nodes_from_documents(read)
    laps.lap("split")
    texts = [node.get_content(metadata_mode="embed") for node in nodes]  # type: ignore[arg-type]
    for node, vector in zip(nodes, embedding.get_text_embedding_batch(texts), strict=True):
        node.embedding = vector
    laps.lap("embed")
    store = QdrantVectorStore(collection_name="bench", client=QdrantClient(path=str(work / "qdrant")))
    store.add(nodes)
    laps.lap("write")
    queries = []
    for question in load_questions(questions):
        started = time.perf_counter()
        vector = embedding.get_query_embedding(question)
        embedded = time.perf_counter()
        store.query(VectorStoreQuery(query_embedding=vector, similarity_top_k=10))
        done = time.perf_counter()
        queries.append({"embed": (embedded - started) * 1000, "search": (done - embedded) * 1000})
    result = {
        "documents": len({str(one.metadata.get("file_path")) for one in read}),
        "chunks": len(nodes),
        "characters": sum(len(node.get_content()) for node in nodes),
        "stages": laps.seconds,
        "queries": queries,
        "peak_mb": peak_memory_mb(),
    }
    print(json.dumps(result))  # noqa: T201 (the parent process reads it)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
