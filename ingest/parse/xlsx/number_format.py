"""A cell's value as Excel shows it: number format codes applied to numbers, dates and texts.

Format codes follow ECMA-376 part 1, 18.8.30 and 18.8.31; fractions and Chinese numerals have files of their own.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from ingest.parse.xlsx.chinese_numerals import in_words, with_digits
from ingest.parse.xlsx.date_format import DATE_PIECE, literal, show_date
from ingest.parse.xlsx.fraction_format import show_fraction

CellValue = str | int | float | bool | datetime | date | time | timedelta

_PIECE = re.compile(
    r'"[^"]*"?'  # literal in quotes
    r"|[\\!]."  # escaped literal; Excel in East Asia also escapes with `!`
    r"|_.|\*."  # space as wide as a character; fill with a character
    r"|\[[^\]]*\]"  # colour, condition, currency and locale, elapsed time
    rf"|(?i:General)|{DATE_PIECE}"
    r"|[Ee][+-]|[0#?.,%@;/]|.",
    re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_NUMERALS = re.compile(r"\[DBNum[123]\]", re.IGNORECASE)
_SYSTEM_FORMATS = {
    # Excel stores these for the formats that follow the system's language; here as Chinese Windows shows them.
    "mm-dd-yy": "yyyy/m/d",
    "m/d/yy h:mm": "yyyy/m/d h:mm",
    "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy": 'yyyy"年"m"月"d"日"',
    "[$-F400]h:mm:ss\\ AM/PM": "h:mm:ss",
}
_MOST_DIGITS = 15  # what Excel keeps of a number


@dataclass(frozen=True)
class _Section:
    """One of the parts that `;` separates. `numerals` is the 1, 2 or 3 of `[DBNum1]`, 0 for Arabic digits."""

    pieces: tuple[str, ...]
    condition: tuple[str, float] | None
    numerals: int
    is_date: bool


def show(value: CellValue, code: str) -> str:
    """`value` as the format `code` shows it, e.g. `show(0.125, "0.0%")` is `12.5%`.

    Dates come as Python's date types; a code that does not fit the value falls back to the plain value.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if code == "General" and isinstance(value, int | float):
        return _general(value)
    sections = _sections(_SYSTEM_FORMATS.get(code, code))
    if isinstance(value, str):
        return _show_text(value, sections)
    if isinstance(value, int | float):
        section, magnitude = _section_for(value, sections)
        return _show_number(magnitude, section).strip()
    dated = next((one for one in sections if one.is_date), None)
    return show_date(value, dated.pieces if dated else (), dated.numerals if dated else 0)


@lru_cache(maxsize=512)
def is_date_code(code: str) -> bool:
    """Whether `code` shows a number as a date or a time."""
    return _sections(_SYSTEM_FORMATS.get(code, code))[0].is_date


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[str]] = [[]]
    for piece in _PIECE.findall(code):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return tuple(_section(pieces) for pieces in sections)


def _section(pieces: list[str]) -> _Section:
    condition = None
    numerals = 0
    for piece in pieces:
        match = _CONDITION.fullmatch(piece)
        if match:
            condition = (match.group(1), float(match.group(2)))
        elif _NUMERALS.fullmatch(piece):
            numerals = int(piece[-2])
    kept = tuple(piece for piece in pieces if not _CONDITION.fullmatch(piece))
    dated = not {"0", "#", "?"} & set(kept) and any(re.fullmatch(DATE_PIECE, piece) for piece in kept)
    return _Section(kept, condition, numerals, dated)


def _section_for(value: float, sections: tuple[_Section, ...]) -> tuple[_Section, float]:
    """The section that shows `value`, and the value it shows (a section for negative numbers drops the sign)."""
    numeric = sections[:3]
    if any(one.condition for one in numeric):
        for one in numeric:
            if one.condition is None or _holds(value, one.condition):
                return one, value
        return numeric[-1], value
    if len(numeric) > 1 and value < 0:
        return numeric[1], -value
    if len(numeric) > 2 and value == 0:
        return numeric[2], value
    return numeric[0], value


