"""Figures in what is scored: the checker's own notion of them (`retrieval/verify/figures.py`), and when a text has one.

A figure that stands there as it is written counts always; besides, equal amounts in other units or spellings do (500万
and 5,000,000, 5 秒 and 5000 ms, 2026-03-06 and 2026年3月6日), and 5 分钟 is no 5 秒.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.terms import amounts, fold
from retrieval.verify import figures as verify
from retrieval.verify.figures import Figure, plain
from retrieval.verify.measures import GENERIC, spellings
from retrieval.verify.same import names_code, same_day

_KEPT_LINES = 1 << 16


def figures(text: str) -> list[str]:
    """The numbers with their units, codes and dates that have a digit, as the folded text has them, each once."""
    return list(dict.fromkeys(one.text.strip() for one in _read(text) if _counts(one)))


def unsupported_figures(statement: str, texts: Sequence[str]) -> list[str]:
    """The figures of the statement that none of the texts names; a date's year may stand in another of them."""
    years = _years("\n".join(texts))
    return [one for one in figures(statement) if not any(_names(text, one, years) for text in texts)]


def names_figure(text: str, figure: str) -> bool:
    """Whether `text` names a number, code, date or name: 5,000,000 is 500万, and 74 is not part of 174."""
    return _names(text, figure, _years(text))


def _names(text: str, figure: str, years: set[int]) -> bool:
    if _stands(text, fold(figure)):
        return True
    sought = _read(figure)
    if len(sought) != 1 or sought[0].text.strip() != plain(figure).strip():
        return False
    return _is_said(sought[0], text, years)


def _is_said(sought: Figure, text: str, years: set[int]) -> bool:
    if sought.kind == "code":
        return names_code(sought.text, plain(text))
    said = _read(text)
    if sought.when is not None:
        return any(one.when is not None and same_day(sought.when, one.when, years) for one in said)
    return any(_same_number(sought, one, text) for one in said if one.number is not None and not one.weak)


def _same_number(sought: Figure, said: Figure, text: str) -> bool:
    if sought.measure is not None and said.measure is not None:
        return sought.measure.fits(said.measure) and sought.value == said.value
    if sought.number != said.number:
        return False
    # A number without a unit is so many seconds where something around it, a column's name say, is of seconds.
    measure = sought.measure
    return measure is None or measure.dimension == GENERIC or any(one in plain(text) for one in spellings(measure))


def _years(text: str) -> set[int]:
    return {one.when.year for one in _read(text) if one.when is not None and one.when.year is not None}


def _counts(figure: Figure) -> bool:
    return re.search(r"\d", figure.text) is not None


def _read(text: str) -> list[Figure]:
    return [one for line in text.splitlines() for one in _read_line(line)]


@lru_cache(_KEPT_LINES)
def _read_line(line: str) -> tuple[Figure, ...]:
    # A Chinese colon never joins digits either: 终版2：52 is a column and its cell, no ratio.
    return tuple(verify.figures(plain(line.replace("：", "： "))))


def _stands(text: str, sought: str) -> bool:
    """Whether it stands there as it is written, or with its 万 in digits."""
    folded = fold(text)
    written = [re.sub(r"[\s|]+", "", sought), *amounts(sought)]
    return any(re.search(_whole(one), folded) for one in written) or any(one in amounts(folded) for one in written)


def _whole(figure: str) -> str:
    start = r"(?<!\d)(?<!\d\.)" if figure[0].isdigit() else ""
    end = (
        r"(?!\d|\.\d)"
        if figure[-1].isdigit()
        else r"(?![a-z])"
        if figure[-1].isascii() and figure[-1].isalpha()
        else ""
    )
    return start + r"\s*".join(map(re.escape, figure)) + end
