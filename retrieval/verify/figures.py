"""The one notion of a figure: numbers with their units, model and product codes, dates, ordinals, found in a text.

Texts are folded first (`ingest.terms.fold`): 5,000, ５０００ and 5000 are written alike, `GB` is `gb`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Literal

from ingest.terms import fold
from retrieval.verify.bounds import Bound, Role, bound_of, role_of
from retrieval.verify.measures import Measure, measures, spelling_pattern

Kind = Literal["number", "code", "date", "ordinal"]

_APART = re.compile("(?<![０-９])，|(?<=[版稿]\\d)：")
"""A Chinese comma that joins no full-width digits, and the colon of 终版2：52, which is no time of day."""

_HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_HAN_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_WEAK = frozenset("个种条项份位名次件类套")
"""After 一 these hardly count: 一个, 一次."""

_NUMBER = r"\d+(?:\.\d+)?"
_HAN_NUMBER = "[零一二两三四五六七八九十百千]+(?!分之)"
_SCALE = "[十百千]?[万亿]|千(?!瓦|兆)|百(?=万)"
_TO = r"\s*(?:--|[-~—–]+|至|到)\s*"


@dataclass(frozen=True)
class When:
    """A date as far as it is told; `quarter` from 1 to 4."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None


@dataclass(frozen=True)
class Figure:
    """A figure and where it stands in the folded text.

    `number` is as it stands there, 万 and the like multiplied out; `value` is in the measure's smallest unit, so that
    5秒 and 5000ms are equal; of a code both are None. `bound` is what is
    said of it (at most, at least, about), `role` whether a change starts or ends with it. A `weak` one counts nothing
    (一个).
    """

    kind: Kind
    text: str
    start: int
    end: int
    number: Fraction | None = None
    value: Fraction | None = None
    measure: Measure | None = None
    when: When | None = None
    bound: Bound = ""
    role: Role = ""
    weak: bool = False

    def counted_in(self, measure: Measure) -> "Figure":
        """The figure, which has no unit of its own, in a unit that its column names."""
        return replace(self, measure=measure, value=(self.number or Fraction(0)) * measure.size)


def figures(folded: str) -> list[Figure]:
    """The figures of a folded text, in order."""
    found = []
    for match in _pattern().finditer(folded):
        found += list(_read(match, folded))
    return found


def plain(text: str) -> str:
    """The text folded; a Chinese comma joins no digits (`TP4，150` is no 4150), a colon no version and its value."""
    return fold(_APART.sub(lambda mark: f"{mark.group()} ", text))


@cache
def _pattern() -> re.Pattern[str]:
    unit = spelling_pattern()
    amount = rf"(?:{_NUMBER})\s?(?:{_SCALE})?多?余?\s?(?:{unit})?"
    year = r"(?:19|20)\d\d"
    until_day = rf"(?:{_TO}(?:3[01]|[12]\d|0?[1-9])\s?[日号])?"
    until_month = rf"(?:{_TO}(?:1[0-2]|0?[1-9])\s?月(?!\s?\d))?"
    return re.compile(
        "|".join(
            (
                rf"(?P<day>(?<![\d.]){year}\s?[-年/.]\s?(?:1[0-2]|0?[1-9])\s?[-月/.]\s?(?:3[01]|[12]\d|0?[1-9])(?!\d)\s?[日号]?{until_day})",
                rf"(?P<packed>(?<![a-z0-9.]){year}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![a-z0-9]))",
                rf"(?P<month>(?<![\d.]){year}\s?(?:[-/](?:1[0-2]|0?[1-9])(?![\d/.-])|年\s?(?:1[0-2]|0?[1-9])月?(?!\d)){until_month})",
                r"(?P<shortmonth>(?<!\d)\d\d年(?:1[0-2]|0?[1-9])月|(?<![\d/.])2\d/(?:1[0-2]|0?[1-9])(?![\d/]))",
                rf"(?P<quarter>(?:{year}年?)?\s?(?:第?[一二三四1-4]季度|(?<![a-z0-9])q[1-4](?![a-z0-9])))",
                rf"(?P<year>(?<![\d.]){year}年)",
                rf"(?P<monthday>(?<!\d)(?:1[0-2]|0?[1-9])\s?月\s?(?:3[01]|[12]\d|0?[1-9])(?!\d)\s?[日号]?{until_day})",
                r"(?P<bareday>(?<![\d.-])(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-]))",
                rf"(?P<bareyearmonth>(?<!\d)(?:1[0-2]|0?[1-9])\s?月(?:份|底|初|中旬|上旬|下旬)?{until_month})",
                rf"(?P<ordinal>第\s?(?:\d+|{_HAN_NUMBER})(?:个|次|期|批|阶段|轮|步|章|代|版)?|(?:\d+|{_HAN_NUMBER})期(?=[^限末间货中]|$)|[一二三四五]阶段)",
                r"(?P<ratio>(?<![a-z0-9.])\d+:\d+(?::\d+)*(?![a-z0-9.])|(?<![a-z0-9.-])\d+(?:-\d+){2,}(?![a-z0-9-])|(?<![a-z0-9.])\d+(?:\.\d+){2,}(?![a-z0-9]))",
                r"(?P<share>(?:百分之|千分之|万分之)(?:\d+(?:\.\d+)?|[零一二三四五六七八九十]+))",
                rf"(?P<range>(?<![a-z0-9.])(?:{_NUMBER})\s?(?:{unit})?{_TO}{amount}(?!\d))",
                r"(?P<clock>(?<![a-z0-9.])(?:\d+\s?小时\s?)?\d+\s?分(?:钟)?\s?\d+\s?秒|(?<![a-z0-9.])\d+\s?小时\s?\d+\s?分钟?)",
                rf"(?P<amount>(?<![a-z0-9.])(?:{_NUMBER})\s?(?:{_SCALE})?多?余?\s?(?:{unit}))",
                # 表 2-3 counts nothing.
                rf"(?P<label>(?:(?<![\u4e00-\u9fff])|(?<=[见如附据由按在]))[表图]\s?\d+(?:[-.]\d+)?(?![\d.]|\s?(?:{unit})))",
                rf"(?P<edition>终[版稿]\d(?![\d.]|\s?(?:{unit})))",
                r"(?P<code>(?<![a-z0-9])(?=[a-z0-9._+-]*[a-z])(?=[a-z0-9._+-]*\d)[a-z0-9]+(?:[-_.+][a-z0-9]+)*)",
                rf"(?P<bare>(?<![a-z0-9.])(?:{_NUMBER})\s?(?:{_SCALE})?)",
                rf"(?P<han>(?<![周第星期上下])(?:{_HAN_NUMBER})(?:(?:{_SCALE})?(?:{unit})|[万亿]))",
            )
        )
    )


