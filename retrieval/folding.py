"""Older versions and repeated texts folded behind the passage that stands for them: shown with it, never lost."""

import re
from collections.abc import Mapping, Sequence

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
"""One trigram in four is looked at, chosen by its middle character: a quarter of the time, the same shares."""

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
    grams = {passage.chunk.id: _trigrams(passage.chunk.text) for passage in passages}
    older = _newest_for(question, passages, grams)
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
        same = next((one for one in kept if _says(one, passage, grams)), None)
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


def _newest_for(question: str, passages: Sequence[Passage], grams: Mapping[str, frozenset[str]]) -> dict[str, Passage]:
    """For each passage (by its chunk's id) that is to be folded as an older version: the one that stands for it."""
    documents = {passage.document.id: passage.document for passage in passages}
    newer: dict[str, DocumentMeta] = newer_of(documents.values())
    named = versions_named(question, documents.values())
    found: dict[str, Passage] = {}
    for passage in passages:
        newest = newer.get(passage.document.id)
        if newest and passage.document.id not in named:
            among = [one for one in passages if one.document.id == newest.id]
            found[passage.chunk.id] = _counterpart(passage, among, grams)
    return found


def _counterpart(older: Passage, among: Sequence[Passage], grams: Mapping[str, frozenset[str]]) -> Passage:
    """The passage that says the most of what the older one does; of those that say little of it, the best ranked."""
    wanted = grams[older.chunk.id]
    alike = max(among, key=lambda one: len(wanted & grams[one.chunk.id]))
    return alike if len(wanted & grams[alike.chunk.id]) >= SAME_PLACE * len(wanted) else among[0]


def _says(better: Passage, passage: Passage, grams: Mapping[str, frozenset[str]]) -> bool:
    wanted, own = grams[passage.chunk.id], grams[better.chunk.id]
    return (
        better.document.project == passage.document.project
        and len(wanted) >= FEWEST
        and SAME_TEXT * len(wanted) <= len(own)
        and SAME_TEXT * len(wanted) <= len(wanted & own)
        and set(_FIGURE.findall(passage.chunk.text)) <= set(_FIGURE.findall(better.chunk.text))
    )


def _fold(passage: Passage, why: WhyFolded) -> Folded:
    return Folded(chunk=passage.chunk, document=passage.document, why=why)


def _trigrams(text: str) -> frozenset[str]:
    run = "".join(_WORD.findall(text)).lower()
    return frozenset(run[at - 1 : at + 2] for at in range(1, len(run) - 1) if ord(run[at]) % _SAMPLED == 0)
