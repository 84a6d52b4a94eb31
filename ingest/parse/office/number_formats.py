"""The number formats of automatic lists, by their names in WordprocessingML (ECMA-376 part 1, 17.18.59).

Where Word differs from the standard, Word is followed ([MS-OI29500] 2.1.540): its documents are what people see.
"""

from collections.abc import Callable

SHOWN_BULLETS = frozenset("•●○■□◆◇▪▫–—-➢➤▶★√✓·")
"""Bullets that mean the same in any font; the others are letters that a symbol font draws as bullets."""
_DIGITS = "〇一二三四五六七八九"
_ROUND_DIGITS = "○一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_KOREAN = "영일이삼사오육칠팔구"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_GANADA = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_IRREGULAR_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
                       "nine": "ninth", "twelve": "twelfth"}  # fmt: skip


def render_number(count: int, kind: str) -> str:
    """`count` in the number format `kind` (ECMA-376 ST_NumberFormat); in decimals where the format is not known."""
    if kind == "none":
        return ""
    render = _FORMATS.get(kind)
    return render(count) if render is not None and count > 0 else str(count)


def render_pattern(count: int, pattern: str) -> str:
    """`count` in a custom format, which is written as its first members: `001, 002, 003, ...` ([MS-DOCX] 2.4)."""
    first = pattern.split(",", 1)[0].strip()
    if first[:-1].strip("0") == "" and first.endswith("1"):
        return f"{count:0{len(first)}d}"
    return str(count)


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


def _chinese_to_99(count: int) -> str:
    """九十九, then 一○○, 一○一: digit by digit ([MS-DOCX] 2.4, U+25CB)."""
    return _chinese(count) if count < 100 else _digits(count, _ROUND_DIGITS)


def _japanese(count: int) -> str:
    """百五, 千二百: no 一 before a unit, no zero between."""
    if not 0 < count < 10_000:
        return str(count)
    units = ("", "十", "百", "千")
    text = ""
    for place, digit in enumerate(reversed([int(one) for one in str(count)])):
        if digit:
            text = ("" if digit == 1 and place else _DIGITS[digit]) + units[place] + text
    return text


def _korean(count: int) -> str:
    text = _japanese(count)
    return text.translate(str.maketrans("〇一二三四五六七八九十百千", f"{_KOREAN}십백천"))


def _digits(count: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(count))


def _circled(count: int) -> str:
    for first, start, end in ((0x2460, 1, 20), (0x3251, 21, 35), (0x32B1, 36, 50)):
        if start <= count <= end:
            return chr(first + count - start)
    return str(count)


def _enclosed(first: int) -> Callable[[int], str]:
    """The twenty numbers that Unicode has from `first` on; decimals after."""
    return lambda count: chr(first + count - 1) if count <= 20 else str(count)


def _enclosed_ideograph(count: int) -> str:
    return chr(0x3220 + count - 1) if count <= 10 else f"（{_chinese(count)}）"


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda count: signs[(count - 1) % len(signs)]


def _repeat(signs: str) -> Callable[[int], str]:
    return lambda count: signs[(count - 1) % len(signs)] * ((count - 1) // len(signs) + 1)


def _ordinal(count: int) -> str:
    teens = 10 < count % 100 < 14
    return f"{count}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def _words(count: int) -> str:
    if count > 999:
        return str(count)
    words = []
    if count >= 100:
        words.append(f"{_ONES[count // 100 - 1]} hundred")
    rest = count % 100
    if 0 < rest < 20:
        words.append(_ONES[rest - 1])
    elif rest:
        words.append(_TENS[rest // 10 - 2] + (f"-{_ONES[rest % 10 - 1]}" if rest % 10 else ""))
    return " ".join(words).capitalize()


def _ordinal_words(count: int) -> str:
    if count > 999:
        return _ordinal(count)
    text = _words(count).lower()
    last = text.replace("-", " ").split()[-1]
    ordinal = _IRREGULAR_ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else f"{last}th")
    return (text.removesuffix(last) + ordinal).capitalize()


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": lambda count: "".join(chr(ord(digit) + 0xFEE0) for digit in str(count)),
    "decimalFullWidth2": lambda count: "".join(chr(ord(digit) + 0xFEE0) for digit in str(count)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _enclosed(0x2488),
    "decimalEnclosedParen": _enclosed(0x2474),
    "numberInDash": lambda count: f"- {count} -",
    "hex": lambda count: f"{count:X}",
    "ordinal": _ordinal,
    "cardinalText": _words,
    "ordinalText": _ordinal_words,
    "chicago": _repeat("*†‡§"),
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "chineseCounting": _chinese_to_99,
    "taiwaneseCounting": _chinese_to_99,
    "chineseCountingThousand": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _japanese,
    "koreanCounting": _korean,
    "chineseLegalSimplified": lambda count: _chinese(count, _LEGAL, "拾佰仟"),
    "ideographLegalTraditional": lambda count: _chinese(count, _LEGAL_TRADITIONAL, "拾佰仟"),
    "ideographDigital": lambda count: _digits(count, _DIGITS),
    "taiwaneseDigital": lambda count: _digits(count, _ROUND_DIGITS),
    "japaneseDigitalTenThousand": lambda count: _digits(count, _DIGITS),
    "koreanDigital": lambda count: _digits(count, _KOREAN),
    "koreanDigital2": lambda count: _digits(count, "零一二三四五六七八九"),
    "ideographEnclosedCircle": _enclosed_ideograph,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda count: _cycle(_STEMS)(count) + _cycle(_BRANCHES)(count),
    "aiueo": _cycle(_KATAKANA),
    "aiueoFullWidth": _cycle(_KATAKANA),
    "iroha": _cycle(_IROHA),
    "irohaFullWidth": _cycle(_IROHA),
    "ganada": _cycle(_GANADA),
    "chosung": _cycle(_CHOSUNG),
    "russianLower": _repeat(_RUSSIAN),
    "russianUpper": _repeat(_RUSSIAN.upper()),
    "hebrew2": _repeat(_HEBREW),
}
