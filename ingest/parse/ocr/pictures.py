"""Reads the pictures inside one document: screenshots, diagrams, pasted scans. Logos and repeats only once."""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ingest.document import Element, LeftOut, Locator, ParsedDocument, Unread
from ingest.errors import DocumentError
from ingest.parse.context import nobody_watches
from ingest.parse.ocr.blocks import elements_of, illegible_in
from ingest.parse.ocr.decode import frames
from ingest.parse.ocr.metafile import is_metafile, to_png
from ingest.parse.ocr.page_reading import read_page_picture
from ingest.parse.ocr.recogniser import Image, Recogniser
from ingest.parse.ocr.zoom import zoomed
from ingest.said import Said

MOST_PICTURES = 500
"""Pictures looked at in one document."""
MOST_SECONDS = 900.0
"""Spent on the pictures of one document."""
_MOST_PAGES = 100  # of a TIFF inside a document
_SHORTEST, _LONGEST = 14, 48
"""Pixels that the shorter and the longer side must have for a character to be readable."""
_PLAIN = 6.0
"""Standard deviation of grey values below which there is nothing on a picture but a tint."""
_SIGN_EVERY_S = 10.0


@dataclass
class PictureText:
    """The `PictureReader` of one document: it remembers what it has read."""

    recogniser: Recogniser
    progress: Callable[[int, int], None] = nobody_watches
    _seen: dict[bytes, str] = field(default_factory=dict)
    _texts: set[str] = field(default_factory=set)
    _spent: float = 0.0
    _count: int = 0
    _lines: int = 0
    _sign: float = field(default_factory=time.monotonic)

    def read(self, picture: bytes, place: Locator) -> ParsedDocument:
        """As `PictureReader` says. What stood in another picture of the document before, word for word, is left out as
        repeated, whatever its size.
        """
        name = place.picture or "a picture"
        start = time.monotonic()
        try:
            return self._read(picture, name, place)
        except DocumentError as error:
            return _unread(error.message, error.hint, place)
        finally:
            self._spent += time.monotonic() - start

    def _read(self, content: bytes, name: str, place: Locator) -> ParsedDocument:
        if is_metafile(content):
            content = to_png(content, name, self.progress)
        elements: list[Element] = []
        left_out: list[LeftOut] = []
        for image in frames(content, name, most=_MOST_PAGES):
            if _is_blank(image):
                continue
            digest = hashlib.sha256(repr(image.shape).encode() + image.tobytes()).digest()
            if digest not in self._seen:
                refused = self._refusal(name, place)
                if refused:
                    return refused.model_copy(update={"elements": tuple(elements), "left_out": tuple(left_out)})
                self._count += 1
                larger, zoom = zoomed(image)
                reading = read_page_picture(larger, self.recogniser, self._told)
                found = list(elements_of(reading, place, zoom))
                left_out += illegible_in(reading, place, zoom)
                text = "\n".join(_texts(found))
                self._seen[digest] = text
                if (words := "".join(text.split())) not in self._texts:
                    self._texts.add(words)
                    elements += found
                    continue
            if self._seen[digest]:
                left_out.append(LeftOut(reason="repeated", text=self._seen[digest], locator=place))
        return ParsedDocument(elements=tuple(elements), left_out=tuple(left_out))

    def _told(self, lines: int) -> None:
        """A picture may take a minute: the lines read tell that it goes on."""
        self._lines += lines
        now = time.monotonic()
        if now - self._sign > _SIGN_EVERY_S:
            self._sign = now
            self.progress(self._lines, self._lines)

    def _refusal(self, name: str, place: Locator) -> ParsedDocument | None:
        if self._count >= MOST_PICTURES:
            what = Said(
                "{name} was not read: the document holds more than {most_pictures} different pictures.",
                name=name,
                most_pictures=MOST_PICTURES,
            )
            return _unread(what, "Save the pages with pictures that matter as a file of their own.", place)
        if self._spent >= MOST_SECONDS:
            what = Said(
                "{name} was not read: the document's pictures took more than {most_seconds} s.",
                name=name,
                most_seconds=f"{MOST_SECONDS:.0f}",
            )
            return _unread(what, "Save the pages with pictures that matter as a file of their own.", place)
        return None


def _is_blank(image: Image) -> bool:
    height, width = image.shape
    return min(height, width) < _SHORTEST or max(height, width) < _LONGEST or float(image.std()) < _PLAIN


def _texts(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.table:
            yield " | ".join(element.table.header)
            yield from (" | ".join(row.cells) for row in element.table.rows)
        else:
            yield element.text


def _unread(message: str, hint: str, place: Locator) -> ParsedDocument:
    return ParsedDocument(elements=(), unread=(Unread(message=message, hint=hint, locator=place),))
