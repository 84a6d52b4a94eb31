"""Tells what belongs to the pages and not to the text: running headers and footers, page numbers, watermarks."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.document import BBox, LeftOutReason
from ingest.parse.pdf.edge import at_edge
from ingest.parse.pdf.lines import Line
from ingest.parse.pdf.page_text import Dropped, PageText
from ingest.parse.pdf.repeated import repeated
from ingest.parse.pdf.tables import PageTable
from ingest.parse.table.grid import distinct

_ZONE = 0.12  # share of the page's height, at the top and at the bottom, where headers and footers stand
_SHORT = 5  # pages
_SMALL = 0.92  # of the body's size
_MOST_OF_A_BLANK_PAGE = 3  # lines: a page that had more must keep some
_TYPICAL = re.compile(
    r"(?:内部(?:资料|使用|文件)|商业秘密|严禁外传|请勿外传|版权所有|保留所有权利|密级\s*[:：]"
    r"|all rights reserved|confidential|copyright|©)",
    re.IGNORECASE,
)
_WATERMARK_PAGES = 0.6
_COVERING_PAGES = 0.2
_PAGE_NUMBER = re.compile(
    r"[-–—·\s]*(?:第\s*\d+\s*页(?:\s*[/，,]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+|page\s*\d+(?:\s*(?:of|/)\s*\d+)?|[-–—]\s*\d+\s*[-–—])[-–—·\s]*",
    re.IGNORECASE,
)


def drop_furniture(pages: Sequence[PageText]) -> None:
    """Take running headers and footers, page numbers and horizontal watermarks out of the pages.

    A line is a header or footer when it stands at the same place, with the same text but for the page's number, in the
    top or bottom zone of three pages (of two in a short document), at the edge and apart from the text. What repetition
    cannot tell (the only page, a chapter's name as its header) is told by what it says and by its size. A watermark is
    what covers other text on most pages. A page full of text never loses all of it.
    """
    needed = 2 if len(pages) <= _SHORT else 3
    size = _usual_size(pages)
    in_zone = _running(pages, needed, size)
    watermarks = _watermarks(pages)
    heads = _small_heads(pages, size)
    for page in pages:
        before = list(page.lines), len(page.dropped)
        kept: list[Line] = []
        for line in page.lines:
            if _is_number(page, line):
                page.drop(line, "page_number")
            elif id(line) in in_zone or (_in_zone(page, line) and line.size < size and _TYPICAL.search(line.text)):
                page.drop(line, "header" if line.box[1] < page.height / 2 else "footer")
            elif id(line) in heads:
                page.drop(line, "header")
            elif id(line) in watermarks:
                page.drop(line, "repeated")
            else:
                kept.append(line)
        page.lines = kept
        if not kept and not page.tables and len(before[0]) > _MOST_OF_A_BLANK_PAGE:
            page.lines, page.dropped = before[0], page.dropped[: before[1]]
    _drop_header_tables(pages, needed)


def _is_number(page: PageText, line: Line) -> bool:
    """Whether the line numbers the page: in words, or by the very number the page has."""
    if not _in_zone(page, line):
        return False
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    text = line.text.strip("-–—·. ")
    alone = line is page.lines[0] or line is page.lines[-1]
    return alone and bool(text) and (text == page.label or text == str(page.number))


def _usual_size(pages: Sequence[PageText]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _small_heads(pages: Sequence[PageText], size: float) -> set[int]:
    """The identities of topmost lines that are set small at one height on most pages, whatever they say: the name of
    the chapter.
    """
    tops = [
        (round(page.lines[0].box[1]), id(page.lines[0]))
        for page in pages
        if page.lines and page.lines[0].size <= _SMALL * size and _in_zone(page, page.lines[0])
    ]
    heights = Counter(top for top, _ in tops)
    common = {top for top, count in heights.items() if count >= max(_SHORT, len(pages) / 2)}
    return {identity for top, identity in tops if top in common}


def _in_zone(page: PageText, line: Line) -> bool:
    return line.box[3] <= _ZONE * page.height or line.box[1] >= (1 - _ZONE) * page.height


def _running(pages: Sequence[PageText], needed: int, size: float) -> set[int]:
    """The identities of lines that run along the top or bottom of pages."""
    lines = [(page.number, line) for page in pages for line in page.lines if _in_zone(page, line)]
    groups = list(repeated(lines, needed, lambda line: (line.text, line.box), counting=True))
    candidates = {id(line) for group in groups for _, line in group}
    outermost: set[int] = set()
    for page in pages:
        outermost |= at_edge(page, candidates, size)
    found: set[int] = set()
    for group in groups:
        identities = {id(line) for _, line in group}
        # One page whose text begins close to its header does not make the header text.
        if 2 * len(identities & outermost) >= len(identities):
            found |= identities
    return found


def _watermarks(pages: Sequence[PageText]) -> set[int]:
    """The identities of lines that stand on most pages and cover what else stands there. Labels of a form that fills
    every page stand there too, but cover nothing.
    """
    lines = [(page.number, line) for page in pages for line in page.lines]
    needed = max(3, round(_WATERMARK_PAGES * len(pages)))
    others = {
        page.number: [*(line.box for line in page.lines), *(table.box for table in page.tables)] for page in pages
    }
    found: set[int] = set()
    for group in repeated(lines, needed, lambda line: (line.text, line.box), counting=False):
        covering = sum(any(_covers(line.box, box) for box in others[number]) for number, line in group)
        if covering >= _COVERING_PAGES * len(group):
            found |= {id(line) for _, line in group}
    return found


def _covers(one: BBox, other: BBox) -> bool:
    return (
        one != other
        and min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > min(one[3] - one[1], other[3] - other[1]) / 4
    )


def _drop_header_tables(pages: Sequence[PageText], needed: int) -> None:
    """Drop ruled boxes in the top or bottom zone that repeat on the pages, page numbers aside."""

    def near_edge(page: PageText, table: PageTable) -> bool:
        return table.box[3] <= 1.5 * _ZONE * page.height or table.box[1] >= (1 - 1.5 * _ZONE) * page.height

    def look(table: PageTable) -> tuple[str, BBox]:
        return "|".join(sorted({cell.text for row in table.rows for cell in row.cells if cell})), table.box

    tables = [(page.number, table) for page in pages for table in page.tables if near_edge(page, table)]
    found = {id(table) for group in repeated(tables, needed, look, counting=True) for _, table in group}
    for page in pages:
        kept = [table for table in page.tables if id(table) not in found]
        if not kept and not page.lines:
            continue
        for table in page.tables:
            if id(table) in found:
                text = " ".join(cell.text for row in table.rows for cell in distinct(row.cells))
                reason: LeftOutReason = "header" if table.box[1] < page.height / 2 else "footer"
                page.dropped.append(Dropped(reason, text, table.box))
        page.tables = kept
