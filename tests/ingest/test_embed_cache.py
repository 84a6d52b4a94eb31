"""The cache of embeddings: what is asked of the model, what is kept, and that it never stops anything."""

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.embed_cache import KEPT, CachedEmbedder, EmbeddingCache
from ingest.embed_hashing import HashingEmbedder


class Counting(HashingEmbedder):
    def __init__(self, fingerprint: str = "one") -> None:
        self.fingerprint = fingerprint
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return super().embed_passages(texts)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "embeddings.sqlite3"


def test_only_new_texts_are_embedded_and_rows_keep_their_order(file: Path) -> None:
    model = Counting()
    cached = CachedEmbedder(model, EmbeddingCache(file, 1))
    cached.embed_passages(["双活", "容灾"])
    rows = cached.embed_passages(["灾备", "容灾", "灾备", "双活"])
    assert model.asked == ["双活", "容灾", "灾备"]
    np.testing.assert_array_equal(rows, HashingEmbedder().embed_passages(["灾备", "容灾", "灾备", "双活"]))
    assert rows.dtype == np.float32


def test_it_outlives_the_process(file: Path) -> None:
    CachedEmbedder(Counting(), EmbeddingCache(file, 1)).embed_passages(["双活"])
    model = Counting()
    CachedEmbedder(model, EmbeddingCache(file, 1)).embed_passages(["双活"])
    assert model.asked == []


def test_another_model_has_its_own_vectors(file: Path) -> None:
    CachedEmbedder(Counting("one"), EmbeddingCache(file, 1)).embed_passages(["双活"])
    model = Counting("two")
    CachedEmbedder(model, EmbeddingCache(file, 1)).embed_passages(["双活"])
    assert model.asked == ["双活"]


def test_questions_are_not_kept(file: Path) -> None:
    cached = CachedEmbedder(Counting(), EmbeddingCache(file, 1))
    np.testing.assert_array_equal(cached.embed_query("双活"), HashingEmbedder().embed_query("双活"))
    assert not file.exists()


def test_the_longest_unused_go_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0
    monkeypatch.setattr("ingest.embed_cache.time.time", lambda: now)
    cache = EmbeddingCache(file, 1)
    fits = 2**20 // (512 * 4 + 16)
    vectors = {f"{n:016}".encode(): np.full(512, n, np.float32) for n in range(fits + 1)}
    keys = list(vectors)
    cache.keep(dict(list(vectors.items())[:fits]))
    now = 1
    assert len(cache.find(keys)) == fits
    now = 2
    assert len(cache.find(keys[:10])) == 10  # used again, so younger than the rest
    cache.keep({keys[fits]: vectors[keys[fits]]})
    left = cache.find(keys)
    assert len(left) == int(KEPT * 2**20 / (512 * 4 + 16))
    assert {*keys[:10], keys[fits]} <= set(left)
    np.testing.assert_array_equal(left[keys[3]], vectors[keys[3]])


@pytest.mark.parametrize("trouble", ["damaged", "folder"])
def test_a_cache_that_cannot_be_used_stops_nothing(file: Path, caplog: pytest.LogCaptureFixture, trouble: str) -> None:
    if trouble == "damaged":
        file.write_bytes(b"no database" * 1000)
    else:
        file.mkdir()
    with caplog.at_level(logging.WARNING):
        rows = CachedEmbedder(Counting(), EmbeddingCache(file, 1)).embed_passages(["双活"])
    np.testing.assert_array_equal(rows, HashingEmbedder().embed_passages(["双活"]))
    assert "cannot be used" in caplog.text


def test_half_a_character_and_no_text_are_texts_like_others(file: Path) -> None:
    model = Counting()
    cached = CachedEmbedder(model, EmbeddingCache(file, 1))
    assert cached.embed_passages(["\ud83d", ""]).shape == (2, 512)
    assert cached.embed_passages([]).shape == (0, 512)
    cached.embed_passages(["\ud83d", ""])
    assert model.asked == ["\ud83d", ""]
