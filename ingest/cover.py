"""Reads what a document's first lines say about it: `版本：V1.2`, a cover table with 编制人 and 日期."""

import re
from collections.abc import Iterator, Sequence

from ingest.document import Element, Properties
from ingest.labels import properties
from ingest.parse.headings import numbering

_PAIR = re.compile(r"(?:[-*+•]\s+)?(?P<label>[\w\s]{1,12}?)\s*[：:]\s*(?P<value>\S.*)")
_ASIDE = re.compile(r"\s*(?:[（(]|[，,]\s*\d).*$")
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
        pair = _PAIR.fullmatch(element.text) if element.kind != "heading" else None
        if pair:
            yield pair["label"], pair["value"]
        if element.table and not element.table.header:
            for row in element.table.rows:
                # A form: label, value, and often once more to the right.
                yield from zip(row.cells[0::2], row.cells[1::2], strict=False)
