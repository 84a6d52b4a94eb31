"""Characters that a symbol font draws as other signs, as the reader sees them.

Wingdings, Webdings and Symbol draw signs at the places of letters; Word stores such a character with its code in the
private use area (`w:sym`, or U+F0xx in the text). Only signs that carry meaning in office texts are known here.
"""

import re
from collections.abc import Callable

_PRIVATE_USE = range(0xF000, 0xF100)
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_SIGNS: dict[str, dict[int, str]] = {
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x6C: "●", 0xE0: "→",
                  0xE8: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xF0: "⇒", 0xAB: "★", 0x4A: "☺", 0x4C: "☹", 0x75: "◆",
                  0x76: "❖", 0xD8: "➢", 0xA7: "▪", 0x9F: "•", 0x28: "☎", 0x2A: "✉"},
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "□"},
    "wingdings 3": {0x67: "→", 0x66: "←", 0x68: "↑", 0x69: "↓", 0x7D: "▶", 0x70: "▲", 0x71: "▼"},
    "webdings": {0x61: "✓", 0x72: "✗", 0x63: "□", 0x67: "■"},
    "symbol": {0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB0: "°", 0xAE: "→", 0xAC: "←", 0xAD: "↑",
               0xAF: "↓", 0xA5: "∞", 0xB9: "≠", 0xBB: "≈", 0xBA: "≡", 0xB7: "•", 0x6D: "µ", 0x57: "Ω", 0x44: "Δ",
               0x53: "Σ", 0xE5: "∑", 0xD6: "√", 0xF2: "∫", 0xCE: "∈", 0xDE: "⇒", 0xDB: "⇔", 0xBC: "…", 0xB2: "″",
               0xA2: "′", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x65: "ε", 0x68: "η", 0x71: "θ", 0x6C: "λ",
               0x70: "π", 0x72: "ρ", 0x73: "σ", 0x74: "τ", 0x66: "φ", 0x77: "ω"},
}  # fmt: skip

_USUAL = {**_SIGNS["wingdings"], 0xB7: "•"}
"""What a private code most likely is where the font is not named."""


def sign(code: int, font: str) -> str:
    """The sign that `font` draws for `code`; nothing for a private code whose drawing is not known."""
    private = code in _PRIVATE_USE
    signs = _SIGNS.get(font.lower(), _USUAL if private else {})
    known = signs.get(code & 0xFF) if private or code < 0x100 else None
    if known is not None:
        return known
    return "" if not 0x20 <= code < 0x110000 or 0xD800 <= code < 0xF900 else chr(code)


def drawn(text: str, font: Callable[[], str]) -> str:
    """A run's text with its private codes as its font draws them; `font` is asked where there are any."""
    return _PRIVATE.sub(lambda match: sign(ord(match.group()), font()), text)
