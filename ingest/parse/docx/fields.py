"""Fields of a Word document (ECMA-376 part 1, 17.16): what of them the reader sees.

A complex field runs from `begin` over `separate` to `end`, through as many paragraphs as it likes: a table of contents
is one field. The instruction stands in the first half, the result as last shown in the second.
"""

from dataclasses import dataclass

from lxml import etree

from ingest.document import LeftOutReason
from ingest.parse.office.ooxml import child, number, q, switch

_PAGE_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "SECTION"}
_CONTENTS_FIELDS = {"TOC", "INDEX", "TOA"}


@dataclass
class _Field:
    instruction: str = ""
    in_result: bool = False
    form: etree._Element | None = None

    @property
    def name(self) -> str:
        return self.instruction.split(maxsplit=1)[0].upper() if self.instruction.strip() else ""


class Fields:
    """The fields that are open at a place in the text."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def __bool__(self) -> bool:
        return bool(self._open)

    @property
    def in_instruction(self) -> bool:
        """Whether the place is in a field's instruction, which nobody sees."""
        return any(not one.in_result for one in self._open)

    @property
    def left_out(self) -> LeftOutReason | None:
        """Why text at this place is no part of the document's text, if so."""
        names = {one.name for one in self._open}
        return "contents" if names & _CONTENTS_FIELDS else "page_number" if names & _PAGE_FIELDS else None

    def simple(self, field: etree._Element) -> None:
        """Enter a `w:fldSimple`."""
        self._open.append(_Field(field.get(q("w:instr"), ""), in_result=True))

    def leave(self) -> None:
        """Leave the innermost field."""
        if self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        """More of the innermost field's instruction."""
        if self._open:
            self._open[-1].instruction += text

    def mark(self, mark: etree._Element) -> str:
        """Pass a `w:fldChar`; gives what a form field that has no result shows (a ticked box, the entry chosen)."""
        match mark.get(q("w:fldCharType")):
            case "begin":
                self._open.append(_Field(form=child(mark, "w:ffData")))
            case "separate" if self._open:
                self._open[-1].in_result = True
            case "end" if self._open:
                return _chosen(self._open.pop().form)
        return ""

    def link(self) -> str:
        """The address of the innermost HYPERLINK field, or nothing."""
        for one in reversed(self._open):
            if one.name == "HYPERLINK":
                words = one.instruction.split('"')
                return words[1].strip() if len(words) > 2 and "\\l" not in words[0] else ""
        return ""


def _chosen(form: etree._Element | None) -> str:
    box = child(form, "w:checkBox")
    if box is not None:
        ticked = switch(box, "w:checked")
        return "☑" if (switch(box, "w:default") if ticked is None else ticked) else "☐"
    menu = child(form, "w:ddList")
    if menu is not None:
        entries = [one.get(q("w:val"), "") for one in menu.findall(q("w:listEntry"))]
        at = number(menu, "w:result")
        at = (number(menu, "w:default") or 0) if at is None else at
        return entries[at] if 0 <= at < len(entries) else ""
    return ""
