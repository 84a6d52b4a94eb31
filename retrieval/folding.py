"""Older versions and repeated texts folded behind the passage that stands for them: shown with it, never lost."""

import re
from collections.abc import Sequence

import numpy as np

from ingest.chunk import Chunk
from ingest.document import DocumentMeta
from retrieval.answer import Folded, Passage, WhyFolded
from retrieval.versions import asks_for_older, newer_of, versions_named

SAME_TEXT = 0.9
"""Of a text's trigrams, the share that another text has when it says the same: what the formats of one paragraph (docx,
pptx, pdf) leave alike. A table with other numbers in it is another text, whatever this says.
"""

SAME_PLACE = 0.3
"""The share from which a passage of the newest version is the counterpart of an older one's, best first."""

FEWEST = 12
"""Sampled trigrams (about 50 characters) below which a text is too short to be called the same as another."""

_SAMPLED = 4
"""One trigram in four is looked at, chosen by its middle character: fewer to compare, the same shares."""

_CODE_POINT_BITS = 21

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def folded(question: str, passages: Sequence[Passage], most: int) -> list[Passage]:
    """The `most` best passages, each with those folded behind it; `passages` are best first.

    A passage of a version that has a newer one among them is folded behind its counterpart there, which takes the
    better of the two places. So is a text that a better passage of the same project says, too. Of a question for what
    was before, or has changed, nothing is folded.
    """
    if asks_for_older(question):
        return list(passages[:most])
    compared = _Compared()
    older = _newest_for(question, passages, compared)
    behind: dict[str, list[Folded]] = {}
    places: dict[str, Passage] = {}
    for passage in passages:
        newest = older.get(passage.chunk.id)
        if newest:
            behind.setdefault(newest.chunk.id, []).append(_fold(passage, "older version"))
        stands = newest or passage
        places.setdefault(stands.chunk.id, stands)
    kept: list[Passage] = []
    for passage in places.values():
        same = next((one for one in kept if _says(one, passage, compared)), None)
        if same:
            behind.setdefault(same.chunk.id, []).append(_fold(passage, "same text"))
            behind[same.chunk.id] += behind.pop(passage.chunk.id, [])
        elif len(kept) == most:
            break
        else:
            kept.append(passage)
    return [one.model_copy(update={"folded": tuple(behind.get(one.chunk.id, ()))}) for one in kept]


def unfolded(passages: Sequence[Passage]) -> list[Passage]:
    """The passages, and behind them those folded behind them, with the ranks and scores of who stands for them."""
    return [
        *passages,
        *(
            Passage(rank=passage.rank, score=passage.score, chunk=one.chunk, document=one.document)
            for passage in passages
            for one in passage.folded
        ),
    ]


class _Compared:
    """What is compared of texts, taken of each the first time it is asked for: most passages have no counterpart."""

    def __init__(self) -> None:
        self._trigrams: dict[str, frozenset[int]] = {}
        self._figures: dict[str, frozenset[str]] = {}

    def trigrams(self, chunk: Chunk) -> frozenset[int]:
        if chunk.id not in self._trigrams:
            self._trigrams[chunk.id] = _trigrams(chunk.text)
        return self._trigrams[chunk.id]

    def figures(self, chunk: Chunk) -> frozenset[str]:
        if chunk.id not in self._figures:
            self._figures[chunk.id] = frozenset(_FIGURE.findall(chunk.text))
        return self._figures[chunk.id]


def _newest_for(question: str, passages: Sequence[Passage], compared: _Compared) -> dict[str, Passage]:
    """For each passage (by its chunk's id) that is to be folded as an older version: the one that stands for it."""
    documents = {passage.document.id: passage.document for passage in passages}
    newer: dict[str, DocumentMeta] = newer_of(documents.values())
    named = versions_named(question, documents.values())
    found: dict[str, Passage] = {}
    for passage in passages:
        newest = newer.get(passage.document.id)
        if newest and passage.document.id not in named:
            among = [one for one in passages if one.document.id == newest.id]
            found[passage.chunk.id] = _counterpart(passage, among, compared)
    return found


def _counterpart(older: Passage, among: Sequence[Passage], compared: _Compared) -> Passage:
    """The passage that says the most of what the older one does; of those that say little of it, the best ranked."""
    wanted = compared.trigrams(older.chunk)
    alike = max(among, key=lambda one: len(wanted & compared.trigrams(one.chunk)))
    return alike if len(wanted & compared.trigrams(alike.chunk)) >= SAME_PLACE * len(wanted) else among[0]


def _says(better: Passage, passage: Passage, compared: _Compared) -> bool:
    if better.document.project != passage.document.project:
        return False
    # Figures are found ten times as fast as trigrams, and seldom the same.
    if not compared.figures(passage.chunk) <= compared.figures(better.chunk):
        return False
    wanted, own = compared.trigrams(passage.chunk), compared.trigrams(better.chunk)
    return (
        len(wanted) >= FEWEST and SAME_TEXT * len(wanted) <= len(own) and SAME_TEXT * len(wanted) <= len(wanted & own)
    )


def _fold(passage: Passage, why: WhyFolded) -> Folded:
    return Folded(chunk=passage.chunk, document=passage.document, why=why)


def _trigrams(text: str) -> frozenset[int]:
    """The sampled trigrams, each its three code points in one number."""
    run = "".join(_WORD.findall(text)).lower()
    code_points = np.frombuffer(run.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    first, middle, last = code_points[:-2], code_points[1:-1], code_points[2:]
    joined = (first << 2 * _CODE_POINT_BITS) | (middle << _CODE_POINT_BITS) | last
    return frozenset(joined[middle % _SAMPLED == 0].tolist())
