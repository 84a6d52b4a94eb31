"""Units of measure and measure words: what a number counts, and how large one of it is (`measures.csv`)."""

import csv
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("measures.csv")

GENERIC = "piece"
"""The dimension of 个, which counts anything."""

_CONTINUOUS = frozenset(
    {"time", "bytes", "binary bytes", "bits", "share", "points", "money", "frequency", "power", "flops", "effort"}
)


@dataclass(frozen=True)
class Measure:
    """A unit: its `dimension`, and `size`, how many of the dimension's smallest unit it holds."""

    dimension: str
    size: Fraction

    @property
    def is_continuous(self) -> bool:
        """Whether it measures rather than counts, so that a number means nothing without it."""
        return self.dimension in _CONTINUOUS

    def fits(self, other: "Measure") -> bool:
        """Whether numbers of both may be compared; 个 counts whatever another measure word counts."""
        if self.dimension == other.dimension:
            return True
        return GENERIC in (self.dimension, other.dimension) and not (self.is_continuous or other.is_continuous)


@cache
def measures() -> dict[str, Measure]:
    """All spellings (folded) with what they mean."""
    lines = (line for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {
        spelling: Measure(dimension, Fraction(size))
        for dimension, size, *spellings in csv.reader(lines)
        for spelling in spellings
    }


@cache
def spelling_pattern() -> str:
    """A regular expression of all spellings, longest first; Latin ones end where no letter follows."""
    longest_first = sorted(measures(), key=lambda one: (-len(one), one))
    return "|".join(
        re.escape(one) + (r"(?![a-z0-9])" if one[-1].isalpha() and one.isascii() else "") for one in longest_first
    )


@cache
def spellings(measure: Measure) -> tuple[str, ...]:
    """How a measure is written."""
    return tuple(one for one, other in measures().items() if other == measure)


def named_measure(text: str) -> Measure | None:
    """The measure that a column's or row's name gives its numbers, as in `时延（毫秒）`, `卡数`, `TPS`."""
    bracket = _IN_BRACKETS.search(text)
    if bracket:
        inside = bracket.group(1).strip()
        scaled = re.fullmatch(r"([十百千]?[万亿]|千)?(.+)", inside)
        found = measures().get(inside) or (measures().get(scaled.group(2)) if scaled else None)
        if found:
            return found
    ending = re.search(r"(?:人天|[卡台路席页])$", text.strip())
    if ending:
        return measures()[ending.group()]
    counted = re.search(r"(.{1,3}?)数(?:量|目)?$", text.strip())
    for spelling in (text.strip(), counted.group(1)[-1:] if counted else "", text.strip().rpartition(" ")[2]):
        if spelling in measures() and spelling not in ("分", "日", "月", "年", "人", "项", "次", "类", "种", "件"):
            return measures()[spelling]
    return None


_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{1,12})[)）\]]\s*$")
