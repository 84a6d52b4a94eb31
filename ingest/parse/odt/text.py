"""The text of an OpenDocument paragraph: spaces, tabs and line breaks as shown, and what hangs on it."""

from dataclasses import dataclass, field

from ingest.parse.odt.package import Node, q
from ingest.parse.odt.styles import Styles

_ASIDE = {q("text:note"), q("office:annotation"), q("draw:frame"), q("draw:custom-shape"), q("draw:g")}
_SILENT = {
    q("text:bookmark"), q("text:bookmark-start"), q("text:bookmark-end"), q("office:annotation-end"),
    q("text:change"), q("text:change-start"), q("text:change-end"), q("text:soft-page-break"), q("text:ruby-text"),
    q("office:event-listeners"), q("text:toc-mark"), q("text:alphabetical-index-mark"),
}  # fmt: skip
_DEEPEST = 200


@dataclass
class Inline:
    """A paragraph's text; `aside` are the notes, remarks and frames anchored in it, `hidden` what is not shown."""

    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    aside: list[Node] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, each line trimmed."""
        lines = (" ".join(line.split()) for line in "".join(self.pieces).split("\n"))
        return "\n".join(filter(None, lines))

    @property
    def all_bold(self) -> bool:
        """Whether there is text and all of it is bold."""
        return bool(self.bold) and all(self.bold)


def inline(paragraph: Node, styles: Styles) -> Inline:
    """What `paragraph` (`text:p`, `text:h`) says."""
    found = Inline()
    name = paragraph.get(q("text:style-name"), "")
    _walk(paragraph, styles, found, bold=styles.is_bold(name), hidden=styles.is_hidden(name), depth=0)
    return found


def _walk(node: Node, styles: Styles, found: Inline, *, bold: bool, hidden: bool, depth: int) -> None:
    def say(text: str | None) -> None:
        if text and hidden:
            found.hidden.append(text)
        elif text:
            # White space in the file is one blank; more have elements of their own.
            found.pieces.append(" ".join(text.split("\n")) if "\n" in text else text)
            if text.strip():
                found.bold.append(bold)

    say(node.text)
    for child in node:
        tag = child.tag
        if tag in _ASIDE:
            found.aside.append(child)
            if tag == q("text:note"):
                say(f"[{(child.findtext(q('text:note-citation')) or '').strip()}]")
        elif tag == q("text:s"):
            say(" " * min(int(child.get(q("text:c"), "1") or 1), 100) if child.get(q("text:c"), "1").isdigit() else " ")
        elif tag == q("text:tab"):
            say(" ")
        elif tag == q("text:line-break"):
            found.pieces.append("\n")
        elif tag == q("text:hidden-text") or tag == q("text:hidden-paragraph"):
            found.hidden.append("".join(map(str, child.itertext())) or child.get(q("text:string-value"), ""))
        elif tag not in _SILENT and isinstance(tag, str) and depth < _DEEPEST:
            name = child.get(q("text:style-name"), "")
            _walk(
                child,
                styles,
                found,
                bold=styles.is_bold(name) or bold,
                hidden=styles.is_hidden(name) or hidden,
                depth=depth + 1,
            )
        say(child.tail)
