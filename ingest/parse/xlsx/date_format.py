"""Dates, times and durations as an Excel format code shows them (ECMA-376 part 1, 18.8.31), Chinese forms included."""

import re
from datetime import date, datetime, time, timedelta

from ingest.parse.xlsx.chinese_numerals import in_words, with_digits

DATE_PIECE = (
    r"(?:上午/下午|(?i:AM/PM|A/P|y{1,4}|e{1,4}(?![+-])|m{1,5}|d{1,4}|h{1,2}|s{1,2}(?:\.0{1,3})?)"
    r"|a{3,4}|\[(?i:h+|m+|s+)\])"
)
"""Matches one date piece of a format code (as a string, to be part of a larger pattern)."""

_WEEKDAYS = "一二三四五六日"
_CHINESE = re.compile(r"\[\$-[0-9A-Fa-f]*[08]04(?:,\d+)?\]", re.IGNORECASE)
"""The locales whose names of months and days are Chinese: 804 (mainland), 404 (Taiwan), with or without a calendar."""


def show_date(value: datetime | date | time | timedelta, pieces: tuple[str, ...], numerals: int = 0) -> str:
    """`value` as the `pieces` of a format code show it; without pieces as ISO 8601 with a space.

    `numerals` (of `[DBNum1]` to `[DBNum3]`) writes the numbers in Chinese: a year by its digits, others in words.
    """
    if isinstance(value, timedelta) and not any(piece.startswith("[") for piece in pieces):
        value = datetime(1899, 12, 30) + value
    if isinstance(value, timedelta):
        return _show_duration(value, pieces)
    moment = _moment(value)
    if not pieces:
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    twelve = any(piece in {"上午/下午"} or piece.upper() in {"AM/PM", "A/P"} for piece in pieces)
    kinds = [piece.lower() for piece in pieces]
    chinese = any(_CHINESE.fullmatch(piece) for piece in pieces)
    parts = (_part(moment, kinds, at, twelve, pieces[at]) for at in range(len(pieces)))
    if numerals:
        parts = (_in_chinese(kind, part, numerals) for kind, part in zip(kinds, parts, strict=True))
    if chinese:
        parts = (_named(kind, part, moment) for kind, part in zip(kinds, parts, strict=True))
    return "".join(parts).strip()


def _in_chinese(kind: str, part: str, numerals: int) -> str:
    if not (part.isdigit() and re.fullmatch(DATE_PIECE, kind)):
        return part
    return with_digits(part, numerals) if kind[0] in "ye" else in_words(str(int(part)), numerals, short=True)


def _named(kind: str, part: str, moment: datetime) -> str:
    """Names of months, days and halves of a day, which follow the locale of the format."""
    if kind in {"mmm", "mmmm"}:
        return f"{in_words(str(moment.month), 1, short=True)}月"
    if kind in {"ddd", "dddd"}:
        return ("周" if kind == "ddd" else "星期") + _WEEKDAYS[moment.weekday()]
    return {"AM": "上午", "PM": "下午"}.get(part, part) if kind == "am/pm" else part


def _moment(value: datetime | date | time) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, time):
        return datetime.combine(date(1899, 12, 30), value)
    return datetime.combine(value, time())


def _part(moment: datetime, kinds: list[str], at: int, twelve: bool, piece: str) -> str:
    kind = kinds[at]
    if not re.fullmatch(DATE_PIECE, piece):
        return literal(piece)
    hour = (moment.hour % 12 or 12) if twelve else moment.hour
    match kind:
        case "yyyy" | "yyy" | "e" | "ee" | "eee" | "eeee":
            return f"{moment.year:04d}"
        case "yy" | "y":
            return f"{moment.year % 100:02d}"
        case "m" | "mm" if _is_minute(kinds, at):
            return f"{moment.minute:0{len(kind)}d}"
        case "m" | "mm":
            return f"{moment.month:0{len(kind)}d}"
        case "mmm" | "mmmm" | "mmmmm":
            return moment.strftime("%B" if len(kind) == 4 else "%b")[: 1 if len(kind) == 5 else None]
        case "d" | "dd":
            return f"{moment.day:0{len(kind)}d}"
        case "ddd" | "dddd":
            return moment.strftime("%a" if len(kind) == 3 else "%A")
        case "aaa" | "aaaa":
            return ("周" if len(kind) == 3 else "星期") + _WEEKDAYS[moment.weekday()]
        case "h" | "hh" | "[h]" | "[hh]":
            return f"{hour:0{len(kind.strip('[]'))}d}"
        case "am/pm":
            return "AM" if moment.hour < 12 else "PM"
        case "a/p":
            return "A" if moment.hour < 12 else "P"
        case "上午/下午":
            return "上午" if moment.hour < 12 else "下午"
        case _:  # seconds, with or without a fraction
            whole, _, fraction = kind.strip("[]").partition(".")
            digits = f"{moment.microsecond:06d}"[: len(fraction)]
            return f"{moment.second:0{len(whole)}d}" + (f".{digits}" if digits else "")


def _is_minute(kinds: list[str], at: int) -> bool:
    """`m` is a minute right after an hour or right before a second."""
    before = next((one for one in reversed(kinds[:at]) if re.fullmatch(DATE_PIECE, one)), "")
    after = next((one for one in kinds[at + 1 :] if re.fullmatch(DATE_PIECE, one)), "")
    return before.strip("[]")[:1] == "h" or after.strip("[]")[:1] == "s"


def _show_duration(value: timedelta, pieces: tuple[str, ...]) -> str:
    """`[h]:mm` and its kin: the bracketed unit counts on past its usual limit."""
    seconds = round(abs(value.total_seconds()))
    largest = next(piece.strip("[]").lower()[0] for piece in pieces if piece.startswith("[") and len(piece) < 6)
    kinds = [piece.lower() for piece in pieces]
    shown = []
    for at, piece in enumerate(pieces):
        kind = kinds[at].strip("[]")
        if not re.fullmatch(DATE_PIECE, piece):
            shown.append(literal(piece))
        elif kind.startswith("h"):
            hours = seconds // 3600
            shown.append(f"{hours if largest == 'h' else hours % 24:0{len(kind)}d}")
        elif kind.startswith("m"):
            minutes = seconds // 60
            shown.append(f"{minutes if largest == 'm' else minutes % 60:0{len(kind)}d}")
        else:
            whole = kind.partition(".")[0]
            shown.append(f"{seconds if largest == 's' else seconds % 60:0{len(whole)}d}")
    return ("-" if value.total_seconds() < 0 else "") + "".join(shown)


def literal(piece: str) -> str:
    """What a piece that stands for itself shows: quoted and escaped text, a currency sign, a space; colours nothing."""
    if piece.startswith('"'):
        return piece.strip('"')
    if piece.startswith(("\\", "!")) and len(piece) > 1:
        return piece[1:]
    if piece.startswith("[$"):
        return piece[2:-1].split("-")[0]
    if piece.startswith(("[", "*")):
        return ""
    return " " if piece.startswith("_") else piece
