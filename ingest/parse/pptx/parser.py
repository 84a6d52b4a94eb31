"""Parses PowerPoint decks (.pptx, .pptm, .ppsx, .potx), part by part, with lxml.

python-pptx does not serve here: it reads all parts at once, gives up on the deck for one that is missing, and takes no
slide shows, templates or Strict files. unstructured gives no shape id, takes any short Chinese line for a title, and
leaves out charts, SmartArt and the reading order of columns.

Locator: kind `slide`; `slide` counts from 1 in the order shown, hidden slides included (marked `（隐藏）`); `shape` is
the shape's id on that slide (`p:cNvPr/@id`, also of shapes inside groups; absent for notes) and `bbox` its box in
points; `row` counts a table's rows; `headings` is the section's name, where it has one, and the slide's title.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

from ingest.document import Element, LeftOut, Locator, ParsedDocument, Unread
from ingest.errors import EmptyDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.office.package import reading
from ingest.parse.office.parts import Parts
from ingest.parse.office.properties import package_properties
from ingest.parse.pptx.deck import Deck, read_deck
from ingest.parse.pptx.layout import Layouts
from ingest.parse.pptx.objects import Objects
from ingest.parse.pptx.shapes import Shape
from ingest.parse.pptx.slide import SlideReader
from ingest.parse.pptx.text import read_lines
from ingest.said import Said

_CONTENTS_TITLES = {"目录", "目次", "contents", "content", "tableofcontents", "目录contents", "contents目录"}
_FOOTER_PART = 0.88
_MAX_FOOTER_CHARS = 60
_MAX_CONTENTS_CHARS = 30
_KEPT = 500
"""Slides of a longer deck are opened twice (first for the footers they share) rather than kept in memory."""


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """The elements and properties of the deck at `path`; slides and parts that cannot be read are named in `unread`.

    Raises a DocumentError: EmptyDocument, EncryptedDocument, DamagedDocument, UnsupportedFormat (an old .ppt, another
    Office format), DocumentTooLarge or UnreadableFile.
    """
    with reading(path, "pptx"), ZipFile(path) as archive:
        document = _read(Parts(archive), context)
    if not document.elements and not document.unread:
        raise EmptyDocument(
            Said("{name} has no text in it.", name=path.name),
            "If its slides are pictures, export it as a PDF with OCR.",
        )
    return document


def _read(parts: Parts, context: Context) -> ParsedDocument:
    deck, layouts = read_deck(parts), Layouts(parts)
    numbers = range(1, len(deck.slides) + 1)
    kept = {} if len(numbers) > _KEPT else {number: _open(parts, deck, layouts, number) for number in numbers}
    shared = _repeated_footers(deck, [_foot(kept.get(at) or _open(parts, deck, layouts, at), deck) for at in numbers])
    elements: list[Element] = []
    left_out: list[LeftOut] = []
    unread: list[Unread] = []
    first_title = None
    for number in numbers:
        slide = kept.pop(number, None) or _open(parts, deck, layouts, number)
        if slide is not None:
            objects = Objects(parts, deck.slides[number - 1].part, context)
            slide.drop(shared.get(number, frozenset()))
            found = list(slide.elements(objects, deck.people))
            contents = _is_contents(found)
            left_out += [_as_left_out(element) for element in found] if contents else []
            elements += [] if contents else found
            left_out += [*slide.left_out, *objects.left_out]
            unread += objects.unread
            first_title = slide.title if number == 1 else first_title
        context.progress(number, len(numbers))
    properties = package_properties(parts)
    if properties.title is None:
        properties = properties.model_copy(update={"title": first_title})
    return ParsedDocument(
        elements=tuple(elements),
        properties=properties,
        left_out=tuple(left_out),
        unread=(*unread, *_located(parts, deck)),
    )


def _open(parts: Parts, deck: Deck, layouts: Layouts, number: int) -> SlideReader | None:
    slide = deck.slides[number - 1]
    root = parts.xml(slide.part)
    if root is None:
        return None
    return SlideReader(slide.part, root, number, deck.height, parts, layouts, slide.section)


def _located(parts: Parts, deck: Deck) -> list[Unread]:
    """The parts that could not be read; of a slide with its place."""
    places = {slide.part: Locator(kind="slide", slide=at) for at, slide in enumerate(deck.slides, 1)}
    named = ((next((place for part, place in places.items() if f" {part} " in one.message), None), one)
             for one in parts.unread)  # fmt: skip
    return [one.model_copy(update={"locator": place}) if place else one for place, one in named]


def _as_left_out(element: Element) -> LeftOut:
    return LeftOut(reason="contents", text=element.text, locator=element.locator)


def _is_contents(slide: Sequence[Element]) -> bool:
    """Whether the slide is a table of contents: titled so, and nothing on it but short lines."""
    title = "".join(slide[0].text.split()).lower() if slide else ""
    short = all(element.table is None and len(element.text) <= _MAX_CONTENTS_CHARS for element in slide)
    return short and title in _CONTENTS_TITLES


_Foot = list[tuple[int, str]]
"""The ids and texts (without digits) of the text boxes at the bottom edge of a slide."""


def _foot(slide: SlideReader | None, deck: Deck) -> _Foot:
    shapes = slide.shapes if slide else ()
    texts = ((shape.id, _text(shape)) for shape in shapes if shape.top >= deck.height * _FOOTER_PART)
    return [(key, _without_digits(text)) for key, text in texts if text and len(text) <= _MAX_FOOTER_CHARS]


def _repeated_footers(deck: Deck, feet: Sequence[_Foot]) -> dict[int, frozenset[int]]:
    """By slide, the ids of text boxes that serve as footers: at the bottom edge, with the same short text or a number
    alone, on at least three slides and half of all.
    """
    often = Counter(text for foot in feet for text in {text for _, text in foot})
    enough = max(3, len(deck.slides) / 2)
    return {
        number: frozenset(key for key, text in foot if often[text] >= enough) for number, foot in enumerate(feet, 1)
    }


def _text(shape: Shape) -> str:
    return "\n".join(line.text for line in read_lines(shape.body)) if shape.kind == "text" else ""


def _without_digits(text: str) -> str:
    return "".join(char for char in text if not char.isdigit() and not char.isspace())
