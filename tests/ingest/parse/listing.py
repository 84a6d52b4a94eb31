"""Parsed documents as short text, so that a test shows a whole document at a glance."""

from ingest.document import Element, ParsedDocument


def listing(document: ParsedDocument) -> list[str]:
    """`kind level: text` of each element; a table as its header and rows."""
    return [line for element in document.elements for line in _lines(element)]


def _lines(element: Element) -> list[str]:
    if element.table is None:
        return [f"{element.kind}{element.level or ''}: {element.text}"]
    header = ["table: " + " | ".join(element.table.header)]
    return header + ["  " + " | ".join(row.cells) for row in element.table.rows]
