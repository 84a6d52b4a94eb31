"""Moves what was read to another place: below the headings or inside the file where it belongs."""

from collections.abc import Callable

from ingest.document import Element, Locator, ParsedDocument

Move = Callable[[Locator], Locator]


def move_document(document: ParsedDocument, move: Move, deeper: int = 0) -> ParsedDocument:
    """The document with every locator moved and every heading `deeper` levels further down."""
    return document.model_copy(
        update={
            "elements": tuple(move_element(element, move, deeper) for element in document.elements),
            "left_out": tuple(one.model_copy(update={"locator": move(one.locator)}) for one in document.left_out),
            "unread": tuple(
                one.model_copy(update={"locator": move(one.locator or Locator(kind="section"))})
                for one in document.unread
            ),
        }
    )


def move_element(element: Element, move: Move, deeper: int = 0) -> Element:
    """The element with its locators moved, those of its rows too; a heading goes `deeper` levels down."""
    update: dict[str, object] = {"locator": move(element.locator)}
    if element.kind == "heading":
        update["level"] = element.level + deeper
    if element.table:
        rows = tuple(row.model_copy(update={"locator": move(row.locator)}) for row in element.table.rows)
        update["table"] = element.table.model_copy(update={"rows": rows})
    return element.model_copy(update=update)
