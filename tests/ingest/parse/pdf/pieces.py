"""What was read of a PDF, as tests compare it."""

import re

from ingest.document import Element, ParsedDocument

FULL = "双活架构在北京与厦门两地部署，客户按单元归属主站，跨站采用异步复制，切换由平台统一编排"
"""41 characters of 10.5 points: a full line between 79.5 and 515."""


def texts(document: ParsedDocument) -> list[tuple[str, str]]:
    return [(element.kind, element.text) for element in document.elements if not element.table]


def table_of(document: ParsedDocument, at: int = 0) -> Element:
    return [element for element in document.elements if element.table][at]


def rows(element: Element) -> list[tuple[str, ...]]:
    assert element.table is not None
    return [row.cells for row in element.table.rows]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
