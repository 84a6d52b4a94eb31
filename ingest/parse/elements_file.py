"""Reads what unstructured wrote elsewhere: its elements as JSON or JSON lines, say from a machine with a GPU.

A scanned tender partitioned by its layout models (`strategy="hi_res"`, or its hosted service) is better than what can
be made of it here; taking it over as it is needs its own library, which knows each version of its format.

It is used for nothing else, as measured on files with known content: its readers of mails, HTML, Markdown and text lose
merged cells, list numbers, lines and parts, and take any short Chinese line for a title.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.document import Element, ElementKind, LeftOut, LeftOutReason, Locator, ParsedDocument
from ingest.errors import DamagedDocument, EmptyDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.gathered import Gathered
from ingest.parse.headings import HeadingPath
from ingest.parse.markup import html
from ingest.parse.places import move_document
from ingest.parse.plain.encoding import read_text
from ingest.parse.plain.lines import is_heading
from ingest.said import Said

_KINDS: dict[str, ElementKind] = {
    "ListItem": "list_item", "FigureCaption": "caption", "CodeSnippet": "code", "Footnote": "note",
}  # fmt: skip
_LEFT_OUT: dict[str, LeftOutReason] = {"Header": "header", "Footer": "footer", "PageNumber": "page_number"}


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:  # noqa: ARG001
    """Read a file of elements. Locators are pages of the document they were made from, which `within` names, or the
    number of the element where it had no pages.

    Raises `UnreadableFile`, `DamagedDocument` and `EmptyDocument`.
    """
    found = Gathered()
    headings = HeadingPath()
    for number, one in enumerate(_elements(path, read_text(path)), start=1):
        text = " ".join(str(one.text or "").split())
        if one.category in _LEFT_OUT and text:
            found.left_out.append(LeftOut(reason=_LEFT_OUT[one.category], text=text, locator=_place(one, number, ())))
        elif one.category == "Table" and one.metadata.text_as_html:
            table = html.read_fragment(one.metadata.text_as_html, headings)
            found.take(move_document(table, lambda old, one=one, at=number: _row(_place(one, at, old.headings), old)))  # type: ignore[misc]
        elif text and one.category != "PageBreak":
            found.elements.append(_element(one, text, number, headings))
    if not found.elements:
        raise EmptyDocument(
            Said("{name} has no text in it.", name=path.name), "Leave it out, or partition the document again."
        )
    return found.document()


def _elements(path: Path, source: str) -> Sequence[Any]:
    os.environ.update(UNSTRUCTURED_DISABLE_NOTICE="1", SCARF_NO_ANALYTICS="true", DO_NOT_TRACK="true")
    from unstructured.staging.base import elements_from_dicts

    try:
        whole = source.lstrip().startswith("[")
        lines = json.loads(source) if whole else [json.loads(line) for line in source.split("\n") if line.strip()]
        return list(elements_from_dicts(lines))
    # Broad on purpose: what it raises on malformed elements is not stated.
    except Exception as error:
        raise DamagedDocument(
            Said("{name} is not a file of elements: {kind}.", name=path.name, kind=type(error).__name__),
            "Write it again with elements_to_json.",
        ) from error


def _element(one: Any, text: str, number: int, headings: HeadingPath) -> Element:
    depth = one.metadata.category_depth
    # To its rules any short line without a stop is a title; to its layout models too, though with a depth.
    if one.category == "Title" and (depth is not None or is_heading(text, emphasised=True)):
        level = headings.enter(text, depth + 1 if depth is not None else None)
        return Element(kind="heading", text=text, level=level, locator=_place(one, number, headings.path))
    kind = _KINDS.get(one.category, "paragraph")
    level = (depth or 0) + 1 if kind == "list_item" else 0
    confidence = one.metadata.detection_class_prob if one.category == "Image" else None
    place = _place(one, number, headings.path)
    return Element(kind=kind, text=text, level=level, locator=place, confidence=confidence)


def _place(one: Any, number: int, headings: tuple[str, ...]) -> Locator:
    within = (str(one.metadata.filename),) if one.metadata.filename else ()
    page = one.metadata.page_number
    if page is None:
        return Locator(kind="section", headings=headings, paragraph=number, within=within)
    return Locator(kind="page", headings=headings, page=page, bbox=_box(one), within=within)


def _row(place: Locator, old: Locator) -> Locator:
    return place.model_copy(update={"row": old.row})


def _box(one: Any) -> tuple[float, float, float, float] | None:
    """The element's box where it is in points; of pixels nobody states how large they are."""
    where = one.metadata.coordinates
    if where is None or not where.points or type(where.system).__name__ != "PointSpace":
        return None
    xs, ys = [float(x) for x, _ in where.points], [float(y) for _, y in where.points]
    return min(xs), min(ys), max(xs), max(ys)
