"""Sparse vectors: the half of BM25 that a passage knows by itself. The store's IDF modifier supplies the other half.

BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) scores a term by idf · tf·(k1+1) / (tf + K)
with K = k1·(1 - b + b·length/average length). A passage's weights hold the fraction, against a fixed average length so
that they never change when other passages come or go; Qdrant multiplies by the collection's own idf at query time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from zlib import crc32

import numpy as np

from ingest.index.store import SparseVector, VectorName
from ingest.terms import amounts, bigrams, code_parts, cut, cut_for_search, dates, fold, tokens

K1 = 1.2
B = 0.75
AVERAGE_LENGTH = 250.0
"""Terms in a passage of about 350 characters. Rankings on three public sets hardly change between 115 and 370."""

PART_WEIGHT = 0.5
"""A part of a code (`mysql` of `es/mysql`) counts half: it is weaker evidence than the code as written."""

ALSO_WEIGHT = 0.3
"""A synonym counts less than the word that was written."""

_ASKING = """
的 了 吗 呢 吧 啊 呀 嘛 么 是 请 请问 一下 谁 啥 哪 哪个 哪些 哪里 哪儿 什么 什么样 怎么 怎么样 怎样 怎么办 如何
为什么 为何 为啥 多少 几 几个 多大 多久 是否 是不是 有没有 能否 能不能
"""
QUESTION_WORDS = frozenset(_ASKING.split())
"""Words that ask and do not name. Left out of questions only: nDCG@10 of bigrams rises from .938 to .943, .985 to .991
and .537 to .543 on the public sets; a longer list, with common verbs and particles, gave less.
"""

_SPLITTERS: Mapping[VectorName, Callable[[str], list[str]]] = {"words": cut_for_search, "bigrams": bigrams}

Weighted = tuple[str, float]


def sparse_vectors(text: str) -> dict[VectorName, SparseVector]:
    """A passage's vectors: `words` (Chinese words and codes) and `bigrams` (pairs of Chinese characters and codes).

    Both hold BM25 weights without idf. A text without letters or digits gives empty vectors.
    """
    codes, runs = _take_apart(text)
    return {name: _vector(_saturate(_sum([*codes, *_split(runs, by)]))) for name, by in _SPLITTERS.items()}


def sparse_query(text: str, also: Sequence[str] = ()) -> dict[VectorName, SparseVector]:
    """A question's vectors: each term once, whole weight for what was written and `PART_WEIGHT` for parts of codes.

    `also` are other words for what the text says; each of their terms has `ALSO_WEIGHT`, unless the text has it, too.
    Question words are left out, unless the question has nothing else.
    """
    other_codes, other_runs = _take_apart(" ".join(also))
    codes, runs = _take_apart(text)
    naming = [piece for run in runs for piece in _without_question_words(run)]
    if not naming and not codes:
        naming = runs
    vectors = {}
    for name, by in _SPLITTERS.items():
        others = [(term, ALSO_WEIGHT * weight) for term, weight in (*other_codes, *_split(other_runs, by))]
        vectors[name] = _vector(_strongest([*codes, *_split(naming, by), *others]))
    return vectors


def _take_apart(text: str) -> tuple[list[Weighted], list[str]]:
    """The weighted codes of a text (with their parts, and amounts and dates in one spelling), and its Chinese runs."""
    folded = fold(text)
    codes, runs = [(term, 1.0) for term in (*amounts(folded), *dates(folded))], []
    for token in tokens(folded):
        if token.is_code:
            codes.append((token.text, 1.0))
            codes.extend((part, PART_WEIGHT) for part in code_parts(token.text))
        else:
            runs.append(token.text)
    return codes, runs


def _split(runs: Iterable[str], by: Callable[[str], list[str]]) -> list[Weighted]:
    return [(term, 1.0) for run in runs for term in by(run)]


def _without_question_words(run: str) -> list[str]:
    """What is left of a Chinese run when question words are cut out of it: the pieces between them."""
    pieces = [""]
    for word in cut(run):
        if word in QUESTION_WORDS:
            pieces.append("")
        else:
            pieces[-1] += word
    return [piece for piece in pieces if piece]


def _sum(terms: Iterable[Weighted]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for term, weight in terms:
        counts[term] = counts.get(term, 0.0) + weight
    return counts


def _strongest(terms: Iterable[Weighted]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for term, weight in terms:
        weights[term] = max(weights.get(term, 0.0), weight)
    return weights


def _saturate(counts: Mapping[str, float]) -> dict[str, float]:
    saturation = K1 * (1 - B + B * sum(counts.values()) / AVERAGE_LENGTH)
    return {term: count * (K1 + 1) / (count + saturation) for term, count in counts.items()}


def _vector(weights: Mapping[str, float]) -> SparseVector:
    """Terms as stable 32-bit ids. Two terms of the same id (one pair in some 80 000 terms) add up."""
    ids = np.fromiter((crc32(term.encode()) for term in weights), dtype=np.uint32, count=len(weights))
    indices, place = np.unique(ids, return_inverse=True)
    values = np.zeros(len(indices), dtype=np.float32)
    np.add.at(values, place, np.fromiter(weights.values(), dtype=np.float32, count=len(weights)))
    return SparseVector(indices, values)
