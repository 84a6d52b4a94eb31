"""The shared strings of a workbook, each read when a cell shows it: a ledger has hundreds of thousands."""

import re
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import overload

from lxml import etree

from ingest.parse.xlsx.strings import item_text, read_strings

_ROOT = re.compile(rb"<(\w+:)?sst\b[^>]*>")
_ITEM = re.compile(rb"<(?:\w+:)?si\b")


def strings_of(xml: bytes) -> Sequence[str]:
    """The texts in order. Raises what `read_strings` raises, partly when a text is asked for."""
    root = _ROOT.search(xml)
    # Comments and CDATA may hold anything.
    if root is None or root[0].endswith(b"/>") or b"<!" in xml:
        return read_strings(BytesIO(xml))
    return _Strings(xml, root)


class _Strings(Sequence[str]):
    def __init__(self, xml: bytes, root: re.Match[bytes]) -> None:
        self._xml = xml
        self._head = xml[: root.end()]
        self._close = b"</" + (root[1] or b"") + b"sst>"
        last = xml.rfind(self._close)
        self._starts = [match.start() for match in _ITEM.finditer(xml, root.end())]
        self._ends = [*self._starts[1:], last if last > 0 else len(xml)]
        self._read = lru_cache(maxsize=65_536)(self._parsed)

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        return self._read(at) if isinstance(at, int) else [self._read(one) for one in range(*at.indices(len(self)))]

    def _parsed(self, at: int) -> str:
        item = self._xml[self._starts[at] : self._ends[at]]
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return item_text(etree.fromstring(b"".join((self._head, item, self._close)), parser)[0])
