"""Texts of others, documents' and models', on their way to a terminal, which takes some characters for orders."""

import json
import re
from typing import Any

REPLACEMENT = "�"

_ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters (ISO 6429) but for tab and line feed, and those that turn the direction of writing (UAX #9)."""


def printable(text: str) -> str:
    """The text with a mark for every character that would move the cursor, colour, or turn round what is written."""
    return _ORDERS.sub(REPLACEMENT, text.replace("\r\n", "\n"))


def json_text(value: Any) -> str:
    """One line of JSON with Chinese characters as they are; those characters are escaped, so that nothing is lost."""
    return _ORDERS.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))
