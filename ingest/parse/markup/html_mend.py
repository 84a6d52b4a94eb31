"""Makes libxml2's tree show what a browser shows, where text would be lost without it."""

import re
from collections.abc import Iterable

from lxml import etree

from ingest.parse.markup.html_drawings import mend_drawings
from ingest.parse.markup.html_forms import show_forms
from ingest.parse.markup.html_text import Node, add_text, tag_of

_FURNITURE = ("nav", "header", "footer")
_CLOSED_EARLY = ("main", "button", "select")
_RAW = ("style", "script", "title")
_MARKUP = re.compile(r"</?(?:p|div|span|br|h[1-6]|ul|ol|li|table|tr|td|body)\b[^>]*>", re.IGNORECASE)
_ROWS = ("thead", "tbody", "tfoot", "tr")
_CELLS = ("td", "th")
_IN_TABLE = frozenset({*_ROWS, *_CELLS, "caption", "colgroup", "col", "script", "style", "template", ""})
_WRAPPING = "wrapping"


def mend(root: Node, source: str) -> None:
    """Change the tree of `source` so that no text that a browser shows is below a node whose text is not read."""
    for tag in (*_FURNITURE, *_CLOSED_EARLY):
        if nodes := _unclosed(root, tag, source):
            _make_text(nodes)
    for tag in _RAW:
        if nodes := _unclosed(root, tag, source):
            _say_swallowed(root, nodes[-1])
    mend_drawings(root)
    show_forms(root)
    for table in list(root.iter("table")):
        _put_before(table)


def forget_furniture(root: Node) -> None:
    """Make text of all that calls itself menu, header or footer: for pages that have nothing else."""
    _make_text(root.iter(*_FURNITURE))
    for node in root.iter("*"):
        node.attrib.pop("role", "")


def _unclosed(root: Node, tag: str, source: str) -> list[Node]:
    """All nodes of the tag, where it is opened more often than closed: nobody knows then which of them ends where."""
    nodes = list(root.iter(tag))
    closed = re.findall(rf"</{tag}[\s/>]", source, re.IGNORECASE) if nodes else []
    return nodes if len(nodes) > len(closed) else []


def _say_swallowed(root: Node, raw: Node) -> None:
    """Text that a style or script without an end has swallowed is shown by no browser; as hidden text, it is said."""
    text = raw.text or ""
    if start := _MARKUP.search(text):
        raw.text = text[: start.start()]
        swallowed = root.makeelement("template")
        swallowed.text = re.sub(r"<[^>]*>", " ", text[start.start() :])
        root.append(swallowed)


def _make_text(nodes: Iterable[Node]) -> None:
    for node in list(nodes):
        node.tag = "div"


def _put_before(table: Node) -> None:
    """Put what is in the table, but in none of its cells, in front of it, as browsers do (HTML standard, 13.2.6.4.9).
    Tags around rows go, the rows stay.
    """
    astray = table.makeelement("div")
    parts = [table]
    while parts:
        part = parts.pop()
        _unwrap(part)
        if (part.text or "").strip():
            add_text(astray, part.text)
            part.text = None
        for child in list(part):
            tail = child.tail if (child.tail or "").strip() else None
            child.tail = None
            if tag_of(child) not in _IN_TABLE:
                astray.append(child)
            elif tag_of(child) in _ROWS:
                parts.append(child)
            add_text(astray, tail)
        if tag_of(part) != "tr":
            _make_rows(part)
    if (len(astray) or astray.text) and table.getparent() is not None:
        table.addprevious(astray)


def _unwrap(part: Node) -> None:
    """Take away tags between `part` and its rows or cells, such as the `form` of old pages."""
    while wrapping := [one for one in part if tag_of(one) not in {*_IN_TABLE, "table"} and _holds_rows(one)]:
        for one in wrapping:
            one.tag = _WRAPPING
        etree.strip_tags(part, _WRAPPING)


def _holds_rows(node: Node) -> bool:
    return any(tag_of(child) in _ROWS or tag_of(child) in _CELLS for child in node)


def _make_rows(part: Node) -> None:
    """Put cells that stand in no row into one."""
    row: Node | None = None
    for child in list(part):
        if tag_of(child) not in _CELLS:
            row = None
            continue
        if row is None:
            row = part.makeelement("tr")
            child.addprevious(row)
        row.append(child)
