"""What a glyph's code says to a reader: bullets of old fonts, look-alike radicals and ligatures as plain characters."""

import unicodedata

_HYPHENS = {0x02, 0xFFFE}  # how pdfium gives a hyphen that breaks a word at a line's end
_MARKS = {*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF}  # joiners, directions
# The fonts Wingdings and Symbol have private codes only (U+F0xx): bullets, and the signs of old Word documents.
_DINGBATS = dict.fromkeys((0xF06C, 0xF0B7, 0xF09F, 0xF077), "•") | {
    0xF06E: "■", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF075: "◆", 0xF076: "❖", 0xF0E8: "➔", 0xF0FE: "☑", 0xF0A8: "□",
}  # fmt: skip
_SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xAE: "→", 0xAC: "←",
    0xB7: "•", 0xA5: "∞", 0xE5: "∑", 0xD6: "√", 0x61: "α", 0x62: "β", 0x6C: "λ", 0x6D: "μ", 0x44: "Δ", 0x57: "Ω",
}  # fmt: skip
# Simplified forms among the CJK radicals, which have no compatibility mapping (EquivalentUnifiedIdeograph.txt, UCD).
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)


def readable(code: int, font: str) -> str:
    """The text of a character code; empty where it has none that a reader would see."""
    if 0x20 < code < 0x7F or 0x4E00 <= code <= 0x9FFF:
        return chr(code)
    if code in _HYPHENS:
        return "-"
    if 0xF000 <= code <= 0xF0FF and "symbol" in font.lower():
        return _SYMBOL.get(code & 0xFF, chr(code & 0xFF) if 0x21 <= code & 0xFF < 0x40 else "")
    if code in _DINGBATS:
        return _DINGBATS[code]
    if code < 0x20 or is_private(code) or code > 0x10FFFF or code in _MARKS:
        return ""
    char = chr(code)
    # Fonts map Han glyphs to look-alike radicals (⾼ for 高) and Latin ones to ligatures.
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06:
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    return char


def is_private(code: int) -> bool:
    """Whether the code means what a font likes it to mean."""
    return 0xE000 <= code <= 0xF8FF or code in {0, 0xFFFD}
