"""Follows the tokens of an RTF file and reports what they say: text with its look, ends of paragraphs, cells and rows.

striprtf was looked at: it gives the text without headings, list marks or cells, and takes the code page of the whole
file for every font. Words reader programs do not know are passed over, as the specification asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ingest.parse.rtf.tokens import Token, tokens

_FONT_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 204: "cp1251"}
_DESTINATIONS = {
    "fonttbl": "fonts", "stylesheet": "styles", "pict": "picture", "footnote": "note", "annotation": "note",
    "result": "body", "shptxt": "body", "listtext": "mark", "pntext": "mark", "title": "title", "author": "author",
    "object": "object",
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
}  # fmt: skip
_PASSED = frozenset({
    "colortbl", "info", "fldinst", "filetbl", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator",
    "themedata", "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "wgrffmtfilter", "nonshppict",
    "bkmkstart", "bkmkend", "template", "operator", "keywords", "subject", "doccomm", "category", "manager", "company",
    "upr", "xe", "tc", "objdata", "objclass", "objname", "sp", "atnid", "atnauthor", "formfield", "panose", "falt",
})  # fmt: skip
_OPEN = frozenset({"shppict", "fldrslt", "pn"})
"""Destinations whose content is read, though they are marked as ones to pass over when unknown."""
_SYMBOLS = {
    "tab": "\t", "line": "\n", "~": "\u00a0", "_": "-", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "{": "{", "}": "}", "\\": "\\", "emspace": " ", "enspace": " ",
}  # fmt: skip
_ENDS = {
    "par": "paragraph", "\n": "paragraph", "\r": "paragraph", "sect": "paragraph", "page": "paragraph",
    "cell": "cell", "row": "row", "nestcell": "nested cell", "nestrow": "nested row",
}  # fmt: skip
_DEEPEST = 500


@dataclass(frozen=True)
class Look:
    """How text looks and where it goes. `style` and `outline` are those of the paragraph; `outline` counts from 0."""

    destination: str = "body"
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    style: int = 0
    outline: int | None = None
    charset: str = ""
    skip: int = 1


class Event(NamedTuple):
    """`kind` is `text`, an end (`paragraph`, `cell`, `row`, …), `edge` (a cell's right edge in twips, in `number`, its
    merging in `text`), `table` (a row's description begins), `object` (one is embedded here) or `picture` (`data`).
    """

    kind: str
    look: Look
    text: str = ""
    number: int = 0
    data: bytes = b""


@dataclass
class Reader:
    """`fonts` are code pages by font number, `styles` names by style number."""

    charset: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    _look: Look = field(default_factory=Look)
    _stack: list[Look] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _to_skip: int = 0
    _star: bool = False
    _font: int = 0
    _merging: str = ""
    _script: str = ""

    def read(self, source: bytes) -> Iterator[Event]:
        """The events of the file in order."""
        for token in tokens(source):
            if token.kind == "bytes":
                self._take(token.data)
                continue
            yield from self._flush()
            if token.kind == "{":
                self._stack.append(self._look)
                self._star, self._to_skip = False, 0
                if len(self._stack) > _DEEPEST:
                    return
            elif token.kind == "}":
                left = self._look
                self._look, self._to_skip = self._stack.pop() if self._stack else self._look, 0
                if left.destination != self._look.destination:
                    yield Event("end", left)
            elif token.kind == "binary":
                yield Event("picture", self._look, data=token.data)
            else:
                yield from self._word(token)
        yield from self._flush()

    def _take(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes += data[skipped:]

    def _flush(self) -> Iterator[Event]:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            look = self._look
            if look.destination == "styles" and look.style not in self.styles:
                self.styles[look.style] = self._text(data).strip(" ;")
            elif look.destination not in ("fonts", "styles", "passed"):
                yield Event("text", look, self._text(data))

    def _text(self, data: bytes) -> str:
        return data.decode(self._look.charset or self.charset, "replace")

    def _word(self, token: Token) -> Iterator[Event]:
        name, number = token.name, token.number
        if name == "*":
            self._star = True
            return
        star, self._star = self._star, False
        if self._look.destination == "passed":
            return
        if name == "u" and number is not None:
            yield Event("text", self._look, _character(number))
            self._to_skip = self._look.skip
        elif name in _DESTINATIONS:
            self._look = replace(self._look, destination=_DESTINATIONS[name], style=0)
        elif name in _PASSED or (star and name not in _OPEN):
            if name == "objdata":
                yield Event("object", self._look)
            # What stands inside the information group is told by its own destinations.
            if name != "info":
                self._look = replace(self._look, destination="passed")
        elif name in _SYMBOLS:
            yield Event("text", self._look, _SYMBOLS[name])
        elif name in _ENDS:
            yield Event(_ENDS[name], self._look)
        elif name == "trowd":
            yield Event("table", self._look)
        elif name == "cellx":
            merging, self._merging = self._merging, ""
            yield Event("edge", self._look, merging, number or 0)
        elif name in ("clmgf", "clmrg", "clvmgf", "clvmrg"):
            self._merging += f"{name} "
        else:
            self._state(name, number)

    def _state(self, name: str, number: int | None) -> None:
        look = self._look
        on = number != 0
        match name:
            case "ansicpg":
                self.charset = _known(f"cp{number}") or self.charset
            case "mac":
                self.charset = "mac_roman"
            case "f" if look.destination == "fonts":
                self._font = number or 0
            case "fcharset" if look.destination == "fonts":
                self.fonts[self._font] = _FONT_CHARSETS.get(number or 0, "")
            case "f" | "af":
                self._look = replace(look, charset=self.fonts.get(number or 0, "") if name == "f" else look.charset)
            case "uc":
                self._look = replace(look, skip=max(number or 0, 0))
            case "plain":
                self._look = replace(look, bold=False, hidden=False, deleted=False, charset="")
            case "pard":
                self._look = replace(look, in_table=False, style=0, outline=None)
            case "intbl":
                self._look = replace(look, in_table=True)
            case "s" if number is not None:
                self._look = replace(look, style=number)
            case "outlinelevel":
                self._look = replace(look, outline=number)
            case "rtlch" | "ltrch" | "loch" | "hich" | "dbch":
                self._script = name
            case "ab" if self._script == "dbch":  # so LibreOffice makes Chinese bold
                self._look = replace(look, bold=on)
            case "b":
                self._look = replace(look, bold=on)
            case "v":
                self._look = replace(look, hidden=on)
            case "deleted":
                self._look = replace(look, deleted=on)


def _known(charset: str) -> str:
    try:
        "".encode(charset)
    except LookupError:
        return ""
    return {"cp936": "gb18030", "cp65001": "utf-8"}.get(charset, charset)


def _character(number: int) -> str:
    """A UTF-16 unit, which may be written as a negative number."""
    unit = number & 0xFFFF
    return chr(unit)
