"""Reads OpenDocument texts (.odt): headings, lists as numbered, tables, notes, frames; deleted text stays out."""

from pathlib import Path

from ingest.document import LeftOutReason, ParsedDocument, Unread
from ingest.errors import DamagedDocument, EmptyDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.flow import CellText, Flow
from ingest.parse.odt.package import Node, Package, opened, q
from ingest.parse.odt.styles import Counter, Styles
from ingest.parse.odt.text import Inline, inline
from ingest.parse.office.embedded import embedded_file
from ingest.said import Said

_INDEXES = {
    q(f"text:{name}")
    for name in ("table-of-content", "illustration-index", "table-index", "alphabetical-index", "object-index")
}
_LOOKED_INTO = {q("text:section"), q("text:index-body"), q("office:text"), q("text:bibliography")}
_MARGINS: dict[str, LeftOutReason] = {
    **dict.fromkeys((q("style:header"), q("style:header-left"), q("style:header-first")), "header"),
    **dict.fromkeys((q("style:footer"), q("style:footer-left"), q("style:footer-first")), "footer"),
}
_ANNOTATION = "{http://www.w3.org/1998/Math/MathML}annotation"
_DEEPEST = 50
_MOST_REPEATED = 1000


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read an OpenDocument text. `paragraph` counts the body's paragraphs, list items and tables, empty ones too.

    Raises `UnreadableFile`, `DamagedDocument`, `EncryptedDocument` and `EmptyDocument`.
    """
    with opened(path) as package:
        content, styles = package.xml("content.xml"), package.xml("styles.xml")
        body = content.find(f".//{q('office:text')}") if content is not None else None
        if content is None or body is None:
            raise DamagedDocument(
                Said("{name} has no text that can be understood.", name=path.name),
                "Open it in its program and save it again.",
            )
        reader = _Reader(package, Styles([one for one in (content, styles) if one is not None]), context)
        reader.read(body)
        reader.margins(styles)
        if not reader.flow.found.elements:
            raise EmptyDocument(
                Said("{name} has no text in it.", name=path.name), "Leave it out, or save it again with its content."
            )
        return reader.flow.found.document(package.properties())


class _Reader:
    """Goes through the body block by block."""

    def __init__(self, package: Package, styles: Styles, context: Context) -> None:
        self.flow = Flow(context)
        self._package = package
        self._styles = styles
        self._headings = Counter(styles.outline)
        self._lists: dict[str, Counter] = {}

    def read(self, parent: Node, depth: int = 0) -> None:
        """Read the blocks in `parent`."""
        for node in parent:
            if depth > _DEEPEST:
                return
            if node.tag == q("text:tracked-changes"):
                for deletion in node.iter(q("text:deletion")):
                    self.flow.leave_out("deleted", _all_text(deletion))
            elif node.tag in _INDEXES:
                self.flow.leave_out("contents", _all_text(node))
            elif node.tag == q("text:h"):
                self._heading(node)
            elif node.tag == q("text:p"):
                self._paragraph(node)
            elif node.tag == q("text:list"):
                self._list(node, 1, "")
            elif node.tag == q("table:table"):
                self._table(node)
            elif node.tag == q("draw:frame"):
                self._aside(node)
            elif node.tag in _LOOKED_INTO:
                if node.get(q("text:display")) == "none":
                    self.flow.leave_out("invisible", _all_text(node))
                else:
                    self.read(node, depth + 1)

    def margins(self, styles: Node | None) -> None:
        """Tell of the page headers and footers."""
        for node in styles.iter(*_MARGINS) if styles is not None else ():
            self.flow.leave_out(_MARGINS[str(node.tag)], _all_text(node))

    def _heading(self, node: Node) -> None:
        self.flow.next_block()
        stated = node.get(q("text:outline-level"), "1")
        level = int(stated) if stated.isdigit() else 1
        said = inline(node, self._styles)
        mark = self._headings.mark(level) if node.get(q("text:is-list-header")) != "true" else ""
        self.flow.heading(_joined(mark, said), max(level, 1))
        self._hang(said)

    def _paragraph(self, node: Node, mark: str | None = None, level: int = 0) -> None:
        """A paragraph; with `mark` (which may be empty) it opens a list item at `level`."""
        self.flow.next_block()
        said = inline(node, self._styles)
        heading = self._styles.heading_level(node.get(q("text:style-name"), ""))
        if heading:
            self.flow.heading(_joined(mark or "", said), heading)
        elif mark:
            self.flow.item(_joined(mark, said), level)
        else:
            self.flow.paragraph(_joined("", said), bold=said.all_bold)
        self._hang(said)

    def _list(self, node: Node, depth: int, style: str) -> None:
        """A list; one that goes on from an earlier one goes on with its numbers."""
        style = node.get(q("text:style-name"), "") or style
        if depth == 1 and node.get(q("text:continue-numbering")) != "true" and not node.get(q("text:continue-list")):
            self._lists.pop(style, None)
        counter = self._lists.setdefault(style, Counter(self._styles.lists.get(style, {})))
        for item in node:
            if item.tag not in (q("text:list-item"), q("text:list-header")) or depth > _DEEPEST:
                continue
            start = item.get(q("text:start-value"), "")
            opened_item = item.tag == q("text:list-header")
            for child in item:
                if child.tag == q("text:list"):
                    self._list(child, depth + 1, style)
                elif child.tag == q("text:h"):
                    self._heading(child)
                elif child.tag == q("text:p"):
                    mark = None if opened_item else counter.mark(depth, int(start) if start.isdigit() else None)
                    self._paragraph(child, mark, depth)
                    opened_item = True

    def _table(self, table: Node) -> None:
        self.flow.next_block()
        self._rows(table)

    def _rows(self, table: Node) -> None:
        rows: list[list[CellText]] = []
        asides: list[Inline] = []
        headed = 0
        for row in table.iter(q("table:table-row")):
            if _owner(row) is not table:
                continue
            parent = row.getparent()
            if row.get(q("table:visibility")) in ("collapse", "filter"):
                self.flow.leave_out("invisible", _all_text(row))
                continue
            cells = [self._cell(cell, asides) for cell in row if cell.tag == q("table:table-cell")]
            headed += parent is not None and parent.tag == q("table:table-header-rows") and headed == len(rows)
            rows.append(cells)
        self.flow.table(rows, headed)
        for aside in asides:
            self._hang(aside)

    def _cell(self, cell: Node, asides: list[Inline]) -> CellText:
        texts: list[str] = []
        bold: list[bool] = []
        for paragraph in cell.iter(q("text:p"), q("text:h")):
            if any(one.tag == q("text:note") for one in paragraph.iterancestors()):
                continue
            said = inline(paragraph, self._styles)
            asides.append(said)
            if said.text:
                texts.append(said.text.replace("\n", " "))
                bold.append(said.all_bold)
        return CellText(
            " ".join(texts),
            _count(cell, "table:number-rows-spanned"),
            _count(cell, "table:number-columns-spanned"),
            bool(bold) and all(bold),
            self._styles.fill(cell.get(q("table:style-name"), "")),
        )

    def _hang(self, said: Inline) -> None:
        for text in said.hidden:
            self.flow.leave_out("invisible", text)
        for node in said.aside:
            self._aside(node)

    def _aside(self, node: Node) -> None:
        """A note, a remark or a frame: text boxes, pictures."""
        if node.tag == q("text:note"):
            citation = (node.findtext(q("text:note-citation")) or "").strip()
            body = node.find(q("text:note-body"))
            self.flow.paragraph(f"[{citation}] {_all_text(body) if body is not None else ''}", kind="note")
            return
        if node.tag == q("office:annotation"):
            who = (node.findtext(q("dc:creator")) or "").strip()
            said = " ".join(inline(one, self._styles).text for one in node.iter(q("text:p")))
            self.flow.paragraph(f"批注{f'（{who}）' if who else ''}：{said}", kind="note")
            return
        for paragraph in node.iter(q("text:p"), q("text:h")):
            inner = inline(paragraph, self._styles)
            self.flow.paragraph(inner.text, bold=inner.all_bold)
        for image in node.iter(q("draw:image")):
            name = image.get(q("xlink:href"), "")
            content = self._package.blob(name) if name and "://" not in name else None
            if content:
                self.flow.picture(content, name)
                break  # further images of a frame are other renderings of the same picture
        for held in node.iter(q("draw:object"), q("draw:object-ole"), q("draw:plugin")):
            self._object(held.get(q("xlink:href"), ""))
        for description in (node.findtext(q("svg:title")), node.findtext(q("svg:desc"))):
            self.flow.paragraph((description or "").strip(), kind="caption")

    def _object(self, link: str) -> None:
        """What is embedded: a file, or a document in a folder of the package, of which the tables are read."""
        name = link.removeprefix("./").rstrip("/")
        blob = self._package.blob(name)
        file = embedded_file(name, blob) if blob else None
        if file:
            self.flow.inside(*file)
            return
        content = self._package.xml(f"{name}/content.xml") if name else None
        tables = list(content.iter(q("table:table"))) if content is not None else []
        for table in tables:
            self._rows(table)
        formula = content.findtext(f".//{_ANNOTATION}") if content is not None else None
        self.flow.paragraph((formula or "").strip())
        if not tables and not formula:
            self.flow.found.unread.append(
                Unread(
                    message=Said("The embedded object {name} was not read.", name=name or link),
                    hint="Open the file in its program and save the object as a file of its own.",
                    locator=self.flow.place(),
                )
            )


def _joined(mark: str, said: Inline) -> str:
    return f"{mark} {said.text}".strip() if said.text else ""


def _all_text(node: Node) -> str:
    paragraphs = list(node.iter(q("text:p"), q("text:h")))
    return "\n".join(filter(None, (" ".join("".join(map(str, one.itertext())).split()) for one in paragraphs)))


def _owner(row: Node) -> Node | None:
    return next((one for one in row.iterancestors() if one.tag == q("table:table")), None)


def _count(node: Node, name: str) -> int:
    stated = node.get(q(name), "1")
    return min(int(stated), _MOST_REPEATED) if stated.isdigit() and int(stated) else 1
