"""Counts Word's automatic numbering and renders it as the reader sees it (`一、`, `1.2.3`, `（a）`, `•`).

The numbers are nowhere in the text: numbering.xml says how each level counts, and the count is the reader's (ECMA-376
part 1, 17.9). Lists that share an abstract numbering go on counting from each other unless an override restarts them.
"""

import re
from dataclasses import dataclass

from lxml import etree

from ingest.parse.docx.styles import Styles
from ingest.parse.office.number_formats import SHOWN_BULLETS, render_number, render_pattern
from ingest.parse.office.ooxml import child, integer, number, q, switch, value

_LEVELS = 9
_CLOSED = re.compile(r"[、，。．：）】」]$")


@dataclass(frozen=True)
class Label:
    """What stands before a numbered paragraph, whether it counts (`1.`) or only marks (`•`), and whether the text
    follows at once.
    """

    text: str
    counts: bool
    joined: bool = False

    def before(self, text: str) -> str:
        """The paragraph as the reader sees it: its label, a space where the label does not close itself, the text."""
        gap = "" if self.joined or not self.text or not text or _CLOSED.search(self.text) else " "
        return f"{self.text}{gap}{text}"


@dataclass(frozen=True)
class _Level:
    """How one level of a list counts and shows its count."""

    start: int = 1
    kind: str = "decimal"
    custom: str = ""
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    joined: bool = False
    hidden: bool = False
    style: str | None = None

    def shown(self, count: int, *, legal: bool) -> str:
        """The count in this level's format; `legal`: as a decimal whatever the format."""
        if self.custom and not legal:
            return render_pattern(count, self.custom)
        return render_number(count, "decimal" if legal and self.kind != "decimalZero" else self.kind)


class Numbering:
    """The counters of one document. `root` is `w:numbering`, or None where the document has no lists."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        found = [] if root is None else list(root)
        self._nums = {one.get(q("w:numId")): one for one in found if one.tag == q("w:num")}
        self._abstract = {one.get(q("w:abstractNumId")): one for one in found if one.tag == q("w:abstractNum")}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[int] = set()
        self._read: dict[int, tuple[_Level, ...]] = {}

    def next(self, paragraph: etree._Element) -> tuple[Label, int] | None:
        """Count the paragraph; return its label and its depth (1 is outermost), or None where it is in no list."""
        listed = self._styles.numbering(paragraph)
        if listed is None:
            return None
        num_id, level = listed
        abstract_id, abstract = self._definition(num_id)
        if abstract is None:
            return None
        level = self._level_by_style(paragraph, num_id, abstract, level)
        if not 0 <= level < _LEVELS:
            return None
        counts = self._counts.setdefault(abstract_id, [None] * _LEVELS)
        self._restart(num_id, counts)
        levels = self._levels(num_id, abstract)
        count = counts[level]
        counts[level] = levels[level].start if count is None else count + 1
        for deeper in range(level + 1, _LEVELS):
            restart = levels[deeper].restart
            if restart is None or level < restart:
                counts[deeper] = None
        return _render(levels, counts, level), level + 1

    def _definition(self, num_id: int) -> tuple[str, etree._Element | None]:
        abstract_id = value(self._nums.get(str(num_id)), "w:abstractNumId")
        abstract = self._abstract.get(abstract_id)
        link = value(abstract, "w:numStyleLink")
        if link is not None:
            abstract_id = value(self._nums.get(str(self._styles.list_style_number(link))), "w:abstractNumId")
            abstract = self._abstract.get(abstract_id)
        return abstract_id or "", abstract

    def _level_by_style(self, paragraph: etree._Element, num_id: int, abstract: etree._Element, level: int) -> int:
        """A style linked to a level of the list (`w:pStyle`) counts there, unless the paragraph says otherwise."""
        if child(paragraph, "w:pPr", "w:numPr", "w:ilvl") is not None:
            return level
        linked = {one.style: at for at, one in enumerate(self._levels(num_id, abstract)) if one.style}
        for style_id in self._styles.style_ids(paragraph):
            found = linked.get(style_id)
            if found is not None:
                return found
        return level

    def _levels(self, num_id: int, abstract: etree._Element) -> tuple[_Level, ...]:
        if num_id not in self._read:
            stated = {integer(one.get(q("w:ilvl"))): one for one in reversed(abstract.findall(q("w:lvl")))}
            for override in self._nums[str(num_id)].findall(q("w:lvlOverride")):
                definition = child(override, "w:lvl")
                if definition is not None:
                    stated[integer(override.get(q("w:ilvl")))] = definition
            self._read[num_id] = tuple(_level(stated.get(at)) for at in range(_LEVELS))
        return self._read[num_id]

    def _restart(self, num_id: int, counts: list[int | None]) -> None:
        if num_id in self._restarted:
            return
        self._restarted.add(num_id)
        for override in self._nums[str(num_id)].findall(q("w:lvlOverride")):
            level, start = integer(override.get(q("w:ilvl"))), number(override, "w:startOverride")
            if level is not None and start is not None and 0 <= level < _LEVELS:
                counts[level] = start - 1


def _level(definition: etree._Element | None) -> _Level:
    if definition is None:
        return _Level()
    start = number(definition, "w:start")
    # A format of Word 2010 and later stands in `mc:Choice`, with the nearest old one as the fallback.
    form = next((one for one in definition.iter(q("w:numFmt"))), None)
    return _Level(
        start=1 if start is None else start,
        kind=(None if form is None else form.get(q("w:val"))) or "decimal",
        custom="" if form is None else form.get(q("w:format"), ""),
        pattern=value(definition, "w:lvlText") or "",
        restart=number(definition, "w:lvlRestart"),
        legal=switch(definition, "w:isLgl") is True,
        joined=value(definition, "w:suff") == "nothing",
        hidden=switch(child(definition, "w:rPr"), "w:vanish") is True,
        style=value(definition, "w:pStyle"),
    )


def _render(levels: tuple[_Level, ...], counts: list[int | None], level: int) -> Label:
    one = levels[level]
    if one.hidden:
        return Label("", counts=False)
    if one.kind == "bullet":
        return Label(one.pattern if one.pattern in SHOWN_BULLETS else "•", counts=False)

    def shown(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        count = counts[at]
        return levels[at].shown(levels[at].start if count is None else count, legal=one.legal)

    text = re.sub(r"%([1-9])", shown, one.pattern).strip()
    return Label(text, counts=bool(text), joined=one.joined)
