"""The number formats of automatic lists, by their names in WordprocessingML (ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

SHOWN_BULLETS = frozenset("•●○■□◆◇▪▫–—-➢➤▶★√✓·")
"""Bullets that mean the same in any font; the others are letters that a symbol font draws as bullets."""
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def render_number(count: int, kind: str) -> str:
    """`count` in the number format `kind` (ECMA-376 ST_NumberFormat); in decimals where the format is not known."""
    if kind == "none":
        return ""
    render = _FORMATS.get(kind)
    return render(count) if render is not None and count > 0 else str(count)


def _letters(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    numerals = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
                (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    text = ""
    for size, numeral in numerals:
        text += numeral * (count // size)
        count %= size
    return text


def _chinese(count: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """十二, 一百零五: as numbers are read. Counts over 9999 do not occur in lists and stay decimal."""
    if not 0 < count < 10_000:
        return str(count)
    text = ""
    for place, digit in enumerate(reversed([int(one) for one in str(count)])):
        if digit:
            text = digits[digit] + ("" if place == 0 else units[place - 1]) + text
        elif text and not text.startswith("零"):
            text = "零" + text
    return text.removeprefix(digits[1]) if 10 <= count < 20 and digits == _DIGITS else text


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if count <= 20 else str(count)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": lambda count: "".join(chr(ord(digit) + 0xFEE0) for digit in str(count)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda count: f"（{count}）",
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "chineseLegalSimplified": lambda count: _chinese(count, _LEGAL, "拾佰仟"),
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "taiwaneseDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "japaneseDigitalTenThousand": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "ideographTraditional": lambda count: _STEMS[(count - 1) % 10],
    "ideographZodiac": lambda count: _BRANCHES[(count - 1) % 12],
}
