"""Recognises headings of Chinese office documents by their numbering and look, and keeps the path they form.

Chinese documents nest numbering schemes (第一章 > 第一节 > 一、 > （一） > 1. > （1）, or 1 > 1.1 > 1.1.1, or a mix),
and each author starts at another one. So a scheme has a rank, not a level: the level follows from what stands above it
in this document. The usual order of schemes is that of GB/T 9704 and GB/T 1.1.
"""

import re
from dataclasses import dataclass

_HAN = "〇零一二三四五六七八九十百"
_COUNT = rf"(?:[{_HAN}]+|\d{{1,3}})"
# After an unspaced decimal these make it an amount (`3.5万条`), not a section number (`3.5数据同步`).
_UNIT = r"(?:[倍万亿%％折]|元(?!数据|素)|台(?!账)|个(?!人)|年(?!度)|人[天日月]|小时|分钟|毫?秒)"
_AMOUNT = rf"(?:[A-Za-z%％×]|{_UNIT}|\s+{_UNIT}(?:$|[\s，。；、）)]))"
_SCHEMES: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (name, rank, re.compile(pattern))
    for name, rank, pattern in (
        ("part", 0, rf"第\s*{_COUNT}\s*(?:部分|[篇编卷])(?![一-鿿]*[。；])"),
        ("chapter", 1, rf"第\s*{_COUNT}\s*章"),
        ("chapter", 1, rf"附\s*[录件]\s*(?:(?:[A-Z]|{_COUNT})(?![A-Za-z])|(?=[：:\s]|$))"),
        ("section", 2, rf"第\s*{_COUNT}\s*节"),
        ("article", 3, rf"第\s*{_COUNT}\s*条(?=[\s：:、])"),
        ("han", 4, rf"[{_HAN}]+\s*[、.．]"),
        ("han-bracket", 5, rf"[（(]\s*[{_HAN}]+\s*[）)]、?"),
        ("letter-decimal", 6, r"[A-Z](?:\.\d{1,2}){1,5}(?=[\s、]|[一-鿿])"),
        ("decimal", 6, rf"[1-9]\d?(?:[.．]\d{{1,2}}){{1,5}}(?!\d|[.．]\d|{_AMOUNT})[.．、]?"),
        ("arabic-dot", 6, r"[1-9]\d?[.．](?!\d)"),
        ("arabic", 6, r"[1-9]\d?\s+(?=[一-鿿A-Za-z])"),
        ("arabic-comma", 12, r"[1-9]\d?、"),
        ("arabic-bracket", 13, r"(?:[（(]\s*\d{1,2}\s*[）)]|\d{1,2}\s*[）)])"),
        ("circled", 14, r"[①-⑳]"),
        ("letter", 15, r"[A-Za-z][.．)）、](?=\s|[一-鿿])"),
    )
)
_STRONG = frozenset({"part", "chapter", "section", "article", "han", "han-bracket", "decimal", "letter-decimal"})
"""Schemes that make a heading of a short line even when nothing else sets it apart."""
_ALWAYS_TOP = 1
"""Schemes of this rank and above (第一章, 附录A) never stand below another scheme."""
_PREFIXES = frozenset({"chapter", "decimal", "arabic", "arabic-dot", "arabic-comma"})
"""Schemes whose number the next decimal repeats: 第二章 > 2.1, 1、 > 1.1 > 1.1.1."""

_SENTENCE = re.compile(r"[。；;！!？?…]")
_OPEN_END = re.compile(r"[，,、—-]$")
_LABEL_AND_VALUE = re.compile(
    r"^(?!(?:案例|阶段|步骤|方案|场景|问题|部分|任务|模块|议题|专题)[\d一二三四五六七八九十])"
    r"(?:.{1,12}[：:]\s*\S|[A-Za-z][A-Za-z\d .+/-]{1,30}[：:]\s*[Vv]?\d)"
)
_DATE_OR_VERSION = re.compile(
    r"^(?:\d{4}\s*[年./-]\s*\d{1,2}(?:\s*[月./-]\s*(?:\d{1,2}\s*日?)?)?|[Vv]\d+(?:\.\d+)*|版本.{0,12})$"
)
_LETTERS = re.compile(r"[A-Za-z一-鿿]")
_MAX_CHARS = 40
_MAX_BARE_CHARS = 30


@dataclass(frozen=True)
class Numbering:
    """The number a line opens with: its scheme, how deep a decimal is (`1.2.3` is 3 deep), the rank (0 stands above
    all), its value (`1.2.3` is (1, 2, 3); 第二章 is (2,); letters have none) and the text after it.
    """

    scheme: str
    depth: int
    rank: int
    number: tuple[int, ...]
    rest: str


def numbering(text: str) -> Numbering | None:
    """The heading number `text` opens with, or None. `3.5万条`, `2024年` and `3.2GB` open with amounts, not numbers."""
    text = text.strip()
    for scheme, rank, pattern in _SCHEMES:
        match = pattern.match(text)
        if match:
            number = tuple(_value(digits) for digits in re.findall(rf"\d+|[{_HAN}]+", match.group()))
            depth = {"decimal": len(number), "letter-decimal": len(number) + 1}.get(scheme, 1)
            return Numbering(scheme, depth, rank + depth - 1, number, text[match.end() :].lstrip(" \t\u3000：:、.．-—"))
    return None


