"""Lines as they were typed: lists with their numbers and bullets by hand, and lines wrapped by hand."""

import re
from collections.abc import Iterable

from ingest.parse.headings import HeadingPath, numbering

_BULLET = re.compile(r"^(?:[•●○■□◆◇▪▫➢➤▶√✓·]\s*|[–—\-*](?:\s+|(?!\d)))(?=\S)")
_LAST_NARROW = 0x2E7F
_SCHEMES = {"arabic-dot", "arabic-comma", "arabic-bracket", "circled", "letter", "han", "han-bracket"}


class TypedList:
    """The list that the lines of one section form; how deep an item is follows from the numbers before it."""

    def __init__(self) -> None:
        self._path = HeadingPath()

    def level(self, text: str) -> int:
        """The depth of the item `text` (1 is outermost), or 0 where it opens with neither number nor bullet."""
        number = numbering(text)
        if number and number.scheme in _SCHEMES:
            self._path.enter(text)
            return len(self._path.path)
        return len(self._path.path) + 1 if _BULLET.match(text) else 0


def join_lines(lines: Iterable[str]) -> str:
    """The lines of a cell or a box on one line; `数量` and `（张）` below it read as one word."""
    joined = ""
    for line in filter(None, lines):
        joined += line if not joined or line.startswith(("（", "(")) else f" {line}"
    return joined


def join_wrapped(line: str, following: str) -> str:
    """Two lines of one text as one line: Chinese joins as it stands, other scripts with a space."""
    wide = ord(line[-1:] or " ") > _LAST_NARROW or ord(following[:1] or " ") > _LAST_NARROW
    return f"{line}{following}" if wide else f"{line} {following}"
