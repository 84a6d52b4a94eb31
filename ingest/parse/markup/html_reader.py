"""Walks an HTML tree and writes down what a reader sees: an element wherever a block ends."""

from ingest.document import Element, ElementKind, LeftOut, LeftOutReason, Locator, LocatorKind, Table, TableRow
from ingest.parse.context import Context
from ingest.parse.gathered import Gathered
from ingest.parse.headings import HeadingPath
from ingest.parse.markup import html_list, html_table
from ingest.parse.markup.html_pictures import FindPicture, carries_none, written_in
from ingest.parse.markup.html_text import (
    BLOCKS,
    SKIPPED,
    Cursor,
    Node,
    Run,
    flatten,
    is_bold,
    is_hidden,
    own_text,
    tag_of,
    traverse,
)
from ingest.parse.plain.lines import blocks, is_contents_title

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search"})
_FALLBACKS = frozenset({"audio", "canvas", "iframe", "noscript", "object", "template", "video"})
_LONG_LINE = 2000
_MOST_LEFT_OUT = 2000


class PageReader:
    """Fills `found` with what stands below the nodes it reads."""

    def __init__(
        self, path: HeadingPath, source: str, context: Context, above: int = 0, find: FindPicture = carries_none
    ) -> None:
        self.found = Gathered()
        self._path = path
        self._context = context
        self._find = find
        self._contents_follow = False
        self._above = above
        # On one long line a line number leads nowhere; the number of the block does.
        self._kind: LocatorKind = "section" if max(map(len, source.split("\n"))) > _LONG_LINE else "lines"
        self._blocks = 0
        self._cursor = Cursor()
        self._run = Run()
        self._pictures: list[tuple[str, bytes, int]] = []
        self._images = 0
        self._bold = 0
        self._lists = 0
        self._marker = ""

    def read(self, root: Node) -> None:
        """Read everything below `root`."""
        traverse(root, self._open, self._close, self._write)
        self._flush()

    def read_part(self, part: Node) -> None:
        """Read what is below `part`; of what stands around it on the page is only said that it was left out."""
        way = [part, *part.iterancestors()]
        for ancestor in reversed(way):
            parent = ancestor.getparent()
            self._leave_out_text("" if parent is None else own_text(parent), "header")
            for node in reversed(list(ancestor.itersiblings(preceding=True))):
                self._leave_out(node, _why_out(node) if _is_set_apart(node) else "header")
                self._leave_out_text(node.tail, "header")
        self.read(part)
        for ancestor in way:
            self._leave_out_text(ancestor.tail, "footer")
            for node in ancestor.itersiblings():
                self._leave_out(node, _why_out(node) if _is_set_apart(node) else "footer")
                self._leave_out_text(node.tail, "footer")

    def _open(self, node: Node) -> bool:
        tag = tag_of(node)
        if is_hidden(node) or _is_page_furniture(node):
            self._leave_out(node, _why_out(node))
            return False
        if tag in BLOCKS or tag in _HEADINGS or tag == "pre":
            self._flush()
        if tag in _HEADINGS:
            lines = flatten(node, self._cursor).lines()
            if lines:
                self._heading(" ".join(line.text for line in lines), lines[0].first, lines[-1].last, _HEADINGS[tag])
        elif tag == "pre":
            self._code(node)
        elif tag == "table" and not html_table.is_layout(node):
            self._table(node)
        elif tag in ("figcaption", "caption"):
            self._caption(node)
        elif tag in ("ul", "ol") and (self._contents_follow or html_list.is_contents(node)):
            self._leave_out(node, "contents")
        else:
            self._enter(node, tag)
            return True
        return False

    def _enter(self, node: Node, tag: str) -> None:
        self._cursor.enter(node)
        self._bold += is_bold(node)
        self._lists += tag in ("ul", "ol")
        if tag == "li":
            self._marker = html_list.marker(node)
        elif tag == "br":
            self._run.break_line()
        elif tag == "img":
            self._run.add_picture(node.get("alt", ""), self._cursor.line)
            self._picture(node.get("src", ""))
        self._write(own_text(node))

    def _close(self, node: Node) -> None:
        tag = tag_of(node)
        if tag in BLOCKS:
            self._flush()
        self._bold -= is_bold(node)
        self._lists -= tag in ("ul", "ol")
        if tag == "li":
            self._marker = ""

    def _write(self, text: str | None) -> None:
        if text:
            self._run.add(text, self._cursor.line, bold=self._bold > 0)
            self._cursor.line += text.count("\n")

    def _flush(self) -> None:
        """End the current block: write what it holds, then what its pictures say."""
        run, self._run = self._run, Run()
        pictures, self._pictures = self._pictures, []
        if run.only_pictures:
            for line in run.lines():
                self._add("caption", line.text, line.first, line.last)
        else:
            self._write_blocks(run)
        for name, content, at in pictures:
            place = self._locator(at, at).model_copy(update={"picture": name})
            self.found.take(self._context.picture(content, place))

    def _write_blocks(self, run: Run) -> None:
        for block in blocks(run.lines(), lambda _last, _line: False, headings=self._lists == 0):
            if block.kind == "heading":
                self._heading(block.text, block.first, block.last, None)
            elif self._marker:
                self._add("list_item", f"{self._marker} {block.text}", block.first, block.last, self._lists or 1)
                self._marker = ""
            else:
                level = self._lists + 1 if block.kind == "list_item" else 0
                self._add(block.kind, block.text, block.first, block.last, level)

    def _heading(self, text: str, first: int, last: int, level: int | None) -> None:
        text = text.rstrip("¶# ")
        if is_contents_title(text):
            self._contents_follow = True
        elif text:
            self._add("heading", text, first, last, self._path.enter(text, level))

    def _picture(self, source: str) -> None:
        """Have the picture read if the file carries it, when the block around it has ended."""
        self._images += 1
        content = written_in(source)
        found = (f"img{self._images}", content) if content else self._find(source)
        if found:
            self._pictures.append((*found, self._cursor.line))

    def _leave_out(self, node: Node, reason: LeftOutReason | None) -> None:
        self._cursor.enter(node)
        first = self._cursor.line
        self._cursor.pass_over(node)
        if reason is None or not tag_of(node):
            return
        # A hidden block's words are hidden from `flatten`, too.
        hidden = is_hidden(node)
        said = map(str, node.itertext()) if hidden else (line.text for line in flatten(node, Cursor()).lines())
        self._say_left_out(("" if hidden else " ").join(said), reason, first)

    def _leave_out_text(self, text: str | None, reason: LeftOutReason) -> None:
        first = self._cursor.line
        self._cursor.line += (text or "").count("\n")
        self._say_left_out(text or "", reason, first)

    def _say_left_out(self, said: str, reason: LeftOutReason, first: int) -> None:
        text = " ".join(said.split())
        if text:
            place = self._locator(first, self._cursor.line)
            self.found.left_out.append(LeftOut(reason=reason, text=text[:_MOST_LEFT_OUT], locator=place))

    def _code(self, node: Node) -> None:
        self._cursor.enter(node)
        first = self._cursor.line
        self._cursor.pass_over(node)
        text = "".join(map(str, node.itertext()))
        first += text[: len(text) - len(text.lstrip("\n"))].count("\n")
        text = text.strip("\n").rstrip()
        self._add("code", text, first, first + text.count("\n"))

    def _caption(self, node: Node) -> None:
        for line in flatten(node, self._cursor).lines():
            self._add("caption", line.text, line.first, line.last)

    def _table(self, node: Node) -> None:
        first = self._cursor.line
        found = html_table.read(node, self._cursor)
        if found.caption:
            self._add("caption", *found.caption)
        if found.rows:
            self._blocks += 1
            for text, row, start, end in found.titles:
                place = self._locator(start, end, row)
                self.found.elements.append(Element(kind="caption", text=text, locator=place))
            rows = tuple(
                TableRow(cells=cells, locator=self._locator(start, end, row)) for cells, row, start, end in found.rows
            )
            table = Table(header=found.header, rows=rows)
            first = min(line for _, _, line, _ in found.rows)
            place = self._locator(first, self._cursor.line)
            self.found.elements.append(Element(kind="table", locator=place, table=table))

    def _add(self, kind: ElementKind, text: str, first: int, last: int, level: int = 0) -> None:
        if text:
            self._contents_follow = False
            self._blocks += 1
            self.found.elements.append(Element(kind=kind, text=text, level=level, locator=self._locator(first, last)))

    def _locator(self, first: int, last: int, row: int | None = None) -> Locator:
        return Locator(
            kind=self._kind,
            headings=self._path.path,
            paragraph=self._blocks if self._kind == "section" else None,
            row=row,
            line_start=self._above + first,
            line_end=self._above + last,
        )


def _why_out(node: Node) -> LeftOutReason | None:
    """Why the node's text is left out; None where it has none to speak of: scripts, controls, comments."""
    tag, role = tag_of(node), node.get("role")
    if tag == "nav" or role in ("navigation", "search"):
        return "contents"
    if is_hidden(node):
        return "invisible" if tag and (tag not in SKIPPED or tag in _FALLBACKS) else None
    return "footer" if tag == "footer" or role == "contentinfo" else "header"


def _is_set_apart(node: Node) -> bool:
    """Whether the page itself says that the node is no text: hidden, or a part of the page around it."""
    return is_hidden(node) or node.get("role") in _FURNITURE_ROLES or tag_of(node) in ("header", "footer")


def _is_page_furniture(node: Node) -> bool:
    """Whether the node is a part of the page around the text: its header, its footer, its menus."""
    if node.get("role") in _FURNITURE_ROLES:
        return True
    parent = node.getparent()
    if tag_of(node) not in ("header", "footer") or parent is None or tag_of(parent) != "body":
        return False
    return next(node.iter("h1"), None) is None
