"""What the body of a Word document is read into: lines, tables, notes, what hangs on a block, what is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ingest.document import LeftOutReason, Locator, ParsedDocument
from ingest.parse.table.shape import Shape

Role = Literal["title", "caption", "code", "body"]


class Place(NamedTuple):
    """Where an item stands: block of the body and row of the table there, both from 1, and the page if it is known.
    What nothing in the body refers to stands nowhere.
    """

    paragraph: int | None
    row: int | None = None
    page: int | None = None

    def locator(self, headings: tuple[str, ...] = ()) -> Locator:
        """The place below these headings."""
        return Locator(kind="section", headings=headings, paragraph=self.paragraph, row=self.row, page=self.page)


@dataclass(frozen=True)
class Line:
    """A line of text as the reader sees it, its automatic number or bullet included.

    `level` is the heading level that the file states, if any; `depth` is the depth in an automatic list, 0 outside;
    `counts` says that its label is a number, `empty` that there is nothing but the label. `framed` lines stand in a box
    or a one-cell table.
    """

    at: Place
    text: str
    role: Role = "body"
    level: int | None = None
    depth: int = 0
    counts: bool = False
    bold: bool = False
    size: float = 0.0
    centred: bool = False
    framed: bool = False
    empty: bool = False


@dataclass(frozen=True)
class TableItem:
    """A table, understood; `places` has the place of each row of the grid, `repeated` how often its header recurs."""

    at: Place
    shape: Shape
    places: tuple[Place, ...]


@dataclass(frozen=True)
class NoteItem:
    """A footnote, endnote, comment, hidden description or link address, at the block its anchor is in."""

    at: Place
    text: str


@dataclass(frozen=True)
class HangingItem:
    """A chart, a picture, an embedded file: `read` gives what it holds, once its place (headings too) is known."""

    at: Place
    read: Callable[[Locator], ParsedDocument]


@dataclass(frozen=True)
class LeftItem:
    """Text that is kept out of the elements, and why."""

    at: Place
    reason: LeftOutReason
    text: str


Item = Line | TableItem | NoteItem | HangingItem | LeftItem
