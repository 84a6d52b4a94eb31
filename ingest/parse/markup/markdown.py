"""Reads Markdown: CommonMark with tables and footnotes, and what Chinese authors write beside it.

That is: headings that are only bold or only numbered, `##标题` without a blank, lists numbered `1、` or `（1）`, lists
right below a paragraph whatever their first number, `label：value` lines, tables whose rule row does not fit.
Specifications: CommonMark 0.31 and GitHub Flavored Markdown (tables).
"""

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from ingest.document import Element, ElementKind, Locator, ParsedDocument, Table, TableRow
from ingest.errors import EmptyDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.headings import HeadingPath
from ingest.parse.markup import html, markdown_inline, pipe_table
from ingest.parse.markup.front_matter import take_off
from ingest.parse.plain.encoding import read_text
from ingest.parse.plain.lines import Line, blocks, is_contents_title, is_heading
from ingest.said import Said

_TIGHT_HEADING = re.compile(r"(?P<marks>#{1,6})(?![#!\d\s])(?P<text>.{1,60})$")
_ANCHOR = re.compile(r"\s*\{#[\w-]+\}\s*$|\s+#+$")
_ALERT = re.compile(r"\[!\w+\]|\[TOC\]", re.IGNORECASE)
_CHINESE = re.compile(r"[一-鿿]")
_PROSE_SHARE = 0.25
_DEEPEST = 100
"""Blocks may nest so deep (a list takes two levels); what is deeper is not read, or the stack would run over."""


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:  # noqa: ARG001
    """Read a Markdown file of any usual encoding. Locators are lines of the file, front matter counted.

    Raises `UnreadableFile`, `UnsupportedFormat` (not text) and `EmptyDocument`.
    """
    front = take_off(read_text(path))
    reader = _Reader()
    reader.read(front.body, front.lines)
    if not reader.elements:
        raise EmptyDocument(
            Said("{name} has no text in it.", name=path.name), "Leave it out, or save it again with its content."
        )
    return ParsedDocument(elements=tuple(reader.elements), front_matter=front.properties)


