"""What a view consists of: its description, and the pieces that a browser asks for one by one."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from ingest.document import Value

Kind = Literal["pages", "slides", "sheets", "flow", "lines"]

DESCRIPTION = "view.json"
PLACES = "places.json"
CONVERTED_SHEETS = "converted.xlsx"
"""Where the rows of a workbook of another format are read from."""

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("pdf", "png", "jpg", "bmp", "tiff", "webp"), "pages"),
    **dict.fromkeys(("pptx", "ppt", "odp"), "slides"),
    **dict.fromkeys(("xlsx", "xls", "ods", "xlsb"), "sheets"),
    **dict.fromkeys(("md", "txt", "csv"), "lines"),
}


def kind_of(form: str) -> Kind:
    """How a file whose content has this format is looked at."""
    return _KINDS.get(form, "flow")


class Part(Value):
    """A page, slide or sheet (a flow and lines have one part). `width` and `height` are in the unit of its boxes;
    `pieces` are the first and last row, line or element (from 1) in each of its pieces.
    """

    number: int
    name: str = ""
    width: float = 0
    height: float = 0
    hidden: bool = False
    columns: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    pieces: tuple[tuple[int, int], ...] = ()


class Heading(Value):
    """A line of the outline: what it leads to is element or line `at` of the part."""

    text: str
    level: int
    part: int = 1
    at: int = 1


class Description(Value):
    """A view as a whole."""

    kind: Kind
    format: str
    parts: tuple[Part, ...]
    outline: tuple[Heading, ...] = ()


def write_piece(folder: Path, part: int, piece: int, content: Any) -> None:
    """Keep piece `piece` (from 1) of a part."""
    (folder / piece_name(part, piece)).write_bytes(as_piece(content))


def as_piece(content: Any) -> bytes:
    """What the file of a piece holds."""
    return json.dumps(content, ensure_ascii=False).encode()


def piece_name(part: int, piece: int) -> str:
    """The file of a piece."""
    return f"piece-{part}-{piece}.json"


def write_pieces(folder: Path, part: int, items: list[Any], size: int) -> tuple[tuple[int, int], ...]:
    """Keep items in pieces of `size`; the first and last of each, from 1."""
    spans = []
    for start in range(0, len(items), size):
        spans.append((start + 1, min(start + size, len(items))))
        write_piece(folder, part, len(spans), items[start : start + size])
    return tuple(spans)


def plain(text: str) -> str:
    """The text as it is compared: without white space, which every format breaks otherwise."""
    return "".join(text.split())


def shortened(texts: Iterable[str], most: int) -> str:
    """The texts on one line of at most `most` characters."""
    line = " ".join(" ".join(texts).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
