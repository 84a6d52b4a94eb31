"""Resolves what a Word paragraph inherits: heading level, numbering, bold and size, through styles and defaults.

Rules of inheritance: ECMA-376 part 1, 17.7.2. Styles are known by name (`heading 1`, `标题 1`), since their ids differ
between Word, WPS and languages.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from lxml import etree

from ingest.parse.office.ooxml import child, integer, number, q, switch, value

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|文档标题|封面标题|标题)$", re.IGNORECASE)
_CONTENTS = re.compile(
    r"^(?:toc|目录|table of (?:figures|authorities)|图表目录)\s*(?:\d|heading|标题)?$", re.IGNORECASE
)
_CAPTION = re.compile(r"^(?:caption|题注|图注|表注|图题|表题)$", re.IGNORECASE)
_CODE = re.compile(r"code|代码|preformatted|macro text|^macro$|命令", re.IGNORECASE)
_MONOSPACED = re.compile(r"consolas|courier|menlo|monaco|mono|lucida console|等宽", re.IGNORECASE)
_BODY_LEVEL = 9
_FIRST_ROW = 0x0020

T = TypeVar("T")


@dataclass(frozen=True)
class _Style:
    outline: int | None = None
    num_id: int | None = None
    list_level: int | None = None
    bold: bool | None = None
    size: float | None = None
    font: str | None = None
    hidden: bool | None = None
    is_title: bool = False
    is_contents: bool = False
    is_caption: bool = False
    is_code: bool = False
    elements: tuple[etree._Element, ...] = field(default=(), repr=False)


class Styles:
    """The styles of one document. `root` is `w:styles`, or None where the document has none."""

    def __init__(self, root: etree._Element | None) -> None:
        defaults = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self._bold_by_default = switch(defaults, "w:b") is True
        self._hidden_by_default = switch(defaults, "w:vanish") is True
        self._size_by_default = _size(defaults) or 10.0
        self._by_id = {} if root is None else {one.get(q("w:styleId"), ""): one for one in root.findall(q("w:style"))}
        self._resolved: dict[str, _Style] = {}
        self._asked: etree._Element | None = None
        self._asked_style = _Style()

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """The level that the outline level or a heading style states, from 1; None for body text."""
        direct = number(paragraph, "w:pPr", "w:outlineLvl")
        level = direct if direct is not None else self._style(paragraph).outline
        return None if level is None or not 0 <= level < _BODY_LEVEL else level + 1

    def is_title(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph is the document's title by style."""
        return self._style(paragraph).is_title

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph is a line of a table of contents, or its heading, by style."""
        return self._style(paragraph).is_contents

    def is_caption(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph is a caption by style."""
        return self._style(paragraph).is_caption

    def is_code(self, paragraph: etree._Element, run_properties: list[etree._Element | None]) -> bool:
        """Whether the paragraph is code, by its style's name or because all its runs are set in a fixed-width font."""
        if self._style(paragraph).is_code:
            return True
        fonts = [self.font(paragraph, one) for one in run_properties]
        return bool(fonts) and all(_MONOSPACED.search(font) for font in fonts)

    def numbering(self, paragraph: etree._Element) -> tuple[int, int] | None:
        """(numId, level from 0) of the list the paragraph is in, by itself or by style; None outside lists."""
        style = self._style(paragraph)
        num_id = number(paragraph, "w:pPr", "w:numPr", "w:numId")
        level = number(paragraph, "w:pPr", "w:numPr", "w:ilvl")
        num_id = style.num_id if num_id is None else num_id
        if not num_id:
            return None
        return num_id, level if level is not None else style.list_level or 0

    def style_ids(self, paragraph: etree._Element) -> tuple[str, ...]:
        """The ids of the paragraph's style and of the styles it is based on."""
        return tuple(one.get(q("w:styleId"), "") for one in self._style(paragraph).elements)

    def list_style_number(self, style_id: str) -> int | None:
        """The numId that a numbering style (`w:numStyleLink`) points to."""
        return number(self._by_id.get(style_id), "w:pPr", "w:numPr", "w:numId")

    def is_bold(self, paragraph: etree._Element, run_properties: etree._Element | None) -> bool:
        """Whether a run is bold as shown."""
        stated = switch(run_properties, "w:b")
        for style in self._of_run(paragraph, run_properties):
            stated = style.bold if stated is None else stated
        return self._bold_by_default if stated is None else stated

    def size(self, paragraph: etree._Element, run_properties: etree._Element | None) -> float:
        """A run's size as shown, in points."""
        stated = _size(run_properties)
        for style in self._of_run(paragraph, run_properties):
            stated = style.size if stated is None else stated
        return self._size_by_default if stated is None else stated

    def font(self, paragraph: etree._Element | None, run_properties: etree._Element | None) -> str:
        """The font that a run states, by itself or by style; empty where it takes the document's own."""
        stated = _font(run_properties)
        if stated is not None or paragraph is None:
            return stated or ""
        return next((style.font for style in self._of_run(paragraph, run_properties) if style.font), "")

    def is_hidden(self, paragraph: etree._Element, run_properties: etree._Element | None) -> bool:
        """Whether a run is hidden text, which is neither shown nor printed."""
        stated = switch(run_properties, "w:vanish")
        for style in self._of_run(paragraph, run_properties):
            stated = style.hidden if stated is None else stated
        return self._hidden_by_default if stated is None else stated

    def header_rows_styled(self, table: etree._Element) -> bool:
        """Whether the table's style sets its first row apart and the table asks for that."""
        look = child(table, "w:tblPr", "w:tblLook")
        asked = look is not None and (
            look.get(q("w:firstRow")) in {"1", "true", "on"}
            or bool((integer(look.get(q("w:val")), base=16) or 0) & _FIRST_ROW)
        )
        chain = self._chain(value(table, "w:tblPr", "w:tblStyle"))
        parts = (part.get(q("w:type")) for style in chain for part in style.findall(q("w:tblStylePr")))
        return asked and "firstRow" in parts

    @cached_property
    def _default_id(self) -> str | None:
        for style_id, style in self._by_id.items():
            if style.get(q("w:type")) == "paragraph" and style.get(q("w:default")) in {"1", "true", "on"}:
                return style_id
        return None

    def _style(self, paragraph: etree._Element) -> _Style:
        # Everything is asked of one paragraph before the next one comes.
        if paragraph is not self._asked:
            self._asked = paragraph
            self._asked_style = self._resolve(value(paragraph, "w:pPr", "w:pStyle") or self._default_id)
        return self._asked_style

    def _of_run(self, paragraph: etree._Element, run_properties: etree._Element | None) -> tuple[_Style, ...]:
        style = self._style(paragraph)
        own = None if run_properties is None else value(run_properties, "w:rStyle")
        return (style,) if own is None else (self._resolve(own), style)

    def _chain(self, style_id: str | None) -> tuple[etree._Element, ...]:
        chain: list[etree._Element] = []
        while style_id in self._by_id and self._by_id[style_id] not in chain:
            chain.append(self._by_id[style_id])
            style_id = value(chain[-1], "w:basedOn")
        return tuple(chain)

    def _resolve(self, style_id: str | None) -> _Style:
        if style_id is None:
            return _Style()
        if style_id not in self._resolved:
            self._resolved[style_id] = _combine(self._chain(style_id))
        return self._resolved[style_id]


