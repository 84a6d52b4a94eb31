"""Tells what belongs to the pages and not to the text: running headers and footers, page numbers, watermarks."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.document import LeftOutReason
from ingest.parse.pdf.lines import Line
from ingest.parse.pdf.page_text import Dropped, PageText
from ingest.parse.pdf.tables import PageTable
from ingest.parse.table.grid import distinct

_ZONE = 0.12  # share of the page's height, at the top and at the bottom, where headers and footers stand
_SAME_PLACE = 6.0  # points
_SHORT = 5  # pages
_SMALL = 0.92  # of the body's size
_TYPICAL = re.compile(
    r"(?:内部(?:资料|使用|文件)|商业秘密|严禁外传|请勿外传|版权所有|保留所有权利|密级\s*[:：]"
    r"|all rights reserved|confidential|copyright|©)",
    re.IGNORECASE,
)
_WATERMARK_PAGES = 0.6
_PAGE_NUMBER = re.compile(
    r"[-–—·\s]*(?:第\s*\d+\s*页(?:\s*[/，,]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+|page\s*\d+(?:\s*(?:of|/)\s*\d+)?|[-–—]\s*\d+\s*[-–—])[-–—·\s]*",
    re.IGNORECASE,
)


def drop_furniture(pages: Sequence[PageText]) -> None:
    """Take running headers and footers, page numbers and horizontal watermarks out of the pages.

    A line is one when it stands at the same place, with the same text but for its digits, in the top or bottom zone of
    three pages (of two in a short document), or anywhere on most pages. What repetition cannot tell (the only page, a
    chapter's name as its header) is told by what it says and by its size.
    """
    needed = 2 if len(pages) <= _SHORT else 3
    in_zone = _repeated(pages, needed, zone_only=True)
    anywhere = _repeated(pages, max(3, round(_WATERMARK_PAGES * len(pages))), zone_only=False)
    size = _usual_size(pages)
    heads = _small_heads(pages, size)
    for page in pages:
        kept: list[Line] = []
        for line in page.lines:
            if _is_number(page, line):
                page.drop(line, "page_number")
            elif id(line) in in_zone or (_in_zone(page, line) and line.size < size and _TYPICAL.search(line.text)):
                page.drop(line, "header" if line.box[1] < page.height / 2 else "footer")
            elif id(line) in heads:
                page.drop(line, "header")
            elif id(line) in anywhere:
                page.drop(line, "repeated")
            else:
                kept.append(line)
        page.lines = kept
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


def _repeated(pages: Sequence[PageText], needed: int, *, zone_only: bool) -> set[int]:
    """The identities of lines that stand on `needed` pages at the same place with the same text."""
    places: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            if _in_zone(page, line) or not zone_only:
                key = re.sub(r"\d+", "#", "".join(line.text.split()))
                places[key].append((line.box[1], page.number, id(line)))
    found: set[int] = set()
    for at in places.values():
        at.sort()
        start = 0
        for end in range(1, len(at) + 1):
            if end == len(at) or at[end][0] - at[end - 1][0] > _SAME_PLACE:
                if len({number for _, number, _ in at[start:end]}) >= needed:
                    found |= {identity for _, _, identity in at[start:end]}
                start = end
    return found


def _drop_header_tables(pages: Sequence[PageText], needed: int) -> None:
    """Drop ruled boxes in the top or bottom zone that repeat on the pages, page numbers aside."""
    places: dict[str, set[int]] = defaultdict(set)

    def key(page: PageText, table: PageTable) -> str:
        _, top, _, bottom = table.box
        if bottom > 1.5 * _ZONE * page.height and top < (1 - 1.5 * _ZONE) * page.height:
            return ""
        cells = {cell.text for row in table.rows for cell in row.cells if cell}
        return re.sub(r"\d+", "#", "|".join(sorted(cells))) + f"@{round(top / _SAME_PLACE)}"

    for page in pages:
        for table in page.tables:
            places[key(page, table)].add(page.number)
    for page in pages:
        kept: list[PageTable] = []
        for table in page.tables:
            if key(page, table) and len(places[key(page, table)]) >= max(needed, 2):
                text = " ".join(cell.text for row in table.rows for cell in distinct(row.cells))
                reason: LeftOutReason = "header" if table.box[1] < page.height / 2 else "footer"
                page.dropped.append(Dropped(reason, text, table.box))
            else:
                kept.append(table)
        page.tables = kept
