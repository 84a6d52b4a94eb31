"""A chunk: what is embedded, found and cited. It is made of spans, each with a place of its own."""

import re
from typing import Literal

from ingest.document import Locator, Value, cover

_TOTAL = re.compile("合计|总计|小计")

SpanKind = Literal["text", "heading", "caption", "list_item", "row", "code", "note"]


class Span(Value):
    """The smallest part of a chunk that has its own place: a paragraph (or some of its sentences), a list item, a row.

    A row's `cells` are its columns in order; its `text` is those cells joined by ` | `, as they stand in the document.
    `confidence` is that of the element or row: set where the text was recognised in a picture.
    """

    text: str
    locator: Locator
    kind: SpanKind = "text"
    cells: tuple[str, ...] = ()
    confidence: float | None = None


class Chunk(Value):
    """Consecutive spans under one heading path.

    `seq` is the chunk's place in its document, from 0. `header` names the columns when the spans are rows of a table.
    `id` is a UUID derived from the document's id, `seq` and the text, so the same content gives the same id.
    """

    id: str
    document_id: str
    seq: int
    headings: tuple[str, ...]
    spans: tuple[Span, ...]
    header: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The spans as they stand in the document, one to a line; a table's header line stands above its first row."""
        lines = [span.text for span in self.spans]
        if self.header:
            first_row = next((at for at, span in enumerate(self.spans) if span.kind == "row"), 0)
            lines.insert(first_row, " | ".join(self.header))
        return "\n".join(lines)

    @property
    def locator(self) -> Locator:
        """The place that covers all spans."""
        return cover([span.locator for span in self.spans])

    def readable(self, span: Span) -> str:
        """The span as a sentence: a table row with each cell named by its column (`型号：910B3；张数：74`)."""
        if span.kind != "row" or not self.header:
            return span.text
        before, pairs = "", []
        for name, cell in zip(self.header, span.cells, strict=False):
            # A total's label is merged over columns; other equal neighbours are facts of their own (RPO 0, RTO 0).
            if cell and not (cell == before and _TOTAL.search(cell)):
                pairs.append(f"{name}：{cell}" if name else cell)
            before = cell
        return "；".join(pairs)

    def embedding_text(self, title: str) -> str:
        """What is embedded and indexed lexically: the title and heading path, then every span as a sentence."""
        path = " › ".join((title, *self.headings))
        return "\n".join([path, *(self.readable(span) for span in self.spans)])