def _combine(chain: tuple[etree._Element, ...]) -> _Style:
    """What a style states, the nearest of it and its bases first."""
    names = tuple((value(style, "w:name") or "").strip() for style in chain)
    # The base of everything is called Normal or 正文; a style named 标题 is a title only by its own name.
    outlines = (_outline(style, name) for style, name in zip(chain, names, strict=True))
    return _Style(
        outline=next((one for one in outlines if one is not None), None),
        num_id=_first(number(style, "w:pPr", "w:numPr", "w:numId") for style in chain),
        list_level=_first(number(style, "w:pPr", "w:numPr", "w:ilvl") for style in chain),
        bold=_first(switch(child(style, "w:rPr"), "w:b") for style in chain),
        size=_first(_size(child(style, "w:rPr")) for style in chain),
        font=_first(_font(child(style, "w:rPr")) for style in chain),
        hidden=_first(switch(child(style, "w:rPr"), "w:vanish") for style in chain),
        is_title=any(_TITLE.match(name) for name in names),
        is_contents=any(_CONTENTS.match(name) for name in names),
        is_caption=any(_CAPTION.match(name) for name in names),
        is_code=any(_CODE.search(name) for name in names),
        elements=chain,
    )


def _outline(style: etree._Element, name: str) -> int | None:
    stated = number(style, "w:pPr", "w:outlineLvl")
    named = _HEADING.match(name)
    return stated if stated is not None else int(named.group(1)) - 1 if named else None


def _first(candidates: Iterable[T | None]) -> T | None:
    return next((one for one in candidates if one is not None), None)


def _size(run_properties: etree._Element | None) -> float | None:
    half_points = number(run_properties, "w:sz")
    return half_points / 2 if half_points else None


def _font(run_properties: etree._Element | None) -> str | None:
    fonts = child(run_properties, "w:rFonts")
    return None if fonts is None else fonts.get(q("w:ascii")) or fonts.get(q("w:hAnsi"))
