"""Takes printed tables of contents out of a PDF's pages; they tell what is a heading."""

import re
from collections.abc import Sequence

from ingest.parse.pdf.lines import Line
from ingest.parse.pdf.page_text import PageText
from ingest.parse.plain.lines import is_contents_title

_LEADERS = re.compile(
    r"(?P<title>.*?\S)\s*(?:[.．·…・_]\s*){4,}\s*(?:\d{1,4}|[ivxIVX]{1,6})\s*$|^\s*(?:[.．·…]\s*){8,}$"
)
_ENDS_IN_PAGE = re.compile(r"(?P<title>.*\D)\s+\d{1,4}$")


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
                page.drop(line, "contents")
                for head_page, head in heads:
                    head_page.drop(head, "contents")
                    (kept if head_page is page else head_page.lines).remove(head)
                heads = []
            else:
                kept.append(line)
                heads = [(page, line)] if is_contents_title(line.text) else []
            listed_above = bool(match)
        page.lines = kept
    return [title for title in titles if title]
