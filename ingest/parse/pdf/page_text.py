"""What is kept of a PDF page once its characters are set into lines and tables."""

from dataclasses import dataclass, field

from ingest.document import BBox, LeftOutReason
from ingest.parse.pdf.lines import Line
from ingest.parse.pdf.pictures import Picture
from ingest.parse.pdf.tables import PageTable


@dataclass(frozen=True)
class Dropped:
    """Text that is kept out of the document on purpose: why, what, and where on the page as it was read."""

    reason: LeftOutReason
    text: str
    box: BBox


@dataclass
class PageText:
    """What a page holds, once read: its lines in reading order and its tables.

    `turn` says how far the page was turned clockwise for reading, because most of its text stands otherwise; all
    coordinates and sizes here are those of the turned page. `pictures` are those that say something; `notes` the
    remarks that readers pinned to it. `needs_recognition`: there is something on the page, and no text that a program
    can read. `label` is the number the file gives the page (`iv`, `A-3`); `unmapped` counts characters
    that only their font understands.
    """

    number: int
    width: float
    height: float
    turn: int = 0
    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    needs_recognition: bool = False
    label: str = ""
    unmapped: int = 0

    def drop(self, line: Line, reason: LeftOutReason) -> None:
        """Remember that `line` is kept out of the text."""
        self.dropped.append(Dropped(reason, line.text, line.box))

    def displayed(self, box: BBox) -> BBox:
        """A box on the page as a viewer shows it."""
        x0, y0, x1, y1 = box
        match self.turn:
            case 90:
                return y0, self.width - x1, y1, self.width - x0
            case 180:
                return self.width - x1, self.height - y1, self.width - x0, self.height - y0
            case 270:
                return self.height - y1, x0, self.height - y0, x1
            case _:
                return box
