import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.embed_hashing import HashingEmbedder

ROOT = Path(__file__).resolve().parents[2]

PASSAGES = [
    "客服平台采用双活架构，北京与厦门两个数据中心同时对外提供服务。",
    "算力评估：按 200 路并发测算，需 Ascend 910B3 共 74 张。",
    "MySQL 通过半同步复制写入同城备库，RPO 不超过 5 秒。",
    "IM 消息冷热分离共迁移 512 万行历史数据，逐批校验行数。",
    "本项目交接给运维二部，未完事项包括慢 SQL 治理。",
    "知识工程 POC 的工作量评估为 46 人天。",
]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("客服平台的双活是怎么设计的？", 0),
        ("910B3 评了多少张卡？", 1),
        ("ｍｙｓｑｌ 的 rpo 是多少", 2),
        ("冷热分离迁了多少数据，怎么校验的", 3),
        ("交接给谁了，还有哪些未完事项", 4),
        ("POC 要多少人天", 5),
    ],
)
def test_it_ranks_what_shares_words_first(question: str, best: int) -> None:
    embedder = HashingEmbedder()
    scores = embedder.embed_passages(PASSAGES) @ embedder.embed_query(question)
    assert int(np.argmax(scores)) == best
    assert np.sort(scores)[-1] > 1.5 * np.sort(scores)[-2]


def test_vectors_are_the_same_in_every_process() -> None:
    code = (
        "import sys; from ingest.embed_hashing import HashingEmbedder\n"
        "sys.stdout.write(HashingEmbedder().embed_query(sys.argv[1]).tobytes().hex())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code, PASSAGES[1]],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {HashingEmbedder().embed_query(PASSAGES[1]).tobytes().hex()}


@pytest.mark.parametrize("text", ["", " \n", "，。！", "\ud800", "双", "a"])
def test_odd_texts_have_unit_vectors(text: str) -> None:
    vector = HashingEmbedder().embed_query(text)
    assert vector.dtype == np.float32
    assert vector.shape == (HashingEmbedder.dimensions,)
    assert np.linalg.norm(vector) == pytest.approx(1)


def test_no_texts_give_no_rows() -> None:
    assert HashingEmbedder().embed_passages([]).shape == (0, HashingEmbedder.dimensions)


def test_repeating_a_word_counts_less_each_time() -> None:
    embedder = HashingEmbedder()
    once, often = embedder.embed_passages(["同步 mysql", "同步 " * 50 + "mysql"])
    question = embedder.embed_query("mysql")
    assert 0.2 * (once @ question) < often @ question < once @ question


def test_the_fingerprint_stands_for_these_vectors() -> None:
    # Indexes keep vectors and fingerprint. Whoever changes what is hashed (here or in terms.py) must change `_RECIPE`
    # as well, or a question will be held against vectors it cannot be compared with.
    embedder = HashingEmbedder()
    vector = embedder.embed_query("MySQL 同步：910B3 共 5,000 张，评估 V1.2 双活双活")
    digest = hashlib.sha256(np.round(vector, 3).astype(np.float32).tobytes()).hexdigest()[:12]
    assert (embedder.fingerprint, digest) == ("1fea1921e7dd", "6384515e8980")
