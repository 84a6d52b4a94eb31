"""Bare BM25 (bm25s, its defaults) over Chinese words: what every other system has to beat."""

import logging
from collections.abc import Sequence

import bm25s

from evals.peers.peer import PeerPassage
from ingest.terms import cut_for_search, fold, tokens

# It tells its steps by itself, whatever the program's logging is.
logging.getLogger("bm25s").setLevel(logging.WARNING)


class BareBM25:
    """Lucene's BM25 over jieba's words and whole codes."""

    name = "bare BM25 (bm25s, jieba words)"

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._bm25 = bm25s.BM25()

    def index(self, passages: Sequence[PeerPassage]) -> None:
        """Take in all passages, once."""
        self._ids = [one.id for one in passages]
        self._bm25.index([_words(one.text) for one in passages], show_progress=False)

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the `k` best passages, best first."""
        found, scores = self._bm25.retrieve([_words(question)], k=min(k, len(self._ids)), show_progress=False)
        return [self._ids[at] for at, score in zip(found[0], scores[0], strict=True) if score > 0]


def _words(text: str) -> list[str]:
    return [
        word for token in tokens(fold(text)) for word in ([token.text] if token.is_code else cut_for_search(token.text))
    ]
