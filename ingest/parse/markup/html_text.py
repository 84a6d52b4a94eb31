"""The visible text of an HTML tree: what is hidden, what is bold, on which source line each piece stands."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from ingest.parse.plain.lines import Line, join, superscript, telling

Node = etree._Element

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "ol", "p", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "title", "tr", "ul",
})  # fmt: skip
SKIPPED = frozenset({
    "audio", "button", "canvas", "datalist", "head", "iframe", "input", "nav",
    "noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video",
})  # fmt: skip
_BOLD = frozenset({"b", "strong", "th"})
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?![.\d])"
)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_LAST_COUNTED_LINE = 65535
"""libxml2 counts no further than this."""


def tag_of(node: Node) -> str:
    """The tag's name; empty for comments and processing instructions."""
    return node.tag.lower() if isinstance(node.tag, str) else ""


def is_hidden(node: Node) -> bool:
    """Whether no reader sees it: comments, scripts, form controls, navigation, whatever is styled away."""
    tag = tag_of(node)
    return not tag or tag in SKIPPED or is_styled_away(node)


def is_styled_away(node: Node) -> bool:
    """Whether the node itself says that it is not to be seen."""
    return node.get("hidden") is not None or bool(_HIDING.search(node.get("style", "").lower()))


def add_text(parent: Node, text: str | None) -> None:
    """Write `text` behind all that `parent` holds."""
    if text and len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    elif text:
        parent.text = (parent.text or "") + text


def is_bold(node: Node) -> bool:
    """Whether the node makes its text bold."""
    return tag_of(node) in _BOLD or bool(_BOLD_STYLE.search(node.get("style", "").lower()))


def own_text(node: Node) -> str:
    """The text before the node's first child."""
    return superscript(node.text or "") if tag_of(node) == "sup" else node.text or ""


@dataclass
class Cursor:
    """The source line reached, counted from 1 in the text that was parsed."""

    line: int = 1

    def enter(self, node: Node) -> None:
        """Go to where the node's opening tag ends, or the whole comment."""
        stated = node.sourceline
        if isinstance(stated, int) and 0 < stated < _LAST_COUNTED_LINE:
            self.line = stated

    def pass_over(self, node: Node) -> None:
        """Go to the end of a node that is not read."""
        self.enter(node)
        if tag_of(node):
            self.line += sum(str(text).count("\n") for text in node.itertext())


@dataclass
class Run:
    """The inline content of one block, piece by piece; `None` is a line break."""

    pieces: list[tuple[str, int, bool] | None] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def only_pictures(self) -> bool:
        """Whether nothing but pictures is in it."""
        text = "".join(piece[0] for piece in self.pieces if piece)
        return bool(self.pictures) and "".join(text.split()) == "".join("".join(self.pictures).split())

    def add(self, text: str, line: int, *, bold: bool = False) -> None:
        """Add text whose first character stands on source line `line`."""
        self.pieces.append((text, line, bold))

    def add_picture(self, alternative_text: str, line: int) -> None:
        """Add what a picture says about itself."""
        text = telling(alternative_text)
        if text:
            self.pictures.append(text)
            self.add(text, line)

    def break_line(self) -> None:
        """Begin a new line, as `<br>` does."""
        self.pieces.append(None)

    def lines(self) -> list[Line]:
        """The lines as a reader sees them; blank ones left out."""
        groups: list[list[tuple[str, int, bool]]] = [[]]
        for piece in self.pieces:
            if piece is None:
                groups.append([])
            else:
                groups[-1].append(piece)
        return [line for line in map(_line, groups) if line.text]


def _line(pieces: list[tuple[str, int, bool]]) -> Line:
    inked = [(text, line, bold) for text, line, bold in pieces if text.strip()]
    if not inked:
        return Line("", 0, 0)
    raw = "".join(text for text, _, _ in pieces)
    text = join(re.sub(r"[^\S\n]+", " ", raw).split("\n")).strip()
    (first_text, first, _), (last_text, last, _) = inked[0], inked[-1]
    first += first_text[: len(first_text) - len(first_text.lstrip())].count("\n")
    last += last_text.rstrip().count("\n")
    return Line(text, first, last, emphasised=all(bold for _, _, bold in inked), starts=True)


def traverse(
    root: Node, opened: Callable[[Node], bool], closed: Callable[[Node], None], tail: Callable[[str | None], None]
) -> None:
    """Call `opened` for `root` and, where it returns True, for what is below; then `closed`. After every node but
    `root`, whether it was opened or not, `tail` gets the text that follows it.

    It does not recurse: hostile files nest deeper than Python's stack.
    """
    if not opened(root):
        return
    stack = [(root, iter(root))]
    while stack:
        node, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            closed(node)
            if stack:
                tail(node.tail)
        elif opened(child):
            stack.append((child, iter(child)))
        else:
            tail(child.tail)


def flatten(root: Node, cursor: Cursor) -> Run:
    """All visible text below `root` as one run, with a line break around every block inside; moves `cursor` past it."""
    run, bold = Run(), 0

    def opened(node: Node) -> bool:
        nonlocal bold
        if is_hidden(node):
            cursor.pass_over(node)
            return False
        cursor.enter(node)
        bold += is_bold(node)
        if tag_of(node) in BLOCKS or tag_of(node) == "br":
            run.break_line()
        if tag_of(node) == "img":
            run.add_picture(node.get("alt", ""), cursor.line)
        write(own_text(node))
        return True

    def closed(node: Node) -> None:
        nonlocal bold
        bold -= is_bold(node)
        if tag_of(node) in BLOCKS:
            run.break_line()

    def write(text: str | None) -> None:
        if text:
            run.add(text, cursor.line, bold=bold > 0)
            cursor.line += text.count("\n")

    traverse(root, opened, closed, write)
    return run
