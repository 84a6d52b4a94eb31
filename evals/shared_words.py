"""Which words of a text stand in a gold quote, too: what a person looks for when an answer was scored wrong."""

import difflib
from collections.abc import Sequence
from itertools import groupby

_SHARED = 6
"""Shorter runs of equal characters are chance."""


def shared_words(text: str, gold: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it stands in any gold quote."""
    marks = [False] * len(text)
    for quote in gold:
        for block in difflib.SequenceMatcher(None, text, quote, autojunk=False).get_matching_blocks():
            if block.size >= _SHARED:
                marks[block.a : block.a + block.size] = [True] * block.size
    runs = groupby(range(len(text)), key=marks.__getitem__)
    return [("".join(text[at] for at in places), is_shared) for is_shared, places in runs]
