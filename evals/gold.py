"""When what was found counts as the gold place: the same document, the same words."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from ingest.terms import amounts, fold

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


def names_figure(text: str, figure: str) -> bool:
    """Whether `text` names a number or code, however it is written: 5,000,000 is 500万, and 74 is not part of 174."""
    folded, sought = fold(text), fold(figure)
    spellings = [_squeeze(sought), *amounts(sought)]
    return any(re.search(_whole(spelling), folded) for spelling in spellings) or any(
        spelling in amounts(folded) for spelling in spellings
    )


def _whole(figure: str) -> str:
    start = r"(?<!\d)(?<!\d\.)" if figure[0].isdigit() else ""
    end = (
        r"(?!\d|\.\d)"
        if figure[-1].isdigit()
        else r"(?![a-z])"
        if figure[-1].isascii() and figure[-1].isalpha()
        else ""
    )
    return start + r"\s*".join(map(re.escape, figure)) + end


def _squeeze(text: str) -> str:
    return _BETWEEN_WORDS.sub("", text)
