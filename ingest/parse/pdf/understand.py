"""From pages to a document: what belongs to the pages goes, the rest becomes paragraphs, headings, lists and tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Element, LeftOut, Locator
from ingest.parse.pdf.contents import drop_contents
from ingest.parse.pdf.furniture import drop_furniture
from ingest.parse.pdf.outline import Outline, stated_headings
from ingest.parse.pdf.page_text import PageText
from ingest.parse.pdf.paragraphs import read_blocks
from ingest.parse.pdf.scan import marked
from ingest.parse.pdf.style import body_style


@dataclass(frozen=True)
class Understood:
    """The document's elements in order, what was left out, and the title its cover shows."""

    elements: tuple[Element, ...]
    left_out: tuple[LeftOut, ...]
    title: str | None


def understand(pages: Sequence[PageText], bookmarks: Sequence[tuple[int, str]] = ()) -> Understood:
    """The pages (which lose what is left out) as a document. `bookmarks` are levels (from 0) and titles."""
    drop_furniture(pages)
    stated = stated_headings(bookmarks, drop_contents(pages))
    style = body_style(pages)
    outline = Outline(read_blocks(pages, style, stated), style, stated, pages)
    elements = tuple(marked(outline.elements(), pages))
    return Understood(elements, tuple(_left_out(pages)), outline.title)


def _left_out(pages: Sequence[PageText]) -> Iterator[LeftOut]:
    for page in pages:
        for one in page.dropped:
            place = Locator(kind="page", page=page.number, bbox=page.displayed(one.box))
            yield LeftOut(reason=one.reason, text=one.text, locator=place)
