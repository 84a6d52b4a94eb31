"""A manuscript's text as blocks: Markdown's headings, lists, tables and code, and lines that begin with `@`.

`| a | < |` and `| ^ | b |` continue the cell to the left and the one above. `@表 表3-1 …` before a table is its caption,
`@head 2` its number of header rows (default 1), `@label` shades its first column. Every other `@name rest` is a
`Mark` that the format's writer understands or rejects.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Items = list["str | Items"]


@dataclass
class Heading:
    level: int
    text: str


@dataclass
class Text:
    text: str


@dataclass
class Listing:
    numbered: bool
    items: Items


@dataclass
class Grid:
    rows: list[list[str]]
    head: int = 1
    caption: str = ""
    label: bool = False


@dataclass
class Code:
    text: str


@dataclass
class Mark:
    name: str
    rest: str


Block = Heading | Text | Listing | Grid | Code | Mark

_HEADING = re.compile(r"(#+) (.+)")
_ITEM = re.compile(r"( *)(-|\d+\.) (.+)")
_MARK = re.compile(r"@(\w+) ?(.*)")


@dataclass
class _Lines:
    lines: list[str]
    at: int = 0
    options: dict[str, str] = field(default_factory=dict)

    def peek(self) -> str | None:
        return self.lines[self.at] if self.at < len(self.lines) else None

    def next(self) -> str:
        self.at += 1
        return self.lines[self.at - 1]


def read(text: str) -> Iterator[Block]:
    """The blocks of a manuscript's body. Blank lines part paragraphs; a single line end inside one is kept."""
    source = _Lines(text.splitlines())
    while (line := source.peek()) is not None:
        if not line.strip():
            source.next()
        elif found := _HEADING.fullmatch(line):
            source.next()
            yield Heading(len(found[1]), found[2].strip())
        elif line.startswith("```"):
            yield _code(source)
        elif line.startswith("|"):
            yield _grid(source)
        elif line.startswith("@"):
            found = _MARK.fullmatch(source.next())
            if not found:
                raise ValueError(f"what is this line: {line}")
            if found[1] in ("head", "label", "表"):
                source.options["caption" if found[1] == "表" else found[1]] = found[2]
            else:
                yield Mark(found[1], found[2])
        elif _ITEM.fullmatch(line):
            yield _listing(source)
        else:
            yield Text(source.next().strip())


def _code(source: _Lines) -> Code:
    source.next()
    lines = []
    while (line := source.next()) != "```":
        lines.append(line)
    return Code("\n".join(lines))


def _grid(source: _Lines) -> Grid:
    rows = []
    while (line := source.peek()) is not None and line.startswith("|"):
        rows.append([cell.strip().replace("<br>", "\n") for cell in source.next().strip().strip("|").split("|")])
    wide = {len(row) for row in rows}
    if len(wide) != 1:
        raise ValueError(f"rows of unequal length: {next(row for row in rows if len(row) != len(rows[0]))}")
    options, source.options = source.options, {}
    head = int(options.get("head", 1))
    return Grid(rows, head, options.get("caption", ""), "label" in options)


def _listing(source: _Lines) -> Listing:
    items: Items = []
    stack = [items]
    numbered = False
    while (line := source.peek()) is not None and (found := _ITEM.fullmatch(line)):
        source.next()
        numbered = numbered or (found[2] != "-" and not found[1])
        depth = len(found[1]) // 2
        while len(stack) > depth + 1:
            stack.pop()
        while len(stack) < depth + 1:
            inner: Items = []
            stack[-1].append(inner)
            stack.append(inner)
        stack[-1].append(found[3])
    return Listing(numbered, items)