class _Reader:
    """Walks the block tree and writes elements.

    `offset` is the number of file lines above the text being read, `typed_items` how many elements there were when a
    list item found inside a paragraph was the last of them.
    """

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self._path = HeadingPath()
        self._contents_follow = False
        self._typed_items = 0
        self._offset = 0
        self._source: list[str] = []
        self._footnotes: dict[str, SyntaxTreeNode] = {}

    def read(self, text: str, offset: int, depth: int = 0) -> None:
        """Read a whole Markdown text that begins `offset` lines into the file."""
        outer = self._offset, self._source, self._footnotes
        self._offset, self._source = offset, text.split("\n")
        tree = SyntaxTreeNode(_markdown().parse(text))
        notes = [node for node in tree.children if node.type == "footnote_block"]
        self._footnotes = {str(note.meta["label"]): note for block in notes for note in block.children}
        self._blocks([node for node in tree.children if node.type != "footnote_block"], depth, top=depth == 0)
        for label in list(self._footnotes):
            self._note(label)
        self._offset, self._source, self._footnotes = outer

    def _blocks(self, nodes: Sequence[SyntaxTreeNode], depth: int, *, top: bool) -> None:
        """`depth` is how many lists stand around; `top`: no list or quote does, so a heading is a heading."""
        at = 0
        while at < len(nodes):
            node = nodes[at]
            at += 1
            if node.type == "html_block":
                # A blank line cuts an HTML block in two; a table is only a table when it is whole again.
                while at < len(nodes) and nodes[at].type == "html_block":
                    at += 1
                self._html(node, nodes[at - 1])
            elif node.type in ("bullet_list", "ordered_list"):
                followed = at < len(nodes) and nodes[at].type == "paragraph"
                self._list(node, depth, top=top, followed=followed)
            elif node.type == "blockquote":
                self._blocks(node.children, depth, top=False)
            else:
                self._leaf(node, depth, top=top)

    def _leaf(self, node: SyntaxTreeNode, depth: int, *, top: bool) -> None:
        match node.type:
            case "heading":
                self._heading(node, top=top)
            case "paragraph":
                self._paragraph(_inline(node), self._lines(_inline(node)), depth, top=top)
            case "table":
                self._table(node)
            case "fence":
                self._code(node, self._first(node) + 1)
            case "code_block":
                self._indented(node, depth)

    def _heading(self, node: SyntaxTreeNode, *, top: bool) -> None:
        lines = self._lines(_inline(node))
        text = _ANCHOR.sub("", " ".join(line.text for line in lines))
        # A rule right below a paragraph makes it a heading in CommonMark; authors who meant a rule wrote a paragraph.
        rule_meant = node.markup == "-" and (len(lines) > 1 or not is_heading(text, emphasised=True))
        if not top or rule_meant:
            self._paragraph(_inline(node), lines, 0, top=False)
        elif text:
            self._enter(text, lines[0].first, lines[-1].last, int(node.tag[1]))

    def _enter(self, text: str, first: int, last: int, level: int | None) -> None:
        self._contents_follow = is_contents_title(text)
        if self._contents_follow:
            return
        found = self._path.enter(text, level)
        self._add("heading", text, first, last, level=found)

    def _paragraph(self, inline: Token, lines: list[Line], depth: int, *, top: bool, marker: str = "") -> None:
        """A paragraph, or several in one; `marker` is the list marker in front of it."""
        lines = [line for line in lines if not _ALERT.fullmatch(line.text)]
        table = pipe_table.read([line.text for line in lines])
        if markdown_inline.only_pictures(inline):
            for line in lines:
                self._add("caption", line.text, line.first, line.last)
        elif table:
            self._pipe_table(table, lines)
        else:
            self._blocks_of(lines, depth, top=top, marker=marker)
        self._notes_of(inline)

    def _blocks_of(self, lines: list[Line], depth: int, *, top: bool, marker: str) -> None:
        while lines:
            tight = _TIGHT_HEADING.match(lines[0].text) if top else None
            if tight:
                self._enter(_ANCHOR.sub("", tight["text"]), lines[0].first, lines[0].last, len(tight["marks"]))
                lines = lines[1:]
                continue
            rest = next((at for at, line in enumerate(lines) if top and _TIGHT_HEADING.match(line.text)), len(lines))
            for at, block in enumerate(blocks(lines[:rest], lambda _last, _line: True, headings=top)):
                if block.kind == "heading":
                    self._enter(block.text, block.first, block.last, None)
                elif at == 0 and marker:
                    self._add("list_item", f"{marker} {block.text}", block.first, block.last, level=depth)
                else:
                    level = depth + 1 if block.kind == "list_item" else 0
                    self._add(block.kind, block.text, block.first, block.last, level=level)
                    self._typed_items = len(self.elements) if level else 0
            lines = lines[rest:]

    def _list(self, node: SyntaxTreeNode, depth: int, *, top: bool, followed: bool = False) -> None:
        if self._contents_follow or _is_contents(node):
            return
        if top and self._is_heading_item(node, followed=followed):
            return
        depth += self._below_typed_item(node)
        first_number = int(node.attrs.get("start", 1))
        for at, item in enumerate(node.children):
            marker = f"{first_number + at}{item.markup}" if node.type == "ordered_list" else item.markup
            children = item.children
            if children and children[0].type == "paragraph":
                inline = _inline(children[0])
                self._paragraph(inline, self._lines(inline), depth + 1, top=False, marker=marker)
                children = children[1:]
            self._blocks(children, depth + 1, top=False)

    def _below_typed_item(self, node: SyntaxTreeNode) -> bool:
        """Whether the list is indented right below an item (`1、…`) that CommonMark takes for part of a paragraph."""
        line = self._source[self._first(node) - self._offset - 1]
        return self._typed_items == len(self.elements) > 0 and line[:1].isspace()

    def _is_heading_item(self, node: SyntaxTreeNode, *, followed: bool) -> bool:
        """Take `1. **背景**` for the heading it is: a list of one item that is nothing but one bold line. Without a
        number it is one only when `followed` by the paragraph that it names, as `- **SEND_OK**` is.
        """
        item = node.children[0]
        alone = len(node.children) == 1 and [child.type for child in item.children] == ["paragraph"]
        numbered = node.type == "ordered_list"
        if not alone or not (numbered or followed):
            return False
        lines = self._lines(_inline(item.children[0]))
        if len(lines) != 1 or not lines[0].emphasised:
            return False
        text = f"{item.info}{item.markup} {lines[0].text}" if numbered else lines[0].text
        if not is_heading(text, emphasised=True):
            return False
        self._enter(text, lines[0].first, lines[0].last, None)
        return True

    def _table(self, node: SyntaxTreeNode) -> None:
        rows = [row for part in node.children for row in part.children]
        cells = [tuple(markdown_inline.plain(_inline(cell)) for cell in row.children) for row in rows]
        body = [(one, self._first(row), self._first(row)) for one, row in zip(cells[1:], rows[1:], strict=True)]
        self._add_table(cells[0], body, self._first(node), self._last(node))
        for row in rows:
            for cell in row.children:
                self._notes_of(_inline(cell))

    def _pipe_table(self, table: pipe_table.PipeTable, lines: Sequence[Line]) -> None:
        body = [(cells, lines[at].first, lines[at].last) for at, cells in table.rows]
        self._add_table(table.header, body, lines[0].first, lines[-1].last)

    def _add_table(
        self, header: tuple[str, ...], body: Sequence[tuple[tuple[str, ...], int, int]], first: int, last: int
    ) -> None:
        rows = [TableRow(cells=cells, locator=self._locator(*place)) for cells, *place in body if any(cells)]
        if not rows and any(header):
            rows, header = [TableRow(cells=header, locator=self._locator(first, first))], ()
        if rows:
            table = Table(header=header if any(header) else (), rows=tuple(rows))
            self.elements.append(Element(kind="table", locator=self._locator(first, last), table=table))

    def _code(self, node: SyntaxTreeNode, first: int) -> None:
        text = node.content.rstrip()
        if text.strip():
            self._add("code", text, first, first + text.count("\n"))

    def _indented(self, node: SyntaxTreeNode, depth: int) -> None:
        # Four blanks make code in CommonMark; mostly Chinese, it is an indented paragraph or an over-indented list.
        if len(_CHINESE.findall(node.content)) > len("".join(node.content.split())) * _PROSE_SHARE:
            self.read(textwrap.dedent(node.content), self._first(node) - 1, depth)
        else:
            self._code(node, self._first(node))

    def _html(self, first: SyntaxTreeNode, last: SyntaxTreeNode) -> None:
        start = self._first(first)
        source = "\n".join(self._source[start - self._offset - 1 : self._last(last) - self._offset])
        self.elements.extend(html.read_fragment(source, self._path, start).elements)

    def _notes_of(self, inline: Token) -> None:
        for child in inline.children or ():
            if child.type == "footnote_ref":
                self._note(str(child.meta["label"]))

    def _note(self, label: str) -> None:
        """Write a footnote right behind the block that first refers to it."""
        note = self._footnotes.pop(label, None)
        for at, paragraph in enumerate(node for node in note.children if node.type == "paragraph") if note else ():
            lines = self._lines(_inline(paragraph))
            text = " ".join(line.text for line in lines)
            if text:
                self._add("note", f"[{label}] {text}" if at == 0 else text, lines[0].first, lines[-1].last)

    def _add(self, kind: ElementKind, text: str, first: int, last: int, level: int = 0) -> None:
        if text:
            self._contents_follow = False
            self.elements.append(Element(kind=kind, text=text, level=level, locator=self._locator(first, last)))

    def _locator(self, first: int, last: int) -> Locator:
        return Locator(kind="lines", headings=self._path.path, line_start=first, line_end=last)

    def _lines(self, inline: Token) -> list[Line]:
        return markdown_inline.lines(inline, self._offset + (inline.map or [0, 0])[0] + 1)

    def _first(self, node: SyntaxTreeNode) -> int:
        return self._offset + (node.map or (0, 0))[0] + 1

    def _last(self, node: SyntaxTreeNode) -> int:
        return self._offset + (node.map or (0, 0))[1]


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").use(footnote_plugin, inline=False)


def _inline(node: SyntaxTreeNode) -> Token:
    token = node.children[0].token
    if token is None:
        raise ValueError(f"a {node.type} of the Markdown tree without inline content")
    return token


def _is_contents(node: SyntaxTreeNode) -> bool:
    inlines = [one.token for one in node.walk() if one.type == "inline" and one.token]
    return bool(inlines) and all(markdown_inline.only_jumps(one) for one in inlines)
