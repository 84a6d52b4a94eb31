"""Text files as their lines, counted as the parsers count them."""

import re
from pathlib import Path

from ingest.parse.plain.encoding import read_text
from ingest.view.made import Description, Heading, Part, shortened, write_pieces

_PIECE = 400
_LONGEST = 4000
"""Characters of a line that are shown: a browser lays out no line of a megabyte."""
_HEADING = re.compile(r"(?P<marks>#{1,6})\s*(?P<text>[^#\s].*?)[\s#]*")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_MOST_HEADINGS = 2000


def make(path: Path, folder: Path, form: str) -> Description:
    """Write the lines of the text file at `path` into `folder`. Raises what `read_text` raises."""
    lines = read_text(path).split("\n")
    shown = [line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…" for line in lines]
    spans = write_pieces(folder, 1, shown, _PIECE)
    outline = _outline(lines) if form == "md" else ()
    return Description(kind="lines", format=form, parts=(Part(number=1, pieces=spans),), outline=outline)


def _outline(lines: list[str]) -> tuple[Heading, ...]:
    found, fenced = [], False
    for number, line in enumerate(lines, 1):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (match := _HEADING.fullmatch(line)):
            found.append(Heading(text=shortened([match["text"]], 120), level=len(match["marks"]), at=number))
    return tuple(found[:_MOST_HEADINGS])
