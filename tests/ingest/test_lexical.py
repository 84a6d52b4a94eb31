"""Sparse vectors: exact terms meet, weights are BM25's, questions lose their question words."""

from zlib import crc32

import numpy as np
import pytest

from ingest.index.store import SparseVector, VectorName
from ingest.lexical import AVERAGE_LENGTH, K1, PART_WEIGHT, B, sparse_query, sparse_vectors


def weights(vector: SparseVector) -> dict[int, float]:
    return dict(zip(vector.indices.tolist(), vector.values.tolist(), strict=True))


def weight(vector: SparseVector, term: str) -> float:
    return weights(vector).get(crc32(term.encode()), 0.0)


def overlap(question: str, passage: str, name: VectorName) -> float:
    asked, held = weights(sparse_query(question)[name]), weights(sparse_vectors(passage)[name])
    return sum(value * held.get(term, 0.0) for term, value in asked.items())


@pytest.mark.parametrize("name", ["words", "bigrams"])
@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("910B3 评了多少张？", "昇腾９１０ｂ３共74张"),
        ("MySQL 怎么同步", "ES/MySQL 双活"),
        ("32B 模型的并发", "部署 Qwen2.5-32B"),
        ("迁了500万条", "共 5,000,000 条消息"),
        ("迁了5000000条", "共500万条消息"),
        ("迁了五百万条", "共 5,000,000 行"),
        ("５００万", "五百万行"),
        ("七十四卡够吗", "采购 | 74"),
        ("２０２５年9月30日", "二〇二五年九月三十日投产"),
        ("1.2 版改了什么", "V1.2"),
        ("9月30日前要做什么", "上线 | 2025-09-30"),
        ("算力评估", "NPU算力评估74张"),
        ("rpo是多少", "RPO=0"),
    ],
)
def test_a_question_meets_a_passage_that_writes_it_otherwise(question: str, passage: str, name: VectorName) -> None:
    assert overlap(question, passage, name) > 0


@pytest.mark.parametrize("name", ["words", "bigrams"])
def test_near_codes_do_not_count_as_the_code_itself(name: VectorName) -> None:
    assert overlap("910B3", "910B3", name) > overlap("910B3", "910B4", name) > overlap("910B3", "310P", name) == 0


def test_passage_weights_are_bm25_without_idf() -> None:
    vector = sparse_vectors("rpo rpo rto")["words"]
    saturation = K1 * (1 - B + B * 3 / AVERAGE_LENGTH)
    assert weight(vector, "rpo") == pytest.approx(2 * (K1 + 1) / (2 + saturation))
    assert weight(vector, "rto") == pytest.approx(1 * (K1 + 1) / (1 + saturation))
    assert len(vector.indices) == 2


def test_a_term_weighs_less_in_a_longer_passage() -> None:
    assert weight(sparse_vectors("双活")["words"], "双活") > weight(
        sparse_vectors("双活" + "切换演练" * 100)["words"], "双活"
    )


def test_query_terms_count_once_and_parts_by_half() -> None:
    vector = sparse_query("MySQL mysql ES/MySQL ES/MySQL")["words"]
    assert weight(vector, "mysql") == 1.0
    assert weight(vector, "es/mysql") == 1.0
    assert weight(vector, "es") == PART_WEIGHT


def test_question_words_are_left_out_of_questions_only() -> None:
    asked, held = sparse_query("双活是怎么设计的？"), sparse_vectors("双活是怎么设计的？")
    assert weights(asked["words"]).keys() == {crc32(word.encode()) for word in ("双活", "设计")}
    assert weights(asked["bigrams"]).keys() == {crc32(pair.encode()) for pair in ("双活", "设计")}
    assert weight(held["words"], "怎么") > 0
    assert weight(held["bigrams"], "么设") > 0


def test_a_question_of_question_words_keeps_them() -> None:
    assert weight(sparse_query("为什么？")["words"], "为什么") == 1.0


@pytest.mark.parametrize("text", ["", "？！……", " \n\t", "😀"])
def test_a_text_without_letters_gives_empty_vectors(text: str) -> None:
    for vector in (*sparse_vectors(text).values(), *sparse_query(text).values()):
        assert vector.indices.shape == vector.values.shape == (0,)


def test_half_a_character_is_no_error() -> None:
    assert len(sparse_vectors("双活\ud83d架构")["bigrams"].indices) == 2
    assert len(sparse_query("双活\ud83d架构")["words"].indices) == 2


def test_vectors_are_what_the_store_takes() -> None:
    for vector in sparse_vectors("信创改造：十九年的引擎产线，2509 版资源清单 " * 20).values():
        assert vector.indices.dtype == np.uint32
        assert vector.values.dtype == np.float32
        assert (np.diff(vector.indices.astype(np.int64)) > 0).all()
        assert (vector.values > 0).all()


def test_term_ids_never_change() -> None:
    # They are written into every index: another hash would silently match nothing.
    assert sparse_query("910B")["words"].indices.tolist() == sorted([crc32(b"910b"), crc32(b"910")])
    assert crc32("双活".encode()) == 0x1207A8F8
