"""What lies over a worksheet's cells and behind its file: remarks, drawings, pictures, embedded files, link targets."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.document import Element, LeftOut, Locator, ParsedDocument, Unread
from ingest.parse.context import Context
from ingest.parse.office.drawing import alternative_text, framed
from ingest.parse.office.embedded import embedded_file
from ingest.parse.office.ooxml import q
from ingest.parse.office.parts import Parts
from ingest.parse.xlsx.comments import read_comments
from ingest.parse.xlsx.drawings import Drawn, properties, read_drawings
from ingest.parse.xlsx.ranges import Rect
from ingest.parse.xlsx.reader import SheetReader
from ingest.parse.xlsx.sheet import Sheet
from ingest.parse.xlsx.workbook import SheetPart, Workbook

_FIELD = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Z])')
"""Codes in a printed header: the page's number, the date, a font (ECMA-376 part 1, 18.3.1.46)."""


@dataclass
class Layers:
    """Reads what belongs to one sheet beside its cells. `cell_pictures` are those of the workbook, by id."""

    parts: Parts
    workbook: Workbook
    sheet: SheetPart
    context: Context
    reader: SheetReader
    cell_pictures: dict[str, tuple[str, str]]
    left_out: list[LeftOut] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def elements(self, cells: Sheet | None) -> Iterator[Element]:
        """Drawings and embedded files, then remarks; `cells` is what the sheet's cells hold, None on a chart sheet."""
        for drawn in read_drawings(self.parts, self.sheet.part):
            yield from self._drawn(drawn)
        if cells is None:
            return
        for (row, column), key in cells.pictures.items():
            part, relation = self.cell_pictures.get(key, ("", ""))
            yield from self._picture(part, relation, self.reader.place(Rect(row, column, row, column), "图片"))
        for relation, place in cells.objects:
            yield from self._embedded(relation, place)
        for comment in read_comments(self.parts, self.sheet.part, self.workbook.part):
            yield _note(comment.text, self.reader.place(comment.place, "批注", comment.author))
        for place, text in cells.prompts:
            yield _note(text, self.reader.place(place, "填写提示"))
        yield from self._links(cells)
        self._fringe(cells)

    def _drawn(self, drawn: Drawn) -> Iterator[Element]:
        words = {"text": "文本框", "picture": "图片", "graphic": "图"}
        place = self.reader.place(drawn.place, words[drawn.kind])
        said = alternative_text(properties(drawn.element)) if drawn.kind != "text" else ""
        if said:
            yield Element(kind="caption", text=said, locator=place)
        if drawn.kind == "text":
            yield _note(drawn.text, place)
        elif drawn.kind == "picture":
            yield from self._picture(drawn.part, drawn.relation, place)
        else:
            repeats = self._shows_cells(drawn)
            for element in framed(self.parts, drawn.part, drawn.element, place):
                # Its rows stand in cells, with their own places; twice, they would crowd out what stands once.
                if element.table and repeats:
                    rows = (element.table.header, *(row.cells for row in element.table.rows))
                    text = "\n".join(" | ".join(cells) for cells in rows)
                    self.left_out.append(LeftOut(reason="repeated", text=text, locator=element.locator))
                else:
                    yield element

    def _shows_cells(self, drawn: Drawn) -> bool:
        """Whether all figures of the chart are those of cells in this workbook."""
        names = {sheet.name for sheet in self.workbook.sheets}
        charts = list(drawn.element.iter(q("c:chart")))
        for frame in charts:
            chart = self.parts.by_id(drawn.part, frame.get(q("r:id")))
            root = self.parts.xml(chart.target) if chart and not chart.outside else None
            if root is None:
                return False
            sources = [source.text or "" for source in root.iter(q("c:f"))]
            if not sources or any(_sheet_of(source) not in names for source in sources):
                return False
        return bool(charts)

    def _picture(self, part: str, relation: str, place: Locator) -> Iterator[Element]:
        found = self.parts.by_id(part, relation)
        if found is None or found.outside or not self.context.pictures:
            return
        blob = self.parts.blob(found.target)
        if blob:
            yield from self._take(self.context.picture(blob, place.model_copy(update={"picture": found.target})))

    def _embedded(self, relation: str, where: Rect | None) -> Iterator[Element]:
        found = self.parts.by_id(self.sheet.part, relation)
        if found is None or found.outside or not self.context.nested:
            return
        blob = self.parts.blob(found.target)
        file = embedded_file(posixpath.basename(found.target), blob) if blob else None
        if file:
            yield from self._take(self.context.inside(*file, self.reader.place(where, "嵌入文件")))

    def _take(self, document: ParsedDocument) -> tuple[Element, ...]:
        self.left_out += document.left_out
        self.unread += document.unread
        return document.elements

    def _links(self, cells: Sheet) -> Iterator[Element]:
        """Addresses behind cells that show other words; one address for many cells is told once."""
        told: set[str] = set()
        for place, relation, _ in cells.links:
            found = self.parts.by_id(self.sheet.part, relation)
            address = found.target if found and found.outside else ""
            cell = cells.slots.get(place.top, {}).get(place.left)
            shown = cell.text if cell else ""
            if not address or address in told or address.removeprefix("mailto:").rstrip("/") in shown:
                continue
            told.add(address)
            yield _note(f"{shown}：{address}" if shown else address, self.reader.place(place, "链接"))

    def _fringe(self, cells: Sheet) -> None:
        for name, code in cells.fringe:
            text = " ".join(_FIELD.sub(" ", code).replace("&&", "&").split())
            if text and name.lower().endswith(("header", "footer")):
                reason = "header" if name.lower().endswith("header") else "footer"
                place = Locator(kind="sheet", sheet=self.sheet.name, headings=(self.sheet.name,))
                left = LeftOut(reason="header" if reason == "header" else "footer", text=text, locator=place)
                if left not in self.left_out:
                    self.left_out.append(left)


def _sheet_of(reference: str) -> str:
    """The sheet a reference such as `'4-汇总'!$A$2:$A$9` points to; one in another workbook begins with `[`."""
    name = reference.lstrip("(").rpartition("!")[0]
    return name.strip("'").replace("''", "'")


def _note(text: str, place: Locator) -> Element:
    return Element(kind="note", text=text, locator=place)
