"""What a parser is given besides the file: what to look for, and who reads the pictures and files inside it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ingest.document import Locator, ParsedDocument

if TYPE_CHECKING:
    from ingest.parse.ocr.recogniser import Recogniser

MIB = 2**20


class PictureReader(Protocol):
    """Finds the text in pictures (OCR)."""

    def read(self, picture: bytes, place: Locator) -> ParsedDocument:
        """The texts and tables in the picture, in reading order, each at `place` with its box and confidence.

        `picture` is an image file; `place` names it (`picture`) and says where it stands. Nothing when it has no text,
        is too small to have any, or was read before in this document (a logo on each page). Never raises for the
        picture's sake: what cannot be read is in `unread`, with what to do.
        """


class NestedReader(Protocol):
    """Reads the files inside a file: attachments, embedded workbooks."""

    def read(self, name: str, content: bytes, place: Locator) -> ParsedDocument:
        """What the file of this name holds; each locator has the name in `within` and `place` is where it hangs.

        Never raises for the file's sake: what cannot be read is in `unread`, with what to do.
        """


def nobody_watches(_done: int, _total: int) -> None:
    """For parsers whose progress nobody follows."""


@dataclass(frozen=True)
class Context:
    """Handed to every parser, and on to the parsers of what is inside.

    `max_bytes` is the largest file taken. `formulas` asks for a cell's formula beside its value. Without `pictures`
    or `nested`, those are passed over; without `recogniser` scanned pages are. `progress` is told (done, total) pages
    while a long file is read; a parser that is silent for too long is stopped.
    """

    max_bytes: int = 200 * MIB
    formulas: bool = False
    pictures: PictureReader | None = None
    nested: NestedReader | None = None
    recogniser: "Recogniser | None" = None
    progress: Callable[[int, int], None] = nobody_watches

    def picture(self, content: bytes, place: Locator) -> ParsedDocument:
        """What a picture says; nothing when pictures are not read."""
        return self.pictures.read(content, place) if self.pictures else ParsedDocument(elements=())

    def inside(self, name: str, content: bytes, place: Locator) -> ParsedDocument:
        """What an embedded file holds; nothing when those are not read."""
        return self.nested.read(name, content, place) if self.nested else ParsedDocument(elements=())


PLAIN = Context()
"""Text and tables only."""
