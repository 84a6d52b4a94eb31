"""What a workbook's package holds beside the cells: comments, text boxes, document properties."""

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from zipfile import ZipFile

from lxml import etree
from openpyxl.utils import get_column_letter

from ingest.document import Properties
from ingest.parse.office.ooxml import NS, parse_xml
from ingest.parse.office.properties import read_properties

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CORE = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dcterms": "http://purl.org/dc/terms/",
}
# Excel keeps a threaded comment for older versions behind some lines that say so.
_THREADED = re.compile(r"^\[(?:Threaded comment|线程批注|线程注释)\].*?(?:Comment|注释|批注)[:：]\s*", re.DOTALL)


@dataclass(frozen=True)
class Remark:
    """A text that belongs to a cell without being in it: a comment (with its author) or a text box (without)."""

    row: int
    column: int
    text: str
    author: str | None = None

    @property
    def reference(self) -> str:
        """The cell in A1 notation; of a text box the one under its top left corner."""
        return f"{get_column_letter(self.column)}{self.row}"


def read_remarks(archive: ZipFile, part: str) -> Iterator[Remark]:
    """Comments and text boxes of the worksheet stored at `part`. What is malformed is left out."""
    for kind, target in _related(archive, part):
        if kind == "comments":
            yield from _comments(_xml(archive, target))
        elif kind == "drawing":
            yield from _text_boxes(_xml(archive, target))


def missing_sheets(archive: ZipFile) -> list[str]:
    """Parts that the workbook names as its sheets and that the package lacks; openpyxl passes over them in silence."""
    book = next((target for kind, target in _related(archive, "") if kind == "officeDocument"), "xl/workbook.xml")
    parts = set(archive.namelist())
    sheets = (target for kind, target in _related(archive, book) if kind in {"worksheet", "chartsheet"})
    return [target for target in sheets if target not in parts]


def read_workbook_properties(archive: ZipFile) -> Properties:
    """The workbook's document properties, placeholders left out."""
    root = _xml(archive, "docProps/core.xml")

    def text(name: str) -> str:
        found = root.findtext(name, namespaces=_CORE) if root is not None else None
        return (found or "").strip()

    author = text("dc:creator")
    core = SimpleNamespace(
        title=text("dc:title"),
        author="" if author.lower() in {"openpyxl", "xlsxwriter"} else author,
        last_modified_by=text("cp:lastModifiedBy"),
        version=text("cp:version"),
        created=_moment(text("dcterms:created")),
        modified=_moment(text("dcterms:modified")),
    )
    return read_properties(core, _CustomProperties(archive))


class _CustomProperties:
    """The one part that `read_properties` asks a package for."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def part_related_by(self, reltype: str) -> SimpleNamespace:
        part = next((target for kind, target in _related(self._archive, "") if reltype.endswith(f"/{kind}")), "")
        return SimpleNamespace(blob=self._archive.read(part))  # KeyError where there is none, as the protocol says


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _related(archive: ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """The kind and the path of each part that the one at `part` refers to."""
    folder, name = posixpath.split(part.lstrip("/"))
    root = _xml(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in root if root is not None else ():
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target") or ""))
            yield posixpath.basename(relation.get("Type") or ""), target.lstrip("/")


def _xml(archive: ZipFile, part: str) -> etree._Element | None:
    if part not in archive.namelist():
        return None
    try:
        return parse_xml(archive.read(part))
    except etree.XMLSyntaxError:
        return None


def _comments(root: etree._Element | None) -> Iterator[Remark]:
    if root is None:
        return
    authors = [(author.text or "").strip() for author in root.iter(f"{_MAIN}author")]
    for comment in root.iter(f"{_MAIN}comment"):
        place = re.fullmatch(r"([A-Z]{1,3})(\d+)", comment.get("ref") or "")
        text = "".join(one.text or "" for one in comment.iter(f"{_MAIN}t")).strip()
        index = int(comment.get("authorId") or 0)
        author = authors[index] if index < len(authors) else ""
        text = _THREADED.sub("", text).removeprefix(f"{author}:").removeprefix(f"{author}：")
        if place and text.strip():
            column = sum((ord(letter) - 64) * 26**at for at, letter in enumerate(reversed(place.group(1))))
            shown = None if author.startswith("tc=") else author or None  # `tc={…}` is a threaded comment's key
            yield Remark(int(place.group(2)), column, " ".join(text.split()), shown)


def _text_boxes(root: etree._Element | None) -> Iterator[Remark]:
    if root is None:
        return
    for anchor in root:
        start = anchor.find(f"{_DRAWING}from")
        row = int(start.findtext(f"{_DRAWING}row") or 0) + 1 if start is not None else 1
        column = int(start.findtext(f"{_DRAWING}col") or 0) + 1 if start is not None else 1
        for shape in anchor.iter(f"{_DRAWING}sp"):
            lines = (
                "".join(t.text or "" for t in line.iterfind(".//a:t", NS)) for line in shape.iterfind(".//a:p", NS)
            )
            text = " ".join(line.strip() for line in lines if line.strip())
            if text:
                yield Remark(row, column, text)
