"""Cuts Chinese and mixed text into sentences by rule: 。！？；… and their ASCII counterparts where they end one."""

import re

_END = re.compile(r"[。！？；!?;]+|…+|\.(?!\d)|\n")
_CLOSING = re.compile(r"[”’」』）)】》\]\"']*[ \t]*")
_OPENING = {"（": "）", "(": ")", "“": "”", "「": "」", "『": "』", "《": "》", "【": "】", "[": "]"}
_LONGEST_ASIDE = 60
"""Characters up to which a bracket or a quotation is not cut inside."""
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:[A-Za-z]|No|Nos|Fig|Mr|Ms|Mrs|Dr|vs|etc|approx|dept|Inc|Ltd|Co|resp|cf|al|pp?)$"
)
_LIST_NUMBER = re.compile(r"(?:^|\s)\d{1,3}$")
_GOES_ON = re.compile(r"[，、,等）)]")
_AFTER_ASCII = re.compile(r"\s|$|[一-鿿“”「」（）]")


def sentences(text: str) -> list[str]:
    """The sentences of `text` in order, each verbatim, without the blanks around it. No sentence is empty."""
    return [piece for start, end in sentence_spans(text) if (piece := text[start:end].strip())]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends; together they cover all of `text`."""
    aside = _asides(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.start() < start or aside[match.start()] or not _ends(text, match):
            continue
        end = match.end() if match.group() == "\n" else _after_closing(text, match.end())
        spans.append((start, end))
        start = end
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _after_closing(text: str, at: int) -> int:
    """Where the closing quotes, brackets and blanks that follow `at` end."""
    closing = _CLOSING.match(text, at)
    return closing.end() if closing else at


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether the mark ends a sentence: not in `V1.2`, `e.g.`, `a;b`, `?id=1`, `1. 概述`, `A……等`."""
    mark = match.group()[0]
    if mark == "…":
        return not _GOES_ON.match(text, match.end())
    if mark not in ".!?;":
        return True
    after = _after_closing(text, match.end())
    if not _AFTER_ASCII.match(text, match.end()) and (after == match.end() or not _AFTER_ASCII.match(text, after)):
        return False
    before = text[max(match.start() - 12, 0) : match.start()]
    return mark != "." or not (_ABBREVIATION.search(before) or _LIST_NUMBER.search(before) or not before.strip())


def _asides(text: str) -> bytearray:
    """1 where a character stands in a short bracket or quotation. The stop right before the closing mark of a quotation
    is left out: it still ends the sentence (他说：“好。”).
    """
    inside = bytearray(len(text))
    for at, character in enumerate(text):
        closing = _OPENING.get(character)
        end = text.find(closing, at, at + _LONGEST_ASIDE + 1) if closing else -1
        if end > 0:
            quoted = character in "“「『" and text[end - 1] in "。！？…!?"
            to = end - 1 if quoted else end
            inside[at:to] = b"\x01" * (to - at)
    return inside
