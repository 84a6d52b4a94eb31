"""Parses PowerPoint decks (.pptx) with python-pptx and lxml.

unstructured does not serve here: it gives no shape id, takes any short Chinese line for a title, and leaves out charts,
SmartArt and the reading order of columns.

Locator: kind `slide`; `slide` counts from 1 in the order shown, hidden slides included; `shape` is the shape's id on
that slide (`shape_id` in python-pptx, also of shapes inside groups; absent for notes and comments); `headings` is the
slide's title.
"""

from collections import Counter
from pathlib import Path

import pptx
from pptx.presentation import Presentation

from ingest.document import Element, ParsedDocument
from ingest.errors import EmptyDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.office.package import reading
from ingest.parse.office.properties import read_properties
from ingest.parse.pptx.shapes import Shape, read_shapes
from ingest.parse.pptx.slide import SlideReader

_CONTENTS_TITLES = {"目录", "目次", "contents", "content", "tableofcontents", "目录contents"}
_FOOTER_PART = 0.88
_MAX_FOOTER_CHARS = 60
_MAX_CONTENTS_CHARS = 30


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:  # noqa: ARG001
    """The elements and properties of the deck at `path`.

    Raises a DocumentError: EmptyDocument, EncryptedDocument, DamagedDocument, UnsupportedFormat (an old .ppt, another
    Office format, Strict Open XML), DocumentTooLarge or UnreadableFile.
    """
    with reading(path, "pptx"):
        deck = pptx.Presentation(str(path))
        dropped = _repeated_footers(deck)
        slides = [
            SlideReader(slide, number, int(deck.slide_height or 0), dropped.get(number, frozenset()))
            for number, slide in enumerate(deck.slides, 1)
        ]
        read = [list(slide.elements()) for slide in slides]
        elements = tuple(element for one in read if not _is_contents(one) for element in one)
        properties = read_properties(deck.core_properties, deck.part.package)
    if not elements:
        raise EmptyDocument(
            f"{path.name} has no text in it.", "If its slides are pictures, export it as a PDF with OCR."
        )
    if properties.title is None and slides:
        properties = properties.model_copy(update={"title": slides[0].title})
    return ParsedDocument(elements=elements, properties=properties)


def _is_contents(slide: list[Element]) -> bool:
    """Whether the slide is a table of contents: titled so, and nothing on it but short lines."""
    title = "".join(slide[0].text.split()).lower() if slide else ""
    short = all(element.table is None and len(element.text) <= _MAX_CONTENTS_CHARS for element in slide)
    return short and title in _CONTENTS_TITLES


def _repeated_footers(deck: Presentation) -> dict[int, frozenset[int]]:
    """By slide, the ids of text boxes that serve as footers: at the bottom edge, with the same short text or a number
    alone, on at least three slides and half of all.
    """
    height = int(deck.slide_height or 0) * _FOOTER_PART
    slides = list(deck.slides)
    found = [
        (number, shape.shape_id, _without_digits(shape))
        for number, slide in enumerate(slides, 1)
        for shape in read_shapes(slide)
        if shape.has_text_frame and int(shape.top or 0) >= height and len(shape.text_frame.text) <= _MAX_FOOTER_CHARS
    ]
    often = Counter(text for _, _, text in found)
    enough = max(3, len(slides) / 2)
    return {
        number: frozenset(shape_id for at, shape_id, text in found if at == number and often[text] >= enough)
        for number in range(1, len(slides) + 1)
    }


def _without_digits(shape: Shape) -> str:
    return "".join(char for char in shape.text_frame.text if not char.isdigit() and not char.isspace())
