"""Draws what was understood of a file as a tree in the terminal."""

import re
from collections.abc import Sequence

from rich import box
from rich.console import Console, Group
from rich.table import Table as Grid
from rich.text import Text
from rich.tree import Tree

from ingest.document import Element, LeftOut, Table, Unread
from ingest.inspect.reading import Understood

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""A document must not steer the terminal."""
_STYLES = {"code": "cyan", "caption": "italic", "note": "yellow"}
_SURE, _FAIR = 0.9, 0.7
_MOST_LEFT_OUT = 40


def show(understood: Understood, console: Console) -> None:
    """Print the tree: metadata, headings with what stands below them, then what was kept out and what was not read."""
    metadata = understood.metadata
    root = Tree(Text.assemble((_clean(metadata.title), "bold"), (f"  {_clean(metadata.path)}", "dim")))
    about = {name: value for name, value in metadata if value and name not in ("id", "title", "path")}
    root.add(Text("  ".join(f"{name}: {_clean(str(value))}" for name, value in about.items()), "dim"))
    _unread(root, understood.document.unread)
    _elements(root, understood.document.elements)
    _left_out(root, understood.document.left_out)
    counts = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in understood.counts().items())
    root.add(Text(counts or "nothing", "dim"))
    console.print(root)


def _elements(root: Tree, elements: Sequence[Element]) -> None:
    open_headings: list[tuple[int, Tree]] = [(0, root)]
    for element in elements:
        if element.kind == "heading":
            while open_headings[-1][0] >= max(element.level, 1):
                open_headings.pop()
            branch = open_headings[-1][1].add(_line(element, "bold"))
            open_headings.append((max(element.level, 1), branch))
        elif element.table is not None:
            open_headings[-1][1].add(Group(Text(_place(element), "dim"), _grid(element.table)))
        else:
            open_headings[-1][1].add(_line(element, _STYLES.get(element.kind, "")))


def _line(element: Element, style: str) -> Text:
    indent = "  " * (element.level - 1) if element.kind == "list_item" else ""
    line = Text(indent + _clean(element.text), style)
    if element.confidence is not None:
        colour = "green" if element.confidence >= _SURE else "yellow" if element.confidence >= _FAIR else "red"
        line.append(f"  {element.confidence:.0%}", colour)
    return line.append(f"  {_place(element)}", "dim not bold")


def _place(element: Element) -> str:
    """The place without the headings, which the tree shows."""
    bare = element.locator.model_copy(update={"headings": ()})
    picture = f" · {bare.picture}" if bare.picture else ""
    return _clean(f"[{bare.label}{picture}]")


def _grid(table: Table) -> Grid:
    grid = Grid(box=box.ROUNDED, show_header=bool(table.header), header_style="bold", show_lines=False)
    columns = len(table.header) or max((len(row.cells) for row in table.rows), default=0)
    for at in range(columns):
        grid.add_column(Text(_clean(table.header[at])) if table.header else "", overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(_clean(cell)) for cell in row.cells[:columns]))
    return grid


def _left_out(root: Tree, left_out: Sequence[LeftOut]) -> None:
    by_reason: dict[str, list[LeftOut]] = {}
    for one in left_out:
        by_reason.setdefault(one.reason, []).append(one)
    for reason, kept_out in by_reason.items():
        branch = root.add(Text(f"left out as {reason.replace('_', ' ')}: {len(kept_out)}", "bright_black"))
        for one in kept_out[:_MOST_LEFT_OUT]:
            branch.add(Text(f"{_clean(one.text)}  [{_clean(one.locator.label)}]", "bright_black"))
        if len(kept_out) > _MOST_LEFT_OUT:
            branch.add(Text(f"… and {len(kept_out) - _MOST_LEFT_OUT} more (all with --json)", "bright_black"))


def _unread(root: Tree, unread: Sequence[Unread]) -> None:
    for one in unread:
        place = f"  [{_clean(one.locator.label)}]" if one.locator else ""
        root.add(Text.assemble((f"✗ {_clean(one.message)}", "red"), (f" {_clean(one.hint)}", ""), (place, "dim")))


def _clean(text: str) -> str:
    return _CONTROLS.sub("�", text)
