"""Chinese numerals: 五百万 as 5000000, 二〇二五年九月 as 2025年9月."""

import re
from unicodedata import numeric

_DIGIT = "〇零一二两三四五六七八九"
_PLACE = "十百千"
_NUMERAL = re.compile(rf"(?<![{_DIGIT}{_PLACE}万亿\d点])[一二两三四五六七八九十][{_DIGIT}{_PLACE}万亿]+")
_YEAR = re.compile(r"(?<![〇零一二三四五六七八九])[〇零一二三四五六七八九]{4}(?=年)")
_DAY = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日号])")


def numerals(text: str) -> list[int]:
    """The whole numbers that a text writes out, in order: 三万五千 is 35000, 十九 is 19.

    Single characters are none (一 and 十 stand in words of all kinds), nor are bare digits (三四 is three or four).
    """
    return [read(found) for found in _NUMERAL.findall(text) if not set(found) <= set(_DIGIT)]


def read(numeral: str) -> int:
    """A numeral's value: 一亿二千万 is 120000000, 五百二 is 520."""
    total = section = digit = 0
    place = 1
    for char in numeral:
        value = _value(char)
        if char in _DIGIT:
            digit = value
            place = 1 if char in "〇零" else place
        elif char in _PLACE:
            section, digit, place = section + (digit or 1) * value, 0, value
        elif section + digit:
            total, section, digit, place = total + (section + digit) * value, 0, 0, value
        else:
            # 万亿: the one on top of the other.
            total, place = total * value, value
    return total + section + digit * (place // 10 if place > 10 else 1)


def dates_in_digits(text: str) -> str:
    """The text with years, months and days that are written out in digits."""
    text = _YEAR.sub(lambda found: "".join(str(_value(char)) for char in found.group()), text)
    return _DAY.sub(lambda found: str(read(found.group())), text)


def _value(char: str) -> int:
    # Unicode knows what digits and places are worth, but for 两.
    return 2 if char == "两" else int(numeric(char))