def _holds(value: float, condition: tuple[str, float]) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        ">": value > limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _show_text(value: str, sections: tuple[_Section, ...]) -> str:
    section = sections[3] if len(sections) > 3 else sections[0]
    if "@" not in section.pieces:
        return value
    return "".join(value if piece == "@" else literal(piece) for piece in section.pieces).strip()


def _show_number(value: float, section: _Section) -> str:
    pieces = section.pieces
    if not pieces:
        return _general(value)
    if not any(piece in {"0", "#", "?"} for piece in pieces):
        plain = in_words(_general(value), section.numerals) if section.numerals else _general(value)
        return "".join(plain if piece.lower() in {"general", "@"} else literal(piece) for piece in pieces)
    try:
        if "/" in pieces:
            return show_fraction(value, pieces)
        shown = _fill(Decimal(repr(value)), pieces)
    except (InvalidOperation, OverflowError, ValueError):  # infinity, or more digits than Decimal rounds
        return _general(value)
    return with_digits(shown, section.numerals) if section.numerals else shown


def _general(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value)) if abs(value) < 10**_MOST_DIGITS else f"{value:.{_MOST_DIGITS}G}"
    shown = f"{value:.10g}"
    return f"{value:.10f}".rstrip("0") if "e-" in shown and abs(value) > 1e-9 else shown.replace("e", "E")


def _fill(value: Decimal, pieces: tuple[str, ...]) -> str:
    """Put the digits of `value` into the placeholders `0 # ?` of `pieces`."""
    scientific = next((at for at, piece in enumerate(pieces) if piece[:1] in "Ee" and piece[1:] in {"+", "-"}), None)
    exponent = ""
    if scientific is not None:
        power = value.adjusted() if value else 0
        value = value.scaleb(-power)
        width = sum(piece == "0" for piece in pieces[scientific:])
        exponent = f"E{'-' if power < 0 else '+'}{abs(power):0{width}d}"
        pieces = pieces[:scientific]
    point = pieces.index(".") if "." in pieces else len(pieces)
    last = max(at for at, piece in enumerate(pieces) if piece in {"0", "#", "?"})
    # Commas after the last placeholder scale by thousands; between placeholders they group.
    trailing = [at for at, piece in enumerate(pieces) if piece == "," and at > min(last, point)]
    value = value.scaleb(2 * pieces.count("%") - 3 * len(trailing))
    decimals = sum(piece in {"0", "#", "?"} for piece in pieces[point:])
    value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    grouped = any(piece == "," and at < min(last, point) for at, piece in enumerate(pieces))
    before, after = ([piece for piece in part if piece != ","] for part in (pieces[:point], pieces[point:]))
    whole, _, fraction = f"{abs(value):f}".partition(".")
    sign = "-" if value < 0 else ""
    return sign + _whole(whole.lstrip("0"), before, grouped) + _fraction(fraction, after) + exponent


def _whole(digits: str, pieces: list[str], grouped: bool) -> str:
    """The digits before the point, filled from the right; the leftmost placeholder takes all that are left."""
    first = next((at for at, piece in enumerate(pieces) if piece in {"0", "#", "?"}), None)
    shown: list[str] = []
    placed = 0
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        if piece not in {"0", "#", "?"}:
            shown.append(literal(piece))
            continue
        while True:
            digit = digits[-1:] or ("0" if piece == "0" else "")
            digits = digits[:-1]
            if digit:
                shown.append("," if grouped and placed and placed % 3 == 0 else "")
                shown.append(digit)
                placed += 1
            if at != first or not digits:
                break
    return "".join(reversed(shown))


def _fraction(digits: str, pieces: list[str]) -> str:
    count = sum(piece in {"0", "#", "?"} for piece in pieces)
    optional = 0  # trailing zeros that `#` and `?` do not show
    for piece in reversed([piece for piece in pieces if piece in {"0", "#", "?"}]):
        if piece == "0" or digits[len(digits) - 1 - optional] != "0":
            break
        optional += 1
    left = iter(digits[: len(digits) - optional])
    shown = [next(left, "") if piece in {"0", "#", "?"} else literal(piece) for piece in pieces]
    # Excel leaves the point of `#,##0.##` behind a whole number; it says nothing and `8.` reads like a list number.
    return "".join(shown).removeprefix(".") if optional == count else "".join(shown)
