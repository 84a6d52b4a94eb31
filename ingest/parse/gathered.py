"""What a parser has found so far, taken together from the file itself, its pictures and the files inside it."""

from dataclasses import dataclass, field

from ingest.document import Element, LeftOut, ParsedDocument, Properties, Unread


@dataclass
class Gathered:
    """Elements, what was left out and what could not be read, in reading order."""

    elements: list[Element] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def take(self, document: ParsedDocument) -> None:
        """Add all that `document` has; its properties speak of another file and are not taken."""
        self.elements += document.elements
        self.left_out += document.left_out
        self.unread += document.unread

    def document(self, properties: Properties | None = None) -> ParsedDocument:
        """All of it as one document."""
        return ParsedDocument(
            elements=tuple(self.elements),
            properties=properties or Properties(),
            left_out=tuple(self.left_out),
            unread=tuple(self.unread),
        )
