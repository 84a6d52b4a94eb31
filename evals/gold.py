"""When what was found counts as the gold place: the same document, the same words."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import PurePosixPath

_BETWEEN_WORDS = re.compile(r"[\s|]+")

SHARED_RUN = 6
"""Shorter runs of equal characters are chance and cover nothing."""

ENOUGH = 0.8
"""A quote counts as covered when this share of its characters is; the rest is often a bullet or a closing clause."""


def same_document(path: str, gold_path: str) -> bool:
    """Whether two paths end alike: the index may have been built from a folder above or below the manifest's."""
    ours, theirs = PurePosixPath(path).parts, PurePosixPath(gold_path).parts
    shorter = min(len(ours), len(theirs))
    return shorter > 0 and ours[-shorter:] == theirs[-shorter:]


def holds(text: str, quote: str) -> bool:
    """Whether `quote` stands in `text`, whatever the white space and cell borders between the words."""
    return _squeeze(quote) in _squeeze(text)


def is_covered(gold: str, quotes: Iterable[str]) -> bool:
    """Whether the `quotes` together say the `gold` words; each may hold only a part, or more than them."""
    wanted = _squeeze(gold)
    said = [False] * len(wanted)
    for quote in map(_squeeze, quotes):
        for block in SequenceMatcher(None, wanted, quote, autojunk=False).get_matching_blocks():
            if block.size >= min(SHARED_RUN, len(wanted), len(quote)):
                said[block.a : block.a + block.size] = [True] * block.size
    return sum(said) >= ENOUGH * len(wanted)


def _squeeze(text: str) -> str:
    return _BETWEEN_WORDS.sub("", text)
