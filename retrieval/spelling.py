"""Slips of the pen in names: a word in no dictionary that sounds like a name of the library (玉恒 for 玉衡)."""

from collections.abc import Iterable

from ingest.terms import fold, is_known, tag, tokens


def misspelt(question: str, names: Iterable[str]) -> dict[str, str]:
    """The words of a question that sound like one of the (folded) names and are no words: each with the name meant.

    Only the same sounds count, not the tones: another character may well be another firm's name. What sounds like two
    names is left alone.
    """
    words = [
        word
        for token in tokens(fold(question))
        if not token.is_code
        for word, _ in tag(token.text)
        if len(word) > 1 and not is_known(word)
    ]
    if not words:
        return {}
    chinese = [name for name in names if len(name) > 1 and all("\u4e00" <= char <= "\u9fff" for char in name)]
    sounding: dict[tuple[str, ...], set[str]] = {}
    for name in chinese:
        sounding.setdefault(_sounds(name), set()).add(name)
    meant = {}
    for word in words:
        like = sounding.get(_sounds(word), set())
        if len(like) == 1 and word not in like:
            meant[word] = next(iter(like))
    return meant


def _sounds(word: str) -> tuple[str, ...]:
    # Loading takes 0.2 s: only what has words in no dictionary pays for it.
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))
