"""Tables of contents that were typed by hand: the line 目录 and what stands below it, and lines with dot leaders."""

import re
from collections.abc import Sequence

from ingest.parse.docx.items import Item, LeftItem, Line

_TITLE = {"目录", "目次", "contents", "tableofcontents"}
_ENTRY = re.compile(r"[\s.…·．]\d{1,4}$")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|．{4,})\s*\d{1,4}$")


def without_contents(items: Sequence[Item]) -> list[Item]:
    """The items without empty lines; lines of a typed table of contents are left out as such."""
    kept: list[Item] = []
    in_contents = False
    for item in items:
        if isinstance(item, Line):
            if item.empty:
                continue
            title = "".join(item.text.split()).lower() in _TITLE
            in_contents = title or (in_contents and _ENTRY.search(item.text) is not None)
            if in_contents or _LEADERS.search(item.text):
                kept.append(LeftItem(item.at, "contents", item.text))
                continue
        kept.append(item)
    return kept
