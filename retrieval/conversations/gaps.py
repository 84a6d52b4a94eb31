"""Questions that the documents did not answer, alike ones together: what the owners of documents have to write."""

from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from ingest.document import DocumentMeta, Value
from retrieval.conversations.turn import Turn

ALIKE = 0.84
"""Cosine of two questions, on average of their groups, from which they are one gap. With the default model one in a
thousand pairs of different dev questions is above it, and two of three pairs of wordings of one question are."""

_NEAREST = 3

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to vectors of length 1, a row each."""


class Gap(Value):
    """One thing asked for and not found: `question` is the latest wording, `turns` all that asked for it, latest first.

    `refused` and `voted_down` count them; `missing` is what the latest answer said is missing; `nearest` are the
    documents that came nearest, the most frequent first.
    """

    question: str
    turns: tuple[Turn, ...]
    refused: int
    voted_down: int
    last_asked: datetime
    missing: str | None
    nearest: tuple[DocumentMeta, ...]


def gaps(turns: Sequence[Turn], embed: Embed) -> list[Gap]:
    """The unanswered `turns` as gaps, those asked for most often first, then the latest."""
    if not turns:
        return []
    questions = list(dict.fromkeys(one.answer.question for one in turns))
    group_of = dict(zip(questions, _groups(embed(questions)), strict=True))
    members: dict[int, list[Turn]] = {}
    for turn in sorted(turns, key=lambda one: one.asked_at, reverse=True):
        members.setdefault(group_of[turn.answer.question], []).append(turn)
    return sorted(map(_gap, members.values()), key=lambda one: (len(one.turns), one.last_asked), reverse=True)


def _groups(vectors: NDArray[np.float32]) -> list[int]:
    """The number of each vector's group, by average linkage."""
    if len(vectors) == 1:
        return [1]
    # A second that only those who look for gaps pay for.
    from scipy.cluster.hierarchy import fcluster, linkage

    found: list[int] = fcluster(linkage(vectors, "average", metric="cosine"), 1 - ALIKE, "distance").tolist()
    return found


def _gap(turns: Sequence[Turn]) -> Gap:
    latest = turns[0]
    named: dict[str, tuple[int, DocumentMeta]] = {}
    for turn in turns:
        for document in turn.nearest:
            named[document.id] = (named.get(document.id, (0, document))[0] + 1, document)
    by_frequency = sorted(named.values(), key=lambda pair: -pair[0])
    return Gap(
        question=latest.answer.question,
        turns=tuple(turns),
        refused=sum(one.answer.status == "refused" for one in turns),
        voted_down=sum(one.vote is not None and one.vote.value < 0 for one in turns),
        last_asked=latest.asked_at,
        missing=latest.answer.missing,
        nearest=tuple(document for _, document in by_frequency[:_NEAREST]),
    )
