"""The peers' vectors are Caselore's own, made once however many peers ask."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.peers.embedding import SharedEmbedding, unquantised
from ingest.embedders import load_embedder
from ingest.settings import Settings


class Counting:
    """Knows what it was asked."""

    name, fingerprint, dimensions = "counting", "f", 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text), 0.5] for text in texts], np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.embed_passages([text])[0]
        return vector

    def close(self) -> None: ...


def test_passages_are_embedded_once_and_questions_each_time() -> None:
    embedder = Counting()
    shared = SharedEmbedding(embedder)
    assert shared.passages(["a", "bb", "a"]) == [[1.0, 0.5], [2.0, 0.5], [1.0, 0.5]]
    assert shared.passages(["bb", "ccc"]) == [[2.0, 0.5], [3.0, 0.5]]
    assert shared.query("a") == [1.0, 0.5]
    assert embedder.asked == ["a", "bb", "ccc", "a"]


def test_unquantised_is_the_same_model_in_other_numbers(real_model: Settings) -> None:
    pytest.importorskip("sentence_transformers")
    text = "昇腾 910B3 共评估 74 张"
    ours, theirs = load_embedder(real_model).embed_query(text), unquantised(real_model).embed_query(text)
    assert 0.98 < float(ours @ theirs) < 1.0 - 1e-6
