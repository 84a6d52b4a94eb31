"""Makes blocks of plain lines: which line opens a heading, a list item or a paragraph, and which continues the last.

Used where the format itself does not say: plain text, and the paragraphs of Markdown, in which Chinese authors write
lists and `label：value` lines that CommonMark would melt into one line.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.parse.headings import looks_like_heading, numbering

BlockKind = Literal["heading", "list_item", "paragraph", "caption"]

_HAN = "一二三四五六七八九十"
_BULLET = re.compile(r"(?:[-*+–—]\s+|\[[ xX√]\]\s*|[•·●○■□◆◇▪▫▶►➢➤✓✔√☐☑✅❌]\s*)(?=\S)")
_NUMBER = re.compile(
    rf"(?:\d{{1,3}}[、.．)）](?!\d)|[（(](?:\d{{1,3}}|[{_HAN}]{{1,3}})[）)]、?|[①-⑳]|[a-zA-Z][.)、）](?=\s)|[{_HAN}]{{1,3}}、)\s*(?=\S)"
)
_LABEL = re.compile(r"[^\s：:，。；,;（(]{1,10}[：:]\s*\S")
_CAPTION = re.compile(rf"[图表]\s*(?:\d+(?:[-.．－]\d+)*|[{_HAN}]+)(?=[\s：:、.．]|[^\W\d_])[^。；]{{0,60}}$")
_CLOSED = re.compile(r"[。！？；：.!?;:…][”’」』）)】》*]*$")
_CONTENTS = re.compile(r"\W*(?:目\s*录|table of contents|contents|toc)\W*", re.IGNORECASE)
_EMPTY_ALT = re.compile(
    r"(?:images?|img|picture|pasted|图片|截图|插图)?[\s\d_-]*(?:\.\w{3,4})?|[\w-]+\.(?:png|jpe?g|gif|svg|webp|bmp)",
    re.IGNORECASE,
)
_SUPERSCRIPT = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_STATES_A_FACT = re.compile(r"[，,=≤≥<>]")
_LATIN_END, _LATIN_START = re.compile(r"[!-~]$"), re.compile(r"^[!-~]")


@dataclass(frozen=True)
class Line:
    """A line as the reader sees it, with the source lines it came from (counted from 1).

    `emphasised`: all of it is bold. `starts`: it must begin a block (a hard line break stands before it).
    """

    text: str
    first: int
    last: int
    emphasised: bool = False
    starts: bool = False
    indent: int = 0


@dataclass(frozen=True)
class Block:
    """Lines that belong together, joined, with the source lines they came from."""

    kind: BlockKind
    text: str
    first: int
    last: int
    indent: int = 0


def opens_item(text: str) -> bool:
    """Whether the line begins with a bullet or a list number."""
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def join(parts: Iterable[str]) -> str:
    """Wrapped lines as one: a blank between them only where Latin text meets Latin text or Chinese."""
    joined = ""
    for part in (part.strip() for part in parts):
        blank = joined and part and (_LATIN_END.search(joined) or _LATIN_START.search(part))
        joined += f" {part}" if blank else part
    return joined


def blocks(lines: Sequence[Line], continues: Callable[[Line, Line], bool], *, headings: bool = True) -> list[Block]:
    """Group adjoining lines (no blank ones among them) into blocks.

    `continues(last, line)` says whether an unmarked line goes on with the one before it; with `headings` False no line
    is taken for a heading.
    """
    groups: list[tuple[BlockKind, list[Line]]] = []
    for at, line in enumerate(lines):
        kind = _kind(lines, at, headings=headings)
        opens = not groups or line.starts or kind != "paragraph" or groups[-1][0] == "heading"
        if opens or _opens_label(groups[-1], line) or not continues(lines[at - 1], line):
            groups.append((kind, [line]))
        else:
            groups[-1][1].append(line)
    return [_block(kind, group) for kind, group in groups]


def _block(kind: BlockKind, lines: Sequence[Line]) -> Block:
    text = join(line.text for line in lines)
    if kind == "paragraph" and _CAPTION.match(text):
        kind = "caption"
    return Block(kind, text, lines[0].first, lines[-1].last, lines[0].indent)


def _kind(lines: Sequence[Line], at: int, *, headings: bool) -> BlockKind:
    if headings and is_heading(lines[at].text, emphasised=lines[at].emphasised) and not _in_run(lines, at):
        return "heading"
    return "list_item" if opens_item(lines[at].text) else "paragraph"


def is_heading(text: str, *, emphasised: bool) -> bool:
    """Whether a line of its own is a heading: as `looks_like_heading`, but a bold unnumbered line that states a fact
    (`**RPO=0，RTO≤30分钟**`) is not, since a heading is a path to text, not text to cite.
    """
    if emphasised and numbering(text) is None and _STATES_A_FACT.search(text):
        return False
    return looks_like_heading(text, emphasised=emphasised)


def _in_run(lines: Sequence[Line], at: int) -> bool:
    """Whether a neighbour has the same numbering: `一、…` right above `二、…` is a list, not two headings."""
    own = numbering(lines[at].text)
    near = [lines[one].text for one in (at - 1, at + 1) if 0 <= one < len(lines)]
    return own is not None and any((other := numbering(text)) and other.scheme == own.scheme for text in near)


def is_contents_title(text: str) -> bool:
    """Whether the line is the title of a table of contents."""
    return bool(_CONTENTS.fullmatch(text))


def telling(alternative_text: str) -> str:
    """A picture's alternative text where it says what is in the picture; empty for `image.png` and the like."""
    text = " ".join(alternative_text.split())
    return "" if _EMPTY_ALT.fullmatch(text) else text


def superscript(text: str) -> str:
    """A raised text in plain letters: without it `2<sup>32</sup>` would read 232. Footnote marks stay as they are."""
    raised = text.translate(_SUPERSCRIPT)
    return raised if re.fullmatch(r"[⁰-⁹¹²³⁺⁻ⁿ]*", raised) else text


def _opens_label(group: tuple[BlockKind, list[Line]], line: Line) -> bool:
    """Whether `line` is `label：value` and what stands above is over, so that it does not go on with a sentence."""
    kind, above = group
    over = kind == "list_item" or _CLOSED.search(above[-1].text) or _LABEL.match(above[-1].text)
    return bool(_LABEL.match(line.text) and over)
