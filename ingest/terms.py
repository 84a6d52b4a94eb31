"""Text to terms: what of a text counts as equal when a question and a passage are compared word by word."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from ingest.numerals import dates_in_digits, numerals

if TYPE_CHECKING:
    from rjieba import Jieba

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_LETTER = rf"[^\W_{_HAN}]"
_TOKEN = re.compile(rf"(?P<code>{_LETTER}+(?:[-_./:@&+]{_LETTER}+)*)|(?P<han>[{_HAN}]+)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_AMOUNT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) ?(万亿|[十百千]?万|亿|千(?![克米瓦兆帕卡伏焦赫]))")
_DATES = (
    (
        r"(?<![\d.])(?P<year>\d{4})[-年/.](?P<month>\d{1,2})[-月/.](?P<day>\d{1,2})(?![\d.])",
        ("%Y-%m-%d", "%Y-%m", "%m-%d"),
    ),
    (r"(?<![\d.])(?P<year>\d{4})[-年](?P<month>\d{1,2})(?!\d)", ("%Y-%m",)),
    (r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]", ("%m-%d",)),
)
_PART_BREAK = re.compile(r"[-_/:@&+]|(?<!\d)\.|\.(?!\d)")
_LETTER_DIGIT_BREAK = re.compile(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")
_UNITS = {"千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}


@dataclass(frozen=True)
class Token:
    """A piece of folded text: a run of Chinese characters, or a code (Latin letters, digits and what joins them)."""

    text: str
    is_code: bool


def fold(text: str) -> str:
    """The text with full-width forms, case, thousands separators and traditional characters made one: `５,000` becomes
    `5000`, `ＥS` `es`, 災備 灾备.
    """
    return _THOUSANDS.sub("", simplified(unicodedata.normalize("NFKC", text).lower()))


def simplified(text: str) -> str:
    """The text with traditional characters as simplified ones, character by character (OpenCC's table)."""
    return text if text.isascii() else text.translate(_to_simplified())


def tokens(folded: str) -> Iterator[Token]:
    """The tokens of a folded text in order; punctuation and spaces fall away."""
    for match in _TOKEN.finditer(folded):
        yield Token(match.group(), is_code=match.lastgroup == "code")


def code_parts(code: str) -> list[str]:
    """What else a code may be asked by: `es/mysql` by es or mysql, `910b3` by 910b or 910, `v1.2` by 1.2.

    Joined parts stand alone, and each of them is cut where letters meet digits, from the front: what is left out at the
    end is a variant or a unit more often than what is left out at the front.
    """
    parts: dict[str, None] = {}
    for joined in _PART_BREAK.split(code):
        pieces = _LETTER_DIGIT_BREAK.split(joined)
        prefixes = ["".join(pieces[:end]) for end in range(1, len(pieces) + 1)]
        for part in (*prefixes, pieces[-1]):
            if len(part) > 1 or (part == pieces[0] and part.isdigit()):
                parts[part] = None
    parts.pop(code, None)
    return list(parts)


def amounts(folded: str) -> list[str]:
    """Numbers with a Chinese unit, or in Chinese, in digits: `500万` and 五百万 are 5000000, `1.2亿` is 120000000."""
    values = (float(number) * _UNITS[unit] for number, unit in _AMOUNT.findall(folded))
    return [*(f"{value:.0f}" for value in values), *map(str, numerals(folded))]


def dates(folded: str) -> list[str]:
    """Dates as ISO 8601 writes them, whole and in part: 2025年9月30日 gives 2025-09-30, 2025-09 and 09-30."""
    terms: dict[str, None] = {}
    told = dates_in_digits(folded)
    for pattern, forms in _DATES:
        for match in re.finditer(pattern, told):
            numbers = {name: int(number) for name, number in match.groupdict().items()}
            try:
                # A leap year stands for a year left out, so that 2月29日 is a date.
                when = date(**{"year": 2000, "day": 1, **numbers})
            except ValueError:
                continue
            terms.update(dict.fromkeys(when.strftime(form) for form in forms))
    return list(terms)


def cut(run: str) -> list[str]:
    """A Chinese run cut into words, one after the other (jieba's algorithm and dictionary)."""
    return _jieba().cut(run)


def tag(run: str) -> list[tuple[str, str]]:
    """The words of a Chinese run with their parts of speech (ICTCLAS letters: n noun, v verb, d adverb, r pronoun…)."""
    return _jieba().tag(run)


def is_known(word: str) -> bool:
    """Whether the dictionary has the word; others were guessed from their characters, and often wrongly."""
    return bool(_jieba().has_word(word))


def cut_for_search(run: str) -> list[str]:
    """A Chinese run cut into words, and into the shorter words inside long ones."""
    return _jieba().cut_for_search(run)


def bigrams(run: str) -> list[str]:
    """Every two neighbouring characters of a Chinese run; a single character stands for itself."""
    return [run[i : i + 2] for i in range(len(run) - 1)] if len(run) > 1 else [run]


@cache
def _to_simplified() -> dict[int, str]:
    # Characters alone, not words: both sides of a comparison are folded alike, and the length stays.
    from opencc import OpenCC

    traditional = "".join(map(chr, range(0x4E00, 0xA000)))
    converted = OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    return {ord(old): new for old, new in zip(traditional, converted, strict=True) if old != new}


@cache
def _jieba() -> "Jieba":
    # Loading takes 0.1 s: only what cuts words pays for it. `rjieba` is jieba in Rust: 20 times as fast, 33 MB, and it
    # writes no cache file.
    from rjieba import Jieba

    return Jieba()