def _value(digits: str) -> int:
    """`12`, `十二` and `一百零五` as numbers."""
    if digits.isdigit() and digits.isascii():
        return int(digits)
    total = current = 0
    for char in digits:
        if char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        else:
            current = "〇一二三四五六七八九".find(char.replace("零", "〇"))
    return total + current


def looks_like_heading(text: str, *, emphasised: bool) -> bool:
    """Whether a whole line reads as a heading. `emphasised`: all of it is bold, or larger than the body text.

    A line that is not emphasised needs a strong number (第一章, 一、, （一）, 1.2); `1. …` alone is a list item, and so
    may （一） be: a caller that can look ahead asks whether text follows. Sentences, `label：value` lines, dates and
    versions of a cover page are no headings.
    """
    text = text.strip()
    number = numbering(text)
    body = number.rest if number else text
    if not _LETTERS.search(body) and not (number and number.rank <= _ALWAYS_TOP):
        return False
    if len(text) > (_MAX_CHARS if emphasised else _MAX_BARE_CHARS) or _SENTENCE.search(text) or _OPEN_END.search(text):
        return False
    if number is None:
        commas = len(re.findall(r"[，,]", text))
        return emphasised and commas < 2 and not _LABEL_AND_VALUE.match(text) and not _DATE_OR_VERSION.match(text)
    if emphasised:
        return True
    return number.scheme in _STRONG and not re.search(r"[，,：:]", body)


@dataclass(frozen=True)
class _Entry:
    text: str
    level: int
    trusted: bool
    numbering: Numbering | None
    size: float | None


class HeadingPath:
    """The headings a place stands under, kept while a document is read from top to bottom."""

    def __init__(self) -> None:
        self._stack: list[_Entry] = []
        self._below_decimal: dict[str, bool] = {}

    @property
    def path(self) -> tuple[str, ...]:
        """The headings from the top one downwards."""
        return tuple(entry.text for entry in self._stack)

    def enter(self, text: str, level: int | None = None, size: float | None = None) -> int:
        """Take the heading `text` and return its level (1 is the top).

        `level` is what the format states (a style, an outline level, a `##`); without it the level follows from the
        numbering and from what stands above. `size` (points) lets a larger unnumbered heading outrank a smaller one.
        """
        number = numbering(text)
        if level is None:
            keep = self._parents(number, size)
            found = self._stack[keep - 1].level + 1 if keep else 1
        else:
            found = level
            keep = next((at for at, entry in enumerate(self._stack) if entry.level >= level), len(self._stack))
        if number:
            above = (entry.numbering for entry in self._stack[:keep])
            self._below_decimal.setdefault(number.scheme, any(one is not None and one.depth > 1 for one in above))
        self._stack[keep:] = [_Entry(text.strip(), found, level is not None, number, size)]
        return found

    def _parents(self, number: Numbering | None, size: float | None) -> int:
        """How many entries of the stack stay above a heading of unstated level."""
        if number is None:
            return self._above_unnumbered(size)
        kin = (number.scheme, number.depth)
        same = [
            at
            for at, one in enumerate(self._stack)
            if one.numbering and (one.numbering.scheme, one.numbering.depth) == kin
        ]
        if same:
            # `1. …` below 1.1 below 1. opens a deeper list of its own.
            restarts = number.number == (1,) and number.scheme.startswith("arabic") and same[-1] < len(self._stack) - 1
            return len(self._stack) if restarts and self._stack[-1].numbering else same[-1]
        if number.scheme == "decimal":
            for at, entry in reversed(list(enumerate(self._stack))):
                above_it = entry.numbering
                if above_it and above_it.scheme in _PREFIXES and above_it.number == number.number[:-1]:
                    return at + 1
        above = [at for at, entry in enumerate(self._stack) if self._outranks(entry, number, size)]
        if above:
            return above[-1] + 1
        # A scheme that usually stands higher, met first below another one (1 总体 > 一、范围), is a child of that one.
        numbered = any(entry.numbering for entry in self._stack)
        return len(self._stack) if numbered and number.rank > _ALWAYS_TOP else 0

    def _outranks(self, entry: _Entry, number: Numbering, size: float | None) -> bool:
        if entry.numbering:
            if entry.numbering.depth > 1 and number.rank > _ALWAYS_TOP and number.depth == 1:
                # Where 1.1 frames the document, 一、 below it is a part of it; where 一、 came first, it is the frame.
                return self._below_decimal.get(number.scheme, True)
            return entry.numbering.rank < number.rank
        if number.rank <= _ALWAYS_TOP:
            return False
        return entry.trusted or (entry.size is not None and size is not None and entry.size > size)

    def _above_unnumbered(self, size: float | None) -> int:
        for at, entry in enumerate(self._stack):
            smaller = entry.size is not None and size is not None and entry.size < size
            equal = not entry.trusted and entry.numbering is None and (entry.size == size or size is None)
            if not entry.trusted and (smaller or equal):
                return at
        return len(self._stack)
