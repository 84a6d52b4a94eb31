"""A word of the claim whose contrary stands in the source in the same words: 热主卡 for 热备卡, 落盘后 for 落盘前.

Most contraries are characters that stand in many words, and mean nothing by themselves. What gives them away is the
company: the source has the contrary where the claim has the word, and nowhere has it the word so.
"""

import csv
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("contraries.csv")

_AROUND = 2
"""Characters before or behind a word that must be the same in claim and source."""


def contrary(claimed: str, source: str) -> tuple[str, str] | None:
    """What the claim says and what the source says in its place, both with their company.

    All texts folded; `source` without white space.
    """
    for mine, companies in _words(claimed):
        if any(before + mine + behind in source for before, behind in companies):
            continue
        for other in _others()[mine]:
            for before, behind in companies:
                if before + other + behind in source:
                    return before + mine + behind, before + other + behind
    return None


@lru_cache(maxsize=1024)
def _words(claimed: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The words that have contraries, each with what stands before it and what behind, where that is long enough."""
    return list(_found("".join(claimed.split())))


def _found(claimed: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    taken: set[int] = set()
    for word in _others():
        at = claimed.find(word)
        while at >= 0:
            end = at + len(word)
            # 前置 is no 前, where both are known.
            if not taken & set(range(at, end)):
                taken |= set(range(at, end)) if len(word) > 1 else set()
                before, behind = claimed[max(at - _AROUND, 0) : at], claimed[end : end + _AROUND]
                companies = [
                    company
                    for company in ((before, ""), ("", behind))
                    if len(company[0] + company[1]) == _AROUND and (company[0] + company[1]).isalnum()
                ]
                if companies:
                    yield word, companies
            at = claimed.find(word, end)


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """Each word with its contraries, long words first."""
    lines = (line for line in _FILE.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    found: dict[str, list[str]] = {}
    for group in csv.reader(lines):
        for word in group:
            found.setdefault(word, []).extend(one for one in group if one != word)
    return {word: tuple(found[word]) for word in sorted(found, key=len, reverse=True)}
