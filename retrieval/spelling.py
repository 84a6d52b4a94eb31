"""Slips of the pen in names: a word in no dictionary that sounds like a name of the library (玉恒 for 玉衡)."""

import os
from collections.abc import Iterable
from functools import lru_cache

from ingest.terms import fold, is_known, tag, tokens


def misspelt(question: str, names: Iterable[str]) -> dict[str, str]:
    """The words of a question that sound like one of the (folded) names and are no words: each with the name meant.

    Only the same sounds count, not the tones: another character may well be another firm's name. What sounds like two
    names is left alone.
    """
    chinese = {name for name in names if len(name) > 1 and all("\u4e00" <= char <= "\u9fff" for char in name)}
    lengths = set(map(len, chinese))
    # Names themselves are in no dictionary either.
    words = [
        word
        for token in tokens(fold(question))
        if not token.is_code
        for word, _ in tag(token.text)
        if len(word) in lengths and word not in chinese and not is_known(word)
    ]
    if not words:
        return {}
    sounding: dict[tuple[str, ...], set[str]] = {}
    for name in chinese:
        sounding.setdefault(_sounds(name), set()).add(name)
    meant = {}
    for word in words:
        like = sounding.get(_sounds(word), set())
        if len(like) == 1:
            meant[word] = next(iter(like))
    return meant


@lru_cache(maxsize=4096)
def _sounds(word: str) -> tuple[str, ...]:
    # Loaded only for what has such words, and character by character: its phrases, 0.2 s and 45 MB, are words of the
    # dictionary, which names and slips are not.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))
