"""Reads what a document's first lines say about it: `版本：V1.2`, a cover table with 编制人 and 日期."""

import re
from collections.abc import Iterator, Sequence

from ingest.document import Element, Properties
from ingest.labels import properties
from ingest.parse.headings import numbering

_LABEL = r"[\w\s]{1,12}?\s*[：:]"
# Office parsers leave one blank of many, so after one blank, too, a Chinese word before a colon is the next label.
_NEXT = rf"  {_LABEL}| (?:[\u4e00-\u9fff]{{2,12}}|[\u4e00-\u9fff](?: {{1,2}}[\u4e00-\u9fff]){{1,3}}) ?[：:]"
_PAIR = re.compile(rf"\s*(?:[-*+•]\s+)?(?P<label>{_LABEL})\s*(?P<value>\S.*?)(?=\s*$|{_NEXT})")
_GAP = re.compile(r"\s{2,}|[\t\u3000]")
_ASIDE = re.compile(r"\s*(?:[（(]|[，,]\s*\d|。).*$")
_LOOKED_AT = 15


def read_cover(elements: Sequence[Element]) -> Properties:
    """What the lines and tables above the first section say; brackets and dates behind a name are left out."""
    found = properties(_pairs(_head(elements)))
    named = {name: _ASIDE.sub("", value) or None for name, value in found if value and name not in ("title", "date")}
    return found.model_copy(update=named)


def _head(elements: Sequence[Element]) -> Iterator[Element]:
    for at, element in enumerate(elements[:_LOOKED_AT]):
        section = element.kind == "heading" and (element.level > 1 or numbering(element.text) is not None)
        if section and at > 0:
            return
        yield element


def _pairs(elements: Iterator[Element]) -> Iterator[tuple[str, str]]:
    for element in elements:
        if element.kind != "heading":
            yield from _pairs_in(element.text)
        if element.table and not element.table.header:
            for row in element.table.rows:
                # A form: label, value, and often once more to the right.
                yield from zip(row.cells[0::2], row.cells[1::2], strict=False)


def _pairs_in(line: str) -> Iterator[tuple[str, str]]:
    """`编制人：顾南舟    日期：2026-03-18` are two pairs; a gap may also stand inside a label (`日  期：`)."""
    text, at = _GAP.sub("  ", line), 0
    while pair := _PAIR.match(text, at):
        yield pair["label"].rstrip("：: "), pair["value"]
        at = pair.end()
