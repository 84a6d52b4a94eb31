"""Counts Word's automatic numbering and renders it as the reader sees it (`一、`, `1.2.3`, `（a）`, `•`).

The numbers are nowhere in the text: numbering.xml says how each level counts, and the count is the reader's (ECMA-376
part 1, 17.9). Lists that share an abstract numbering go on counting from each other unless an override restarts them.
"""

import re
from dataclasses import dataclass

from lxml import etree

from ingest.parse.docx.styles import Styles
from ingest.parse.office.number_formats import SHOWN_BULLETS, render_number
from ingest.parse.office.ooxml import child, integer, number, q, switch, value

_LEVELS = 9
_CLOSED = re.compile(r"[、，。．：）】」]$")


@dataclass(frozen=True)
class Label:
    """What stands before a numbered paragraph, and whether it counts (`1.`) or only marks (`•`)."""

    text: str
    counts: bool

    def before(self, text: str) -> str:
        """The paragraph as the reader sees it: its label, a space where the label does not close itself, the text."""
        gap = "" if not self.text or not text or _CLOSED.search(self.text) else " "
        return f"{self.text}{gap}{text}"


class Numbering:
    """The counters of one document. `root` is `w:numbering`, or None where the document has no lists."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        found = [] if root is None else list(root)
        self._nums = {one.get(q("w:numId")): one for one in found if one.tag == q("w:num")}
        self._abstract = {one.get(q("w:abstractNumId")): one for one in found if one.tag == q("w:abstractNum")}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[int] = set()

    def next(self, paragraph: etree._Element) -> tuple[Label, int] | None:
        """Count the paragraph; return its label and its depth (1 is outermost), or None where it is in no list."""
        listed = self._styles.numbering(paragraph)
        if listed is None:
            return None
        num_id, level = listed
        abstract_id, abstract = self._definition(num_id)
        if abstract is None:
            return None
        level = self._level_by_style(paragraph, abstract, level)
        if not 0 <= level < _LEVELS:
            return None
        counts = self._counts.setdefault(abstract_id, [None] * _LEVELS)
        self._restart(num_id, counts)
        definitions = [self._level(num_id, abstract, at) for at in range(_LEVELS)]
        start = number(definitions[level], "w:start")
        counts[level] = (1 if start is None else start) if counts[level] is None else (counts[level] or 0) + 1
        for deeper in range(level + 1, _LEVELS):
            restart = number(definitions[deeper], "w:lvlRestart")
            if restart is None or level < restart:
                counts[deeper] = None
        return _render(definitions, counts, level), level + 1

    def _definition(self, num_id: int) -> tuple[str, etree._Element | None]:
        abstract_id = value(self._nums.get(str(num_id)), "w:abstractNumId")
        abstract = self._abstract.get(abstract_id)
        link = value(abstract, "w:numStyleLink")
        if link is not None:
            abstract_id = value(self._nums.get(str(self._styles.list_style_number(link))), "w:abstractNumId")
            abstract = self._abstract.get(abstract_id)
        return abstract_id or "", abstract

    def _level_by_style(self, paragraph: etree._Element, abstract: etree._Element, level: int) -> int:
        """A style linked to a level of the list (`w:pStyle`) counts there, unless the paragraph says otherwise."""
        if child(paragraph, "w:pPr", "w:numPr", "w:ilvl") is not None:
            return level
        linked = {value(one, "w:pStyle"): integer(one.get(q("w:ilvl"))) for one in abstract.findall(q("w:lvl"))}
        for style_id in self._styles.style_ids(paragraph):
            found = linked.get(style_id)
            if found is not None:
                return found
        return level

    def _level(self, num_id: int, abstract: etree._Element, level: int) -> etree._Element | None:
        for override in self._nums[str(num_id)].findall(q("w:lvlOverride")):
            if integer(override.get(q("w:ilvl"))) == level and child(override, "w:lvl") is not None:
                return child(override, "w:lvl")
        return next((one for one in abstract.findall(q("w:lvl")) if integer(one.get(q("w:ilvl"))) == level), None)

    def _restart(self, num_id: int, counts: list[int | None]) -> None:
        if num_id in self._restarted:
            return
        self._restarted.add(num_id)
        for override in self._nums[str(num_id)].findall(q("w:lvlOverride")):
            level, start = integer(override.get(q("w:ilvl"))), number(override, "w:startOverride")
            if level is not None and start is not None and 0 <= level < _LEVELS:
                counts[level] = start - 1


def _render(definitions: list[etree._Element | None], counts: list[int | None], level: int) -> Label:
    definition = definitions[level]
    kind = value(definition, "w:numFmt") or "decimal"
    pattern = value(definition, "w:lvlText") or ""
    if kind == "bullet":
        return Label(pattern if pattern in SHOWN_BULLETS else "•", counts=False)
    legal = switch(definition, "w:isLgl") is True

    def shown(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        start = number(definitions[at], "w:start")
        count = counts[at] if counts[at] is not None else 1 if start is None else start
        return render_number(count or 0, "decimal" if legal else value(definitions[at], "w:numFmt") or "decimal")

    text = re.sub(r"%([1-9])", shown, pattern)
    return Label(text.strip(), counts=bool(text.strip()))
