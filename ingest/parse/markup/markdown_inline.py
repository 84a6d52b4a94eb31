"""Turns the inline tokens of one Markdown block into lines of plain text, as the reader sees them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from ingest.parse.plain.lines import Line, superscript, telling

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?([a-z][a-z0-9-]*)\b|<[!?]", re.IGNORECASE)
_HTML_TAGS = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "br", "button", "center", "cite", "code", "data",
    "del", "details", "dfn", "div", "em", "figure", "figcaption", "font", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "iframe", "img", "input", "ins", "kbd", "label", "li", "mark", "meter", "nobr", "ol", "p",
    "path", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "source",
    "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "th", "thead",
    "time", "tr", "tt", "u", "ul", "var", "video", "wbr",
})  # fmt: skip
_ITEM = re.compile(r"<(?:li|p|div)\b[^>]*>", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\s：:。，,.、]*")


@dataclass
class _Open:
    """The line being written."""

    line: int
    starts: bool = False
    parts: list[str] = field(default_factory=list)
    bold: bool = False
    plain: bool = False

    def add(self, text: str, *, bold: bool) -> None:
        self.parts.append(text)
        if not _PUNCTUATION.fullmatch(text):
            self.bold, self.plain = self.bold or bold, self.plain or not bold

    def close(self, first: int, last: int) -> Line:
        text = re.sub(r"[ \t]+", " ", "".join(self.parts)).strip()
        return Line(text, first, last, emphasised=self.bold and not self.plain, starts=self.starts)


def lines(inline: Token, first_line: int) -> list[Line]:
    """The lines of an `inline` token whose first source line is `first_line` (from 1); blank ones left out.

    Markup goes, its text stays: links keep their text, pictures a telling alternative text, footnote references become
    `[1]`. Struck-out text keeps its `~~`, since without them it would read as still valid.
    """
    opened = _Open(first_line)
    closed: list[_Open] = []
    bold = raised = 0
    line = first_line
    for token in inline.children or ():
        tag = token.type == "html_inline"
        if token.type in ("softbreak", "hardbreak") or (
            tag and (_BREAK.fullmatch(token.content) or _ITEM.fullmatch(token.content))
        ):
            line += not tag
            closed.append(opened)
            opened = _Open(line, starts=token.type != "softbreak")
        elif tag and _is_html(token.content):
            line += token.content.count("\n")
            raised += _step(token.content, "sup")
            bold += _step(token.content, "b") + _step(token.content, "strong")
        elif token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        else:
            text = _text(token)
            opened.add(superscript(text) if raised else text, bold=bold > 0)
    closed.append(opened)
    # A code span over two lines hides its line end from the tokens: then only the whole block's place is known.
    exact = line == first_line + inline.content.count("\n")
    last = first_line + inline.content.count("\n")
    found = [one.close(one.line, one.line) if exact else one.close(first_line, last) for one in closed]
    return [one for one in found if one.text]


def plain(inline: Token) -> str:
    """The text of an `inline` token on one line: a heading, a table cell."""
    return " ".join(line.text for line in lines(inline, 1))


def only_jumps(inline: Token) -> bool:
    """Whether all the text is links within the document: an entry of a table of contents."""
    inside, jumps = False, False
    for token in inline.children or ():
        if token.type == "link_open":
            inside = str(token.attrGet("href") or "").startswith("#")
            jumps = jumps or inside
        elif token.type == "link_close":
            inside = False
        elif token.content.strip() and not inside:
            return False
    return jumps


def only_pictures(inline: Token) -> bool:
    """Whether the block is pictures and nothing else."""
    children: Sequence[Token] = inline.children or ()
    return any(token.type == "image" for token in children) and all(
        token.type in ("image", "softbreak", "hardbreak", "link_open", "link_close") or not token.content.strip()
        for token in children
    )


def _text(token: Token) -> str:
    if token.type == "image":
        return telling(token.content)
    if token.type == "footnote_ref":
        return f"[{token.meta['label']}]"
    return token.content if token.type in ("text", "code_inline", "text_special", "html_inline") else ""


def _step(content: str, tag: str) -> int:
    """1 when `content` opens the tag, -1 when it closes it."""
    return {f"<{tag}>": 1, f"</{tag}>": -1}.get(content.lower(), 0)


def _is_html(content: str) -> bool:
    """Whether it is markup; `<主机>` and `<host>` are a writer's blanks to fill in."""
    tag = _TAG.match(content)
    return tag is not None and (tag[1] is None or tag[1].lower() in _HTML_TAGS)
