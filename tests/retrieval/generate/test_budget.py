"""Passages and earlier questions are taken while there is room."""

from retrieval.generate.budget import BEFORE_TOKENS, last_that_fit, that_fit, tokens
from tests.retrieval.passages import passage, span

LONG = [passage(span("双活" * 200), rank=n) for n in range(1, 9)]


def test_tokens_are_rather_too_many() -> None:
    # What Qwen2.5's tokenizer makes of it.
    assert tokens("MySQL 采用半同步复制，ES 采用跨集群复制，RPO 不超过 30 秒。") >= 24


def test_the_first_passages_that_fit_are_kept() -> None:
    few, many = that_fit(LONG, "问？", 2500), that_fit(LONG, "问？", 8192)
    assert 1 <= len(few) < len(many) == 8
    assert few == LONG[: len(few)]


def test_one_passage_is_kept_however_small_the_context() -> None:
    assert that_fit(LONG, "问？", 1024) == LONG[:1]


def test_the_last_questions_are_kept_in_their_order() -> None:
    asked = [f"第{n}个问题" + "很长" * 30 for n in range(9)]
    kept = last_that_fit(asked)
    assert kept == asked[-len(kept) :]
    assert 1 <= len(kept) < 9
    assert sum(map(tokens, kept)) <= BEFORE_TOKENS
