"""What changed from one version of a document to another, line by line and word by word, each side with its place."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz.distance import Indel

from ingest.document import Locator, ParsedDocument, Value

ALIKE = 0.5
"""Similarity (longest common subsequence, 0 to 1) above which a line is another's new wording, no line of its own."""

_MOST_PAIRS = 40_000
"""Beyond so many pairs of lines in one changed stretch they are paired in their order, not by likeness."""

_LONG = 2_000
"""Words of a line from which the frequent ones are passed over at first, since comparing them takes the square."""

_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9._/+-]*|\d+(?:[.,]\d+)*%?|\s+|.", re.DOTALL)


class Line(Value):
    """A paragraph, heading, list item or table row of one of the two, and where it stands."""

    text: str
    locator: Locator


class Piece(Value):
    """Some words of a changed line: in both, only before, or only after."""

    kind: Literal["same", "removed", "added"]
    text: str


class Change(Value):
    """One line that is new (no `before`), gone (no `after`) or worded otherwise (both, with the `pieces`)."""

    before: Line | None = None
    after: Line | None = None
    pieces: tuple[Piece, ...] = ()

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """What happened to the line."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"


class Changes(Value):
    """All changes in the order of the newer document, and how many lines are the same in both."""

    changes: tuple[Change, ...]
    same: int


def compare(older: ParsedDocument, newer: ParsedDocument) -> Changes:
    """What changed from `older` to `newer`. A line that only moved counts as gone and new."""
    before, after = list(_lines(older)), list(_lines(newer))
    matcher = SequenceMatcher(None, [_plain(one) for one in before], [_plain(one) for one in after], autojunk=False)
    changes: list[Change] = []
    same = 0
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            same += j - i
        else:
            changes += _changed(before[i:j], after[k:m])
    return Changes(changes=tuple(changes), same=same)


def _lines(document: ParsedDocument) -> Iterator[Line]:
    for element in document.elements:
        if element.table is None:
            yield Line(text=element.text, locator=element.locator)
        else:
            if element.table.header:
                yield Line(text=" | ".join(element.table.header), locator=element.locator)
            for row in element.table.rows:
                yield Line(text=" | ".join(row.cells), locator=row.locator)


def _plain(line: Line) -> str:
    return " ".join(line.text.split())


def _changed(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    """Lines that took one another's place: paired in order where they are alike, the rest gone or new."""
    wide = len(before) * len(after) <= _MOST_PAIRS
    changes: list[Change] = []
    at = 0
    for line in after:
        found = _like(line, before, at, wide=wide)
        if found is None:
            changes.append(Change(after=line))
            continue
        changes += [Change(before=one) for one in before[at:found]]
        changes.append(Change(before=before[found], after=line, pieces=_pieces(before[found].text, line.text)))
        at = found + 1
    return changes + [Change(before=one) for one in before[at:]]


def _like(line: Line, before: Sequence[Line], start: int, *, wide: bool) -> int | None:
    best, best_ratio = None, ALIKE
    for at in range(start, len(before) if wide else min(start + 1, len(before))):
        ratio = Indel.normalized_similarity(before[at].text, line.text, score_cutoff=best_ratio)
        # Of equally like ones the first: those between would count as gone.
        if ratio > best_ratio:
            best, best_ratio = at, ratio
    return best


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=len(new) > _LONG).get_opcodes():
        if what == "equal":
            pieces.append(Piece(kind="same", text="".join(old[i:j])))
            continue
        if j > i:
            pieces.append(Piece(kind="removed", text="".join(old[i:j])))
        if m > k:
            pieces.append(Piece(kind="added", text="".join(new[k:m])))
    return tuple(pieces)