def _read(match: re.Match[str], folded: str) -> Iterator[Figure]:
    name, text, start, end = str(match.lastgroup), match.group(), match.start(), match.end()
    if name in _DATES:
        until = _UNTIL.search(text)
        if until and len(re.findall(r"\d+", text[: until.start()])) == _PARTS.get(name):
            first = _when(name, text[: until.start()])
            yield Figure("date", text[: until.start()], start, start + until.start(), when=first)
            number = int(until.group(1))
            last = replace(first, month=number) if until.group(2) == "月" else replace(first, day=number)
            yield Figure("date", text, start, end, when=last)
        else:
            yield Figure("date", text, start, end, when=_when(name, text))
    elif name == "ordinal":
        which = _whole(re.sub(r"[^\d零一二两三四五六七八九十百千]", "", text))
        yield Figure("ordinal", text, start, end, number=which, value=which)
    elif name in ("ratio", "label", "edition", "code"):
        yield Figure("code", text, start, end)
    else:
        for one in _numbers(name, text, start):
            behind = folded[one.end : one.end + 8]
            bound = bound_of(folded[max(one.start - 14, 0) : one.start], behind)
            yield replace(one, bound=bound, role=role_of(folded[max(one.start - 4, 0) : one.start]))


_DATES = ("day", "packed", "month", "shortmonth", "quarter", "year", "monthday", "bareday", "bareyearmonth")
_UNTIL = re.compile(rf"{_TO}(\d{{1,2}})\s?(日|号|月)$")
_PARTS = {"day": 3, "monthday": 2, "month": 2, "bareyearmonth": 1}
"""Numbers in a date of each form; one more is the end of a period that leaves out what it shares with its start."""


def _when(name: str, text: str) -> When:
    parts = [int(part) for part in re.findall(r"\d+", text)]
    match name:
        case "packed":
            return When(int(text[:4]), int(text[4:6]), int(text[6:8]))
        case "shortmonth":
            return When(2000 + parts[0], parts[1])
        case "quarter":
            year = re.match(r"\d{4}", text)
            last = re.findall(r"[一二三四1-4]", text.removeprefix(year.group()) if year else text)[-1]
            return When(int(year.group()) if year else None, quarter=int(_whole(last)))
        case "monthday" | "bareday":
            return When(None, *parts)
        case "bareyearmonth":
            return When(None, parts[0])
        case _:
            return When(*parts)


def _numbers(name: str, text: str, start: int) -> Iterator[Figure]:
    if name == "clock":
        sizes = {"小时": 3600000, "分": 60000, "秒": 1000}
        pieces = re.findall(r"(\d+)\s?(小时|分|秒)", text)
        value = Fraction(sum(int(number) * sizes[unit] for number, unit in pieces))
        yield Figure("number", text, start, start + len(text), number=value, value=value, measure=measures()["毫秒"])
    elif name == "share":
        share = _whole(text[3:]) * Fraction(1, {"百": 100, "千": 1000, "万": 10000}[text[0]])
        yield Figure("number", text, start, start + len(text), number=share, value=share, measure=measures()["%"])
    elif name == "range":
        split = re.search(_TO, text)
        assert split is not None
        last = _number(text[split.end() :], start + split.end())
        first = _number(text[: split.start()], start)
        if first.measure is None and last.measure is not None:
            first = first.counted_in(last.measure)
        yield first
        yield last
    else:
        yield _number(text, start)


def _number(text: str, start: int) -> Figure:
    parts = re.fullmatch(rf"({_NUMBER}|{_HAN_NUMBER}?)\s?({_SCALE})?多?余?\s?({spelling_pattern()})?\s*", text)
    if parts is None:
        parts = re.fullmatch(rf"({_NUMBER}|{_HAN_NUMBER})()\s?({spelling_pattern()})?\s*", text)
    assert parts is not None, text
    number, scale, unit = parts.group(1), parts.group(2) or "", parts.group(3)
    measure = measures()[unit] if unit else None
    value = _whole(number) * _SCALES.get(scale, 1)
    return Figure(
        "number",
        text.strip(),
        start,
        start + len(text.rstrip()),
        number=value,
        value=value * measure.size if measure else value,
        measure=measure,
        weak=number == "一" and unit is not None and unit[0] in _WEAK,
    )


def _whole(text: str) -> Fraction:
    """A number in digits or in Chinese numerals up to 9999."""
    if text[0].isdigit():
        return Fraction(text)
    total, digit = 0, 0
    for char in text:
        if char in _HAN_PLACES:
            total += (digit or 1) * _HAN_PLACES[char]
            digit = 0
        else:
            digit = _HAN_DIGITS[char]
    return Fraction(total + digit)
