"""Cuts an RTF file into its tokens (Rich Text Format 1.9.1, section «Conventions of an RTF reader»)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)


class Token(NamedTuple):
    """`kind` is `{`, `}`, `word` (a control word or symbol, its name in `name`), `bytes` (text in the code page in
    force) or `binary`.
    """

    kind: str
    name: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(source: bytes) -> Iterator[Token]:
    """The tokens of `source` in order; what is no token is passed over."""
    at = 0
    while match := _TOKEN.search(source, at):
        at = match.end()
        if match["word"]:
            name, number = match["word"].decode("ascii"), int(match["number"]) if match["number"] else None
            if name == "bin" and number and number > 0:
                yield Token("binary", data=source[at : at + number])
                at += number
            else:
                yield Token("word", name, number)
        elif match["hex"]:
            yield Token("bytes", data=bytes.fromhex(match["hex"].decode("ascii")))
        elif match["symbol"]:
            yield Token("word", match["symbol"].decode("latin-1"))
        elif match["brace"]:
            yield Token(match["brace"].decode("ascii"))
        else:
            yield Token("bytes", data=match["text"])
