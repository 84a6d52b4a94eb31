"""Finds dates in the ways people write them and gives them as ISO 8601: a day, a month or a year."""

import datetime as dt
import re

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WRITTEN = re.compile(
    rf"(?<!\d){_YEAR}\s*(?:年|[-/.])\s*(?P<month>\d{{1,2}})(?!\d)(?:\s*(?:月|[-/.])\s*(?P<day>\d{{1,2}})(?![\d.]))?"
    rf"|(?<!\d){_YEAR.replace('year', 'year2')}\s*年"
)
_COMPACT = re.compile(rf"(?<!\d){_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>\d\d)?(?!\d)")
_YEAR_ONLY = re.compile(_YEAR)


def find_date(text: str) -> str | None:
    """The first date in `text` (`2025年9月30日`, `2025/9`, `20250930`, `2025年`), or None. `2509` is none: releases are
    called so.
    """
    written, compact = _WRITTEN.search(text), _COMPACT.search(text)
    if written and (not compact or written.start() <= compact.start()):
        return _iso(written["year"] or written["year2"], written["month"], written["day"])
    return _iso(compact["year"], compact["month"], compact["day"]) if compact else None


def iso_date(text: str) -> str | None:
    """The date that `text` states, as ISO 8601, or None when it states none."""
    return text.strip() if _YEAR_ONLY.fullmatch(text.strip()) else find_date(text)


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    try:
        date = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return date.isoformat() if day else f"{date:%Y-%m}" if month else f"{date:%Y}"
