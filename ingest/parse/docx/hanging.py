"""What hangs on a block of a Word document and is read by others: charts, pictures, embedded files, linked texts."""

import posixpath
from collections.abc import Iterator
from functools import partial

from ingest.document import Locator, ParsedDocument
from ingest.parse.context import Context
from ingest.parse.docx.items import HangingItem, Item, NoteItem, Place
from ingest.parse.docx.text import Content
from ingest.parse.office.embedded import embedded_file
from ingest.parse.office.graphics import graphic
from ingest.parse.office.parts import Parts

_NOTHING = ParsedDocument(elements=())


class Hanging:
    """Finds what a paragraph's drawings refer to in the parts related to the document's own."""

    def __init__(self, parts: Parts, part: str, context: Context) -> None:
        self._parts = parts
        self._part = part
        self._context = context
        self._linked: set[tuple[str, str]] = set()

    def items(self, content: Content, at: Place) -> Iterator[Item]:
        """Descriptions, charts and SmartArt, pictures and embedded files, then the addresses that links hide."""
        drawn = content.drawn
        for description in drawn.descriptions:
            yield NoteItem(at, description)
        kinds = ((drawn.graphics, self._graphic), (drawn.pictures, self._picture), (drawn.files, self._file))
        for relationships, read in kinds:
            for relationship in relationships:
                relation = self._parts.by_id(self._part, relationship)
                if relation is not None and not relation.outside:
                    yield HangingItem(at, partial(read, relation.target))
        for link in content.links:
            address, text = link.target(self._parts, self._part), " ".join(link.text.split())
            if address and text and address not in content.text and (text, address) not in self._linked:
                self._linked.add((text, address))
                yield NoteItem(at, f"{text}：{address}")

    def chunk(self, relationship: str, at: Place) -> Iterator[Item]:
        """A text in another format that Word takes in where `w:altChunk` stands."""
        relation = self._parts.by_id(self._part, relationship)
        if relation is not None and not relation.outside:
            yield HangingItem(at, partial(self._file, relation.target))

    def _graphic(self, part: str, place: Locator) -> ParsedDocument:
        root = self._parts.xml(part)
        return _NOTHING if root is None else ParsedDocument(elements=tuple(graphic(root, place)))

    def _picture(self, part: str, place: Locator) -> ParsedDocument:
        if self._context.pictures is None:
            return _NOTHING
        blob = self._parts.blob(part)
        return _NOTHING if blob is None else self._context.picture(blob, place.model_copy(update={"picture": part}))

    def _file(self, part: str, place: Locator) -> ParsedDocument:
        if self._context.nested is None:
            return _NOTHING
        blob = self._parts.blob(part)
        found = embedded_file(posixpath.basename(part), blob) if blob else None
        return _NOTHING if found is None else self._context.inside(*found, place)
