"""Documents without pages of their own (Word, web pages, mails) as one flow of what was read of them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ingest.document import Element, Locator, ParsedDocument
from ingest.errors import EmptyDocument
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from ingest.parse.nested import shown_name
from ingest.view.made import PLACES, Description, Heading, Part, plain, shortened, write_pieces
from ingest.view.pictures import PictureShelf

_PIECE = 250
_MOST_HEADINGS = 2000
_LONGEST_CELL = 4000
_COMPARED = 2000
"""Characters of an element that a quote is compared with."""
_MARGINS = {"header", "footer"}


class FileNames:
    """The `NestedReader` of a view: it stands the name of each file inside in its place, unread."""

    def read(self, name: str, content: bytes, place: Locator) -> ParsedDocument:  # noqa: ARG002
        """As `NestedReader` says, with the file's name for its text."""
        shown = shown_name(name)
        inside = place.model_copy(update={"within": (*place.within, shown)})
        return ParsedDocument(elements=(Element(kind="note", text=shown, locator=inside),))


def make(path: Path, folder: Path, _form: str, max_bytes: int, told: Callable[[int, int], None]) -> Description:
    """Write what the document at `path` says, pictures as PNG, into `folder`. Raises `DocumentError`s."""
    shelf = PictureShelf(folder, told)
    context = Context(max_bytes=max_bytes, pictures=shelf, nested=FileNames(), progress=told)
    try:
        form, document = parse_file(path, context)
    except EmptyDocument:
        form, document = _form, ParsedDocument(elements=())
    items: list[dict[str, Any]] = []
    places: list[tuple[dict[str, Any], int, int | None, str]] = []
    outline: list[Heading] = []
    for element in (*document.elements, *_margins(document)):
        number = len(items) + 1
        items.append(_item(element, shelf))
        places += _places(element, number)
        if element.kind == "heading" and len(outline) < _MOST_HEADINGS:
            outline.append(Heading(text=shortened([element.text], 120), level=max(element.level, 1), at=number))
    (folder / PLACES).write_text(json.dumps(places, ensure_ascii=False), "utf-8")
    part = Part(number=1, pieces=write_pieces(folder, 1, items, _PIECE))
    return Description(kind="flow", format=form, parts=(part,), outline=tuple(outline))


def _margins(document: ParsedDocument) -> Iterator[Element]:
    """What page headers and footers say, each once, at the end."""
    told: set[str] = set()
    for one in document.left_out:
        if one.reason in _MARGINS and one.text not in told:
            told.add(one.text)
            yield Element(kind="note", text=one.text, locator=one.locator)


def _item(element: Element, shelf: PictureShelf) -> dict[str, Any]:
    """The element as the browser gets it; what is absent is left out."""
    place = element.locator
    picture = shelf.kept.get(place.picture or "")
    item: dict[str, Any] = {"kind": element.kind, "level": element.level, "text": element.text}
    item["margin"] = "header" if "header" in (place.part or "") else "footer" if "footer" in (place.part or "") else ""
    item["page"] = place.page
    if picture:
        item |= {"kind": "picture", "picture": picture.name, "width": picture.width, "height": picture.height}
    if place.within:
        item |= {"kind": "file", "within": place.within}
    if element.table:
        item["header"] = element.table.header
        item["rows"] = [[cell[:_LONGEST_CELL] for cell in row.cells] for row in element.table.rows]
    return {key: value for key, value in item.items() if value not in ("", None, 0)}


def _places(element: Element, number: int) -> Iterator[tuple[dict[str, Any], int, int | None, str]]:
    """The places that lead to the element or (from 0) a row of it, each with the text that stands there."""
    if element.table:
        yield _place(element.locator), number, None, plain("".join(element.table.header))[:_COMPARED]
        for at, row in enumerate(element.table.rows):
            yield _place(row.locator), number, at, plain("".join(row.cells))[:_COMPARED]
    else:
        yield _place(element.locator), number, None, plain(element.text)[:_COMPARED]


def _place(locator: Locator) -> dict[str, Any]:
    fields = locator.model_dump()
    del fields["label"]
    return fields
