"""Opens Word, PowerPoint and Excel files with python-docx, python-pptx and openpyxl."""

import datetime
import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
from lxml import etree
from openpyxl.utils import range_boundaries

from ingest.document import Locator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXTS = ("t", "v", "f", "text")
_REFERENCES = {f"{_W}{kind}Reference": kind for kind in ("footnote", "endnote", "comment")}


def word(path: Path, locator: Locator) -> str:
    """The words of a block of the body, or of one row of the table there, with the notes and graphics that hang on."""
    document = _word(path)
    if locator.part is not None:
        return _margin(document, locator)
    blocks = [one for one in document.element.body.iter(f"{_W}p", f"{_W}tbl") if not _inside(one)]
    if not locator.paragraph or locator.paragraph > len(blocks):
        raise LookupError(f"block {locator.paragraph} of {len(blocks)}")
    block = blocks[locator.paragraph - 1]
    if locator.row is None or block.tag != f"{_W}tbl":
        return _all_of(block, document.part)
    # Not python-docx's rows: it does not look into the content controls that templates put around rows and cells.
    rows = [one for one in block.iter(f"{_W}tr") if next(one.iterancestors(f"{_W}tbl")) is block]
    if locator.row > len(rows):
        raise LookupError(f"row {locator.row} of {len(rows)}")
    return _all_of(rows[locator.row - 1], document.part)


def _margin(document: Any, locator: Locator) -> str:
    """A paragraph of a page header or footer, counted in its part."""
    for relation in document.part.rels.values():
        if not relation.is_external and str(relation.target_part.partname) == f"/{locator.part}":
            paragraphs = list(etree.fromstring(relation.target_part.blob).iter(f"{_W}p"))
            if not locator.paragraph or locator.paragraph > len(paragraphs):
                raise LookupError(f"paragraph {locator.paragraph} of {locator.part}")
            return _words(paragraphs[locator.paragraph - 1])
    raise LookupError(f"no part {locator.part}")


def slides(path: Path, locator: Locator) -> str:
    """The words of a shape, or of one row of a table; without a shape, the slide's notes and comments."""
    presentation = _presentation(path)
    if not locator.slide or locator.slide > len(presentation.slides):
        raise LookupError(f"slide {locator.slide}")
    slide = presentation.slides[locator.slide - 1]
    if locator.shape is None:
        said = [slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide else []
        comments = (one for one in slide.part.rels.values() if one.reltype.endswith("/comments"))
        return " ".join([*said, *(_words(etree.fromstring(one.target_part.blob)) for one in comments)])
    for element in slide._element.iter("{*}cNvPr"):
        if element.get("id") == str(locator.shape):
            shape = element.getparent().getparent()
            rows = [
                one for one in shape.iter("{*}tr") if one.tag.startswith("{http://schemas.openxmlformats.org/drawing")
            ]
            return _all_of(rows[locator.row - 1] if locator.row and rows else shape, slide.part)
    raise LookupError(f"shape {locator.shape} on slide {locator.slide}")


def workbook(path: Path, locator: Locator) -> str:
    """The values of a range, its comments and formulas included."""
    values, formulas = _workbook(path, True), _workbook(path, False)
    if locator.sheet not in values.sheetnames:
        raise LookupError(f"sheet {locator.sheet}")
    said: list[str] = [str(locator.sheet)]
    if locator.range:
        left, top, right, bottom = range_boundaries(locator.range)
        limits = {"min_col": left, "max_col": right, "min_row": top, "max_row": bottom}
        for book in (values, formulas):
            for row in book[locator.sheet].iter_rows(**limits):
                for cell in row:
                    said.append(_cell(cell.value))
                    said.append(cell.comment.text if cell.comment else "")
    return " | ".join(said)


def _cell(value: Any) -> str:
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return "" if value is None else str(value)


def _inside(block: Any) -> bool:
    return next(block.iterancestors(f"{_W}p", f"{_W}tbl"), None) is not None


def _all_of(element: Any, part: Any) -> str:
    return _words(element) + " ".join(_hanging(element, part))


def _words(element: Any) -> str:
    found = []
    for one in element.iter():
        name = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if name in _TEXTS and not next(one.iterancestors(_FALLBACK), None) is not None:
            found.append(one.text or "")
        elif name in ("noBreakHyphen",):
            found.append("-")
    return "".join(found)


def _hanging(element: Any, part: Any) -> Iterator[str]:
    """What notes, charts, diagrams and links below the element refer to."""
    for one in element.iter():
        if one.tag in _REFERENCES:
            kind = _REFERENCES[one.tag]
            notes = next((rel.target_part for rel in part.rels.values() if rel.reltype.endswith(f"/{kind}s")), None)
            for note in etree.fromstring(notes.blob).iter(f"{_W}{kind}") if notes is not None else ():
                if note.get(f"{_W}id") == one.get(f"{_W}id"):
                    yield _words(note)
        for name, value in one.attrib.items():
            if name.startswith(_R) and value in part.rels:
                relation = part.rels[value]
                if relation.is_external:
                    yield relation.target_ref
                elif relation.reltype.endswith(("/chart", "/diagramData")):
                    yield _words(etree.fromstring(relation.target_part.blob))


@lru_cache(maxsize=4)
def _word(path: Path) -> Any:
    return docx.Document(str(path))


@lru_cache(maxsize=4)
def _presentation(path: Path) -> Any:
    return pptx.Presentation(str(path))


@lru_cache(maxsize=4)
def _workbook(path: Path, values: bool) -> Any:
    # Warnings are about what openpyxl would lose in writing.
    with path.open("rb") as file, warnings.catch_warnings(action="ignore"):
        return openpyxl.load_workbook(file, data_only=values)
