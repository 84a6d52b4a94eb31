"""Figures that follow from those in the sources: sum, difference, product, ratio, percentage; shown, never silent."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from retrieval.verify.figures import Figure
from retrieval.verify.measures import measures

MOST = 12
"""Figures that are tried with one another; more would make chance a proof."""

_SUM = re.compile(r"合计|总|共|相加|之和|累计|=")
_DIFFERENCE = re.compile(r"多|少|差|增|减|降|升|快|慢|余|剩|缩短|节省|超|比|延长|提高|-")
_SHARE = re.compile(r"占|比例|率|百分|%|降|升|增|减|提高|缩短|节省|约")
_TIMES = re.compile(r"倍|翻")
_PRODUCT = re.compile(r"每|×|乘|共|合计|总|各")


def derive(figure: Figure, clause: str, known: Sequence[Figure]) -> str | None:
    """How the figure follows from at most `MOST` of the known ones, shown as an equation; None when it does not.

    Only what the clause's words announce is tried: a sum wants 共 or 合计, a share 占 or %, and so on.
    """
    if figure.value is None:
        return None
    numbers: dict[tuple[Fraction | None, str], Figure] = {}
    for one in known:
        if one.kind == "number" and one.value:
            numbers.setdefault((one.value, one.measure.dimension if one.measure else ""), one)
    pool = list(numbers.values())[:MOST]
    for text, value, measured in _results(clause, pool):
        if _equals(figure, value, measured):
            return f"{text} = {figure.text}"
    return None


def _results(clause: str, pool: Sequence[Figure]) -> Iterator[tuple[str, Fraction, Figure | None]]:
    """Equations' left sides with their values, in the measure of the figure given; without one they are bare ratios."""
    for one, two in combinations(pool, 2):
        big, small = (one, two) if (one.value or 0) >= (two.value or 0) else (two, one)
        a, b = big.value or Fraction(0), small.value or Fraction(0)
        if _alike(one, two):
            if _SUM.search(clause):
                yield f"{one.text} + {two.text}", a + b, one
            if _DIFFERENCE.search(clause):
                yield f"{big.text} - {small.text}", a - b, big
            if _SHARE.search(clause):
                yield f"{small.text} ÷ {big.text}", b / a, None
                yield f"({big.text} - {small.text}) ÷ {big.text}", (a - b) / a, None
                yield f"({big.text} - {small.text}) ÷ {small.text}", (a - b) / b, None
            if _TIMES.search(clause):
                yield f"{big.text} ÷ {small.text}", a / b, None
        elif _PRODUCT.search(clause) and not (_is_measured(one) and _is_measured(two)):
            for counted, each in ((one, two), (two, one)):
                if not _is_measured(counted):
                    yield f"{each.text} × {counted.text}", a * b, each
    if _SUM.search(clause):
        for size in range(3, min(len(pool), 6) + 1):
            for some in combinations(pool, size):
                if all(_alike(some[0], one) for one in some):
                    yield (
                        " + ".join(one.text for one in some),
                        sum((one.value or Fraction(0) for one in some), Fraction(0)),
                        some[0],
                    )


def _alike(one: Figure, two: Figure) -> bool:
    if one.measure is None or two.measure is None:
        return one.measure is two.measure
    return one.measure.dimension == two.measure.dimension


def _is_measured(figure: Figure) -> bool:
    return figure.measure is not None and figure.measure.is_continuous


def _equals(figure: Figure, value: Fraction, measured: Figure | None) -> bool:
    """Whether the result is the figure, to the digits in which the figure is written."""
    if measured is None:
        if figure.measure not in (measures()["%"], measures()["倍"], None):
            return False
        if figure.measure is None:
            return False
    elif figure.measure is not None and (measured.measure is None or not figure.measure.fits(measured.measure)):
        return False
    assert figure.value is not None
    decimals = re.search(r"\.(\d+)", figure.text)
    size = figure.value / figure.number if figure.number else Fraction(1)
    tolerance = size * Fraction(1, 2 * 10 ** len(decimals.group(1))) if decimals else Fraction(0)
    if measured is None and not decimals:
        tolerance = size / 2
    return abs(figure.value - value) <= tolerance
