"""Negation and scope turned round: 未完成 for 完成, 热数据 for 冷数据, 异步 for 半同步 (`opposites.csv`)."""

import csv
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("opposites.csv")

# 不超过 and the like are bounds; 不仅, 不断, 不同, 未来 deny nothing.
_DENIES = re.compile(
    r"(?:不(?!超|低于|高于|少于|大于|小于|多于|短于|长于|足|同(?!意)|仅|断|只|管|论|间断|一致|可用)(?:得|能|会|要|再|允许|应|予|需|必|是|做|支持)?"
    r"|(?<![从并])未(?!来|超过|及)(?:能|曾|经)?|没有|没(?!收)|无法|无需|无须|禁止|严禁|取消|拒绝|尚无|并非|不是|别(?=把|再|让|用|拿|去)|切?勿)"
)
_DENIAL = re.compile(r"[不未无没非别勿]")
_DENIED_PAIR = re.compile(r"[不未无没非]([\u4e00-\u9fff]{2})")
_MAY_NOT = re.compile(r"(?:不得|不能|不可(?!用)|不允许|禁止|严禁)(?=(.{2}))")
_MAY = re.compile(r"(?:(?<!不)可以|(?<!不)允许|(?<!不)能够?)(?=(.{2}))")
_REACH = 6
"""Characters behind a denial that it may deny."""
_REACH_OVER_AN_OBJECT = 16
"""The same where what is dealt with stands between: 别把“拒答阈值”调回."""
_HAS_OBJECT = re.compile(r"把|将|让")
_CLAUSE_END = re.compile(r"[,。;!?|\n():、]")


def is_side(word: str) -> bool:
    """Whether a word is one of two opposites, which tells no place from the one that says the contrary."""
    return any(_sides(group, word) for group in _groups())


def scope_turned(claimed: str, levels: Sequence[str]) -> tuple[str, str] | None:
    """What the claim says and what the source says instead of it, where one excludes the other.

    `levels` are the source's words, nearest first; of each group of opposites the nearest words count that have one.
    """
    for group, mine in _taken(claimed):
        for level in levels:
            theirs = _sides(group, level)
            if theirs:
                if not mine.keys() & theirs.keys():
                    return next(iter(mine.values())), next(iter(theirs.values()))
                break
    return None


def negation_turned(claimed: str, source: str, words: Sequence[str]) -> str | None:
    """The word that one of the two denies and the other states; None when they agree.

    `words` are the claim's. A denial in the claim wants one in the source, of something written alike.
    """
    mine, theirs = _denied(claimed), _denied(source)
    if mine and not theirs:
        return claimed[mine[0][0] : mine[0][1]]
    if (
        mine
        and theirs
        and not any(_shares(claimed[slice(*one)], source[slice(*other)]) for one in mine for other in theirs)
    ):
        return claimed[mine[0][0] : mine[0][1]]
    allowed = {match.group(1) for match in _MAY.finditer(claimed)} & {
        match.group(1) for match in _MAY_NOT.finditer(source)
    }
    if allowed:
        return allowed.pop()
    for start, end in theirs:
        # 还没有动 for 还有动: what is denied is one character, no word by itself.
        short = _DENIES.sub("", source[start:end]).strip()
        if len(short) == 1 and re.search(rf"{short}(?:$|[,。;|、)])", claimed) and not mine:
            return short
    for word in words:
        at = claimed.find(word)
        said = [match.start() for match in re.finditer(re.escape(word), source)]
        if at < 0 or not said:
            continue
        denies = any(start <= at < end for start, end in mine)
        if mine and not denies:
            # Both deny the same thing; what else stands near the denial there is not what it denies.
            continue
        if all(any(start <= place < end for start, end in theirs) != denies for place in said):
            return word
    return None


def stated_though_denied(claimed: str, source: str) -> str | None:
    """Two characters that the claim states and the source has behind a denial only: 一致 for 不一致, 解决 for 未解决.

    None where the claim denies anything: `negation_turned` looks at what.
    """
    if _DENIAL.search(claimed):
        return None
    for match in _DENIED_PAIR.finditer(source):
        pair = match.group(1)
        if pair in claimed and all(_DENIAL.match(source[at - 1 : at]) for at in _places(pair, source)):
            return pair
    return None


def _places(words: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(words), text)]


def _shares(denied: str, other: str) -> bool:
    """Whether two denials deny a thing that is written alike, by at least one character."""
    mine, theirs = _DENIES.sub("", denied), _DENIES.sub("", other)
    return not mine.strip() or not theirs.strip() or any(char.isalnum() and char in theirs for char in mine)


def _denied(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that a denial speaks of, the denial first."""
    stretches = []
    for match in _DENIES.finditer(text):
        stop = _CLAUSE_END.search(text, match.end())
        reach = _REACH_OVER_AN_OBJECT if _HAS_OBJECT.match(text, match.end()) else _REACH
        end = min(match.end() + reach, stop.start() if stop else len(text))
        stretches.append((match.start(), end))
    return stretches


@cache
def _groups() -> tuple[tuple[re.Pattern[str], ...], ...]:
    lines = (line for line in _FILE.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return tuple(tuple(re.compile(side) for side in row) for row in csv.reader(lines))


@lru_cache(maxsize=1024)
def _taken(claimed: str) -> list[tuple[tuple[re.Pattern[str], ...], dict[int, str]]]:
    """The groups of which the claim takes one side, with it; one that says both compares them."""
    return [(group, mine) for group in _groups() if len(mine := _sides(group, claimed)) == 1]


def _sides(group: Sequence[re.Pattern[str]], text: str) -> dict[int, str]:
    found = ((at, pattern.search(text)) for at, pattern in enumerate(group))
    return {at: match.group() for at, match in found if match}
