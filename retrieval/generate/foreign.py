"""What has no place in an answer, whoever asked a model for it: links, markup, a chat's frames, what it was told."""

import re
from collections.abc import Iterable
from functools import cache

from ingest.terms import fold
from retrieval.addressed import is_addressed
from retrieval.generate.prompt import AGAIN, BEFORE, INSTRUCTIONS
from retrieval.verify.verdict import Dropped, Supported, Verdict

WITHHELD = "（不予显示）"
"""Stands for a statement that is not repeated even among those dropped."""

LEAK = 12
"""Characters in a row, blanks aside, that a statement may not share with what the model was told. Six is
the longest run that any of the 6075 pieces of the sample corpus shares with it.
"""

_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,12}:)?//[^\s，。；、）)\]>\"'”」]+|\bwww\.[^\s，。；、）)\]>\"'”」]+|\b(?:mailto|javascript|data|vbscript):\S+",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"!\[[^\]]*\]\s*[(\[]|\[[^\]\d][^\]]*\]\s*\(|<!--|"
    r"</?(?:a|img|script|i?frame|svg|style|link|form|object|embed|video|audio|input|button|meta|base|html|body|div|span|p|br|math)"
    r"(?:[\s/][^>]*)?>|&#x?[0-9a-f]+;|javascript\s*:|\bon(?:error|load|click)\s*=",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_BLANK = re.compile(r"\s+")
_MARKS = re.compile(r"\s*(?:\[\s*\d{1,3}\s*\]|【\s*\d{1,3}\s*】|\[\^\d{1,3}\])")


def as_plain(text: str) -> str:
    """A statement without characters that nobody sees, and without marks of sources, which code sets."""
    return _MARKS.sub("", _UNSEEN.sub("", text))


def kept_out(verdict: Verdict) -> Verdict:
    """The verdict; dropped, and not to be repeated, where the statement holds what has no place in an answer.

    A link may be said where it stands in the very words that the statement rests on.
    """
    quotes = [one.quote for one in verdict.supports] if isinstance(verdict, Supported) else []
    why = foreign(verdict.text, quotes)
    return Dropped(text=WITHHELD, cause="words", words=why) if why else verdict


def foreign(text: str, quotes: Iterable[str]) -> str | None:
    """What in a text has no place in an answer, in words; None for nothing. Links that are in `quotes` may stay."""
    if is_addressed(text):
        return "含有给大模型的指令"
    said = _BLANK.sub("", fold(text))
    if any(said[at : at + LEAK] in _told() for at in range(len(said) - LEAK + 1)):
        return "复述了提示词"
    if _MARKUP.search(text):
        return "含有标记或脚本"
    known = "\n".join(quotes)
    if any(link.group().rstrip(".,") not in known for link in _LINK.finditer(text)):
        return "含有资料中没有的链接"
    return None


@cache
def _told() -> str:
    return _BLANK.sub("", fold("\n".join((INSTRUCTIONS, BEFORE, AGAIN))))
