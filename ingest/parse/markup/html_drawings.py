"""Drawings (`svg`) and formulas (`math`) in a page: where they end, and what their labels say.

Where they end follows the HTML standard (13.2.6.5): one that was never closed ends at the first tag of ordinary text.
"""

from collections.abc import Iterator

from ingest.parse.markup.html_text import Node, add_text, is_styled_away, tag_of
from ingest.parse.plain.lines import join

_BREAK_OUT = frozenset({
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s",
    "small", "span", "strike", "strong", "sub", "sup", "table", "tt", "u", "ul", "var",
})  # fmt: skip
_HTML_AGAIN = frozenset({"foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"})
_NOT_DRAWN = frozenset({
    "defs", "symbol", "marker", "clippath", "mask", "pattern", "desc", "title", "style", "script", "metadata"
})  # fmt: skip


def mend_drawings(root: Node) -> None:
    """End each drawing and formula where a browser does, and put its labels in place of each drawing that has any."""
    for foreign in list(root.iter("svg", "math")):
        _end_at_text(foreign)
    for drawing in list(root.iter("svg")):
        _show_labels(drawing)


def _end_at_text(foreign: Node) -> None:
    first = next((one for one in _within(foreign, _HTML_AGAIN) if tag_of(one) in _BREAK_OUT), None)
    if first is None or foreign.getparent() is None:
        return
    after = foreign.makeelement("span")
    levels = [(first, list(first.itersiblings()))]
    for node in first.iterancestors():
        if node is foreign:
            break
        levels.append((node, list(node.itersiblings())))
    after.append(first)
    for node, siblings in levels:
        if node is not first:
            add_text(after, node.tail)
            node.tail = None
        for sibling in siblings:
            after.append(sibling)
    tail, foreign.tail = foreign.tail, None
    foreign.addnext(after)
    after.tail = tail


def _show_labels(drawing: Node) -> None:
    labels: list[Node] = []
    for node in _within(drawing, _NOT_DRAWN | {"text", "foreignobject"}):
        if tag_of(node) == "foreignobject":
            labels.append(node)
        elif tag_of(node) == "text" and not is_styled_away(node):
            text = join(" ".join(str(piece).split()) for piece in node.itertext())
            if text:
                label = drawing.makeelement("div")
                label.text = text
                labels.append(label)
    if not labels:
        return
    for child in list(drawing):
        if child not in labels:
            drawing.remove(child)
    drawing.text = None
    for label in labels:
        label.tag = "div"
        label.tail = None
        drawing.append(label)
    # A caption is text whose lines are never taken for headings, and stands apart from the sentence around it.
    drawing.tag = "figcaption"


def _within(node: Node, closed: frozenset[str]) -> Iterator[Node]:
    """All below `node` in order, but nothing below tags in `closed`, which come themselves."""
    stack = [iter(node)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        yield child
        if tag_of(child) not in closed:
            stack.append(iter(child))
