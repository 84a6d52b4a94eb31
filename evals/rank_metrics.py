"""How well a ranking puts what is relevant first.

A ranking is judged by its `hits`: for each place, best first, whether what stands there is relevant.
"""

from collections.abc import Sequence
from math import log2

CUTS = (1, 5, 10)
DEPTH = 10


def rank_scores(hits: Sequence[bool], gold: int) -> dict[str, float]:
    """`recall@1`, `recall@5`, `recall@10`, `mrr@10` and `ndcg@10` of a ranking; `gold` items are relevant in all.

    Raises ValueError when nothing is relevant: such a question has no ranking to score.
    """
    if gold < 1:
        raise ValueError("a question without anything relevant has no rank scores")
    recalls = {f"recall@{k}": recall(hits, k) for k in CUTS}
    return {**recalls, f"mrr@{DEPTH}": reciprocal_rank(hits, DEPTH), f"ndcg@{DEPTH}": ndcg(hits, gold, DEPTH)}


def recall(hits: Sequence[bool], k: int) -> float:
    """1 when anything relevant is among the first `k`, else 0 (success at k: one good source answers a question)."""
    return float(any(hits[:k]))


def reciprocal_rank(hits: Sequence[bool], k: int) -> float:
    """1 / rank of the first hit; 0 when none is among the first `k`."""
    return next((1 / rank for rank, hit in enumerate(hits[:k], start=1) if hit), 0.0)


def ndcg(hits: Sequence[bool], gold: int, k: int) -> float:
    """Normalised discounted cumulative gain with binary gains, the ideal cut at `k` (Järvelin and Kekäläinen, 2002)."""
    gained = sum(1 / log2(rank + 1) for rank, hit in enumerate(hits[:k], start=1) if hit)
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(gold, k) + 1))
    return gained / ideal
