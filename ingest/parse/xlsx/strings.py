"""The shared strings of a workbook: each text once, cells refer to them by number (ECMA-376 part 1, 18.4)."""

import re
from typing import IO

from lxml import etree

from ingest.errors import DocumentTooLarge
from ingest.said import Said

_MOST_CHARACTERS = 100_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_strings(source: IO[bytes]) -> list[str]:
    """The texts in order. Phonetic guides are left out. Raises DocumentTooLarge and etree.XMLSyntaxError."""
    found: list[str] = []
    characters = 0
    for _, item in etree.iterparse(source, tag="{*}si", resolve_entities=False, no_network=True):
        text = item_text(item)
        characters += len(text)
        if characters > _MOST_CHARACTERS:
            raise DocumentTooLarge(
                Said(
                    "The workbook's texts have more than {most_characters} characters.",
                    most_characters=f"{_MOST_CHARACTERS:,}",
                ),
                "Split the workbook, or leave out what is not for reading.",
            )
        found.append(text)
        drop(item)
    return found


def item_text(item: etree._Element) -> str:
    """The text of an `si`, `is` or comment `text`: its own, or that of its runs."""
    space = item.tag[: item.tag.index("}") + 1] if item.tag.startswith("{") else ""
    text = ""
    for one in item:
        if one.tag == f"{space}t":
            text += one.text or ""
        elif one.tag == f"{space}r":
            text += "".join(part.text or "" for part in one.iterfind(f"{space}t"))
    return unescape(text)


def unescape(text: str) -> str:
    """`_x000D_` and its kin as the characters they stand for (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text) if "_x" in text else text


def drop(element: etree._Element) -> None:
    """Free an element that was read from a stream, and what stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
