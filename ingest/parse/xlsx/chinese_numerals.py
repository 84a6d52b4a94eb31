"""Numbers in Chinese, as the format codes `[DBNum1]` to `[DBNum3]` show them in Excel's Chinese edition."""

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_UNITS = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟"), 3: ("", "十", "百", "千")}
_GROUPS = ("", "万", "亿", "兆")


def with_digits(shown: str, kind: int) -> str:
    """`shown` with each digit in Chinese: 2025 is 二〇二五. `kind` is the number after `DBNum`."""
    return "".join(_DIGITS[kind][int(char)] if char.isascii() and char.isdigit() else char for char in shown)


def in_words(number: str, kind: int, *, short: bool = False) -> str:
    """A decimal number as it is read: 10500 is 一万〇五百 (kind 1) or 壹万零伍佰 (kind 2); after the point digit by
    digit. `short` says 十二 for 一十二, as in dates. What is no such number (1E+20) stays.
    """
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, point, fraction = digits.partition(".")
    if not whole.isdigit() or (point and not fraction.isdigit()) or len(whole) > 4 * len(_GROUPS):
        return number
    words = _whole(int(whole), kind)
    if short and words.startswith(_DIGITS[kind][1] + _UNITS[kind][1]):
        words = words[1:]
    return sign + words + (point + with_digits(fraction, kind) if point else "")


def _whole(number: int, kind: int) -> str:
    nought = _DIGITS[kind][0]
    groups = [int(f"{number:016d}"[at : at + 4]) for at in range(0, 16, 4)]
    text = ""
    skipped = False
    for name, group in zip(reversed(_GROUPS), groups, strict=True):
        if not group:
            skipped = bool(text)
            continue
        text += (nought if text and (skipped or group < 1000) else "") + _group(group, kind) + name
        skipped = False
    return text or nought


def _group(group: int, kind: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += (_DIGITS[kind][0] if gap and text else "") + _DIGITS[kind][digit] + _UNITS[kind][place]
        gap = not digit
    return text
