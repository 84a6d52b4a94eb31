"""Tells what belongs to the pages and not to the text: running headers and footers, page numbers, contents pages."""

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.parse.pdf.lines import Line
from ingest.parse.pdf.page_text import PageText
from ingest.parse.pdf.tables import PageTable
from ingest.parse.plain.lines import is_contents_title

_ZONE = 0.12  # share of the page's height, at the top and at the bottom, where headers and footers stand
_SAME_PLACE = 6.0  # points
_WATERMARK_PAGES = 0.6
_PAGE_NUMBER = re.compile(
    r"[-–—·\s]*(?:第\s*\d+\s*页(?:\s*[/，,]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+|page\s*\d+(?:\s*(?:of|/)\s*\d+)?|[-–—]\s*\d+\s*[-–—])[-–—·\s]*",
    re.IGNORECASE,
)
_LEADERS = re.compile(
    r"(?P<title>.*?\S)\s*(?:[.．·…・_]\s*){4,}\s*(?:\d{1,4}|[ivxIVX]{1,6})\s*$|^\s*(?:[.．·…]\s*){8,}$"
)
_ENDS_IN_PAGE = re.compile(r"(?P<title>.*\D)\s+\d{1,4}$")


def drop_furniture(pages: Sequence[PageText]) -> None:
    """Take running headers and footers, page numbers and horizontal watermarks out of the pages.

    A line is one when it stands at the same place, with the same text but for its digits, in the top or bottom zone of
    three pages (of two in a short document), or anywhere on most pages.
    """
    needed = 2 if len(pages) <= 5 else 3
    in_zone = _repeated(pages, needed, zone_only=True)
    anywhere = _repeated(pages, max(3, round(_WATERMARK_PAGES * len(pages))), zone_only=False)
    for page in pages:
        page.lines = [
            line
            for line in page.lines
            if id(line) not in in_zone
            and id(line) not in anywhere
            and not (_in_zone(page, line) and _PAGE_NUMBER.fullmatch(line.text))
        ]
    _drop_header_tables(pages, needed)


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
        page.tables = [
            table for table in page.tables if not key(page, table) or len(places[key(page, table)]) < max(needed, 2)
        ]


def drop_contents(pages: Sequence[PageText]) -> list[str]:
    """Take tables of contents out of the pages; gives the titles they listed, in order.

    A line is listed when dot leaders lead to a page number, or when it ends in one and stands below `目录` or another
    listed line.
    """
    titles: list[str] = []
    heads: list[tuple[PageText, Line]] = []
    listed_above = False
    for page in pages:
        kept: list[Line] = []
        for line in page.lines:
            match = _LEADERS.search(line.text) or ((listed_above or heads) and _ENDS_IN_PAGE.match(line.text))
            if match:
                titles.append((match.group("title") or "").strip())
                for head_page, head in heads:
                    (kept if head_page is page else head_page.lines).remove(head)
                heads = []
            else:
                kept.append(line)
                heads = [(page, line)] if is_contents_title(line.text) else []
            listed_above = bool(match)
        page.lines = kept
    return [title for title in titles if title]
