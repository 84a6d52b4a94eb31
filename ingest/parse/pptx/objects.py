"""What a slide's shapes hold besides their own text: tables, charts, SmartArt, pictures, embedded files, links."""

import posixpath
from collections.abc import Iterator

from lxml import etree

from ingest.document import Element, LeftOut, Locator, ParsedDocument, Table, TableRow, Unread
from ingest.parse.context import Context
from ingest.parse.office.drawing import alternative_text, framed
from ingest.parse.office.embedded import embedded_file
from ingest.parse.office.ooxml import NS, q
from ingest.parse.office.parts import Parts
from ingest.parse.pptx.shapes import Shape
from ingest.parse.pptx.tables import read_table


class Objects:
    """Reads the objects of the slide at the part `part`; what they leave out or cannot read is kept here."""

    def __init__(self, parts: Parts, part: str, context: Context) -> None:
        self._parts = parts
        self._part = part
        self._context = context
        self.left_out: list[LeftOut] = []
        self.unread: list[Unread] = []

    def elements(self, shape: Shape, place: Locator) -> Iterator[Element]:
        """What the shape shows that is not its text body."""
        said = alternative_text(shape.properties) if shape.kind != "text" else ""
        if said:
            yield Element(kind="caption", text=said, locator=place)
        if shape.picture:
            yield from self._picture(shape.picture, place)
        if shape.kind != "graphic":
            return
        table = shape.element.find(".//a:tbl", NS)
        if table is not None:
            yield from _table(table, place)
            return
        yield from framed(self._parts, self._part, shape.element, place)
        for one in shape.element.iter(q("dgm:relIds")):
            relation = self._parts.by_id(self._part, one.get(q("r:dm")))
            for target in self._parts.by_kind(relation.target, "image") if relation else ():
                yield from self._image(target, place)
        for one in shape.element.iter(q("p:oleObj")):
            yield from self._embedded(one, place)

    def background(self, root: etree._Element, place: Locator) -> Iterator[Element]:
        """The text in a picture that fills the slide's own background."""
        for blip in root.iterfind("p:cSld/p:bg//a:blip", NS):
            yield from self._picture(blip.get(q("r:embed")) or "", place)

    def links(self, shape: Shape, place: Locator) -> Iterator[Element]:
        """The addresses behind words and shapes, each once."""
        told: set[str] = set()
        for click in shape.element.iter(q("a:hlinkClick"), q("a:hlinkMouseOver")):
            relation = self._parts.by_id(self._part, click.get(q("r:id")))
            address = relation.target.removeprefix("mailto:").strip() if relation and relation.outside else ""
            run = next(click.iterancestors(q("a:r"), q("a:fld")), None)
            words = "".join(one.text or "" for one in (shape.element if run is None else run).iter(q("a:t")))
            words = " ".join(words.split())
            if address and address not in told and address.rstrip("/") not in words:
                told.add(address)
                yield Element(kind="note", text=f"{words}：{address}" if words else address, locator=place)

    def _picture(self, relationship: str, place: Locator) -> Iterator[Element]:
        relation = self._parts.by_id(self._part, relationship)
        if relation is not None and not relation.outside:
            yield from self._image(relation.target, place)

    def _image(self, target: str, place: Locator) -> Iterator[Element]:
        blob = self._parts.blob(target) if self._context.pictures else None
        if blob:
            yield from self._take(self._context.picture(blob, place.model_copy(update={"picture": target})))

    def _embedded(self, one: etree._Element, place: Locator) -> Iterator[Element]:
        """The file that an object holds; where it holds none that is read, the text in the picture shown for it."""
        relation = self._parts.by_id(self._part, one.get(q("r:id")))
        inside: tuple[Element, ...] = ()
        if relation is not None and not relation.outside and self._context.nested:
            blob = self._parts.blob(relation.target)
            found = embedded_file(posixpath.basename(relation.target), blob) if blob else None
            if found:
                inside = self._take(self._context.inside(*found, place))
        yield from inside
        for blip in one.iter(q("a:blip")) if not inside else ():
            yield from self._picture(blip.get(q("r:embed")) or "", place)

    def _take(self, document: ParsedDocument) -> tuple[Element, ...]:
        self.left_out += document.left_out
        self.unread += document.unread
        return document.elements


def _table(table: etree._Element, place: Locator) -> Iterator[Element]:
    found = read_table(table)

    def row_place(at: int) -> Locator:
        update: dict[str, object] = {"row": at + 1}
        if place.bbox:
            x0, y0, x1, y1 = place.bbox
            upper, lower = found.edges[at]
            update["bbox"] = (x0, round(y0 + (y1 - y0) * upper, 1), x1, round(y0 + (y1 - y0) * lower, 1))
        return place.model_copy(update=update)

    for at, text in found.shape.captions:
        yield Element(kind="caption", text=text, locator=row_place(at))
    if found.shape.rows:
        rows = tuple(TableRow(cells=row.cells, locator=row_place(row.row)) for row in found.shape.rows)
        yield Element(kind="table", table=Table(header=found.shape.header, rows=rows), locator=place)
