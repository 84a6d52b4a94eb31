"""Turns a PDF's paragraphs and tables into elements: which is a heading, a list item, a caption, under what path."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.document import BBox, Element, Locator, Table, TableRow
from ingest.parse.headings import HeadingPath, looks_like_heading, numbering
from ingest.parse.pdf.lines import bounds
from ingest.parse.pdf.page_text import PageText
from ingest.parse.pdf.paragraphs import Block, Paragraph, Part, heading_key
from ingest.parse.pdf.pictures import Picture
from ingest.parse.pdf.style import Style
from ingest.parse.pdf.tables import PageTable, PlacedRow
from ingest.parse.plain.typed_lists import TypedList

_CAPTION = re.compile(
    r"^(?:附?[图表]|Figure|Table)\s*(?:[A-Z][-.–—]?)?\d+(?:[-.–—]\d+)*(?:[\s：:、.]|$|[一-鿿])", re.IGNORECASE
)
_MAX_CAPTION_CHARS = 60
_COVER_PAGES = 2
_LARGER = 1.0
"""Points by which a line must be larger than the body text to stand out."""
_RECORD = re.compile(r"(?:修订|变更|修改|版本)(?:记录|历史|说明)|文[档件](?:控制|信息)|审批记录")
"""What stands on a cover above a table about the document itself."""
_BULLET = re.compile(r"[•●○■□◆◇▪▫➢➤▶√✓·–—-]")
_SANS = re.compile(r"hei|gothic|sans|黑体", re.IGNORECASE)
"""Chinese documents set headings in a sans-serif face (黑体) where the body has a serif one; neither is bold."""
_FRAME_SCHEMES = {"part", "chapter", "section", "han"}
"""Emphasised lines with these numbers are headings even when several follow each other without text between."""


class Outline:
    """Decides over one document's blocks and hands out its elements.

    `stated` maps headings (without blanks) that bookmarks or a table of contents name to their level, or to None where
    only their name is known.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        style: Style,
        stated: Mapping[str, int | None],
        pages: Sequence[PageText],
    ) -> None:
        self._pages = {page.number: page for page in pages}
        self._blocks = blocks
        self._style = style
        self._stated = stated
        self._path = HeadingPath()
        self._list = TypedList()
        self._in_cover = True
        self._covers: list[tuple[float, str]] = []

    @property
    def title(self) -> str | None:
        """The largest line of the cover, once `elements()` has been read through."""
        return max(self._covers, key=lambda one: one[0])[1] if self._covers else None

    def elements(self) -> Iterator[Element]:
        """The elements in reading order."""
        for at, block in enumerate(self._blocks):
            if isinstance(block, PageTable):
                yield from self._table(block)
            elif isinstance(block, Picture):
                yield from self._picture(block)
            elif block.is_note:
                yield from (self._element("note", part) for part in block.parts())
            else:
                following = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
                yield from self._paragraph(block, following)

    def _locator(self, page: int, box: BBox, path: tuple[str, ...] | None = None) -> Locator:
        x0, y0, x1, y1 = (round(edge, 1) for edge in self._pages[page].displayed(box))
        return Locator(
            kind="page", page=page, bbox=(x0, y0, x1, y1), headings=self._path.path if path is None else path
        )

    def _element(self, kind: str, part: Part, level: int = 0) -> Element:
        return Element.model_validate(
            {
                "kind": kind,
                "text": part.text,
                "level": level,
                "locator": self._locator(part.page, part.box),
                "confidence": part.confidence,
            }
        )

    def _picture(self, picture: Picture) -> Iterator[Element]:
        def here(place: Locator) -> Locator:
            x0, y0, x1, y1 = (round(edge, 1) for edge in place.bbox or picture.box)
            return place.model_copy(update={"headings": self._path.path, "bbox": (x0, y0, x1, y1)})

        for element in picture.elements:
            table = element.table
            if table:
                rows = tuple(row.model_copy(update={"locator": here(row.locator)}) for row in table.rows)
                table = table.model_copy(update={"rows": rows})
            yield element.model_copy(update={"locator": here(element.locator), "table": table})

    def _paragraph(self, block: Paragraph, following: Block | None) -> Iterator[Element]:
        parts = block.parts()
        text = parts[0].text
        if block.first.code and heading_key(text) not in self._stated:
            yield from (self._element("code", part) for part in parts)
            return
        if len(parts) == 1:
            if self._is_cover(block, text):
                is_record = _RECORD.search(text) is not None and isinstance(following, PageTable)
                if not is_record:
                    self._covers.append((block.first.size, text))
                yield self._element("caption" if is_record else "paragraph", parts[0])
                return
            if _CAPTION.match(text) and len(text) <= _MAX_CAPTION_CHARS and not text.endswith("。"):
                yield self._element("caption", parts[0])
                return
            if self._is_heading(block, text, following):
                self._in_cover = False
                self._list = TypedList()
                level = self._path.enter(text, self._stated.get(heading_key(text)), block.first.size)
                yield self._element("heading", parts[0], level)
                return
        level = self._list.level(text)
        for part in parts:
            yield self._element("list_item" if level else "paragraph", part, level)

    def _emphasised(self, block: Paragraph) -> bool:
        style = self._style
        bold = all(line.bold for _, line in block.lines) and not style.bold
        sans = not _SANS.search(style.font) and all(_SANS.search(line.font) for _, line in block.lines)
        return bold or sans or block.first.size >= style.size + _LARGER

    def _is_cover(self, block: Paragraph, text: str) -> bool:
        """Whether it is a line of the cover: before any heading, unnumbered, larger than the body and unknown to the
        table of contents.
        """
        if (
            not self._in_cover
            or block.lines[0][0] > _COVER_PAGES
            or numbering(text)
            or heading_key(text) in self._stated
        ):
            return False
        return block.first.size >= self._style.size + _LARGER

    def _is_heading(self, block: Paragraph, text: str, following: Block | None) -> bool:
        if heading_key(text) in self._stated:
            return True
        if _BULLET.match(text):
            return False
        if block.first.alone and not numbering(text):  # in a drawing or on a slide large text is no exception
            return False
        emphasised = self._emphasised(block)
        if not looks_like_heading(text, emphasised=emphasised):
            return False
        number = numbering(text)
        if number is None or (emphasised and number.scheme in _FRAME_SCHEMES):
            return True
        if not isinstance(following, Paragraph):
            return following is not None or emphasised
        after = numbering(following.first.text)
        same = after is not None and (after.scheme, after.depth) == (number.scheme, number.depth)
        return not same or (emphasised and not self._emphasised(following))

    def _table(self, table: PageTable) -> Iterator[Element]:
        rows = table.rows
        shape = table.shape
        for at, text in shape.captions:
            yield Element(kind="caption", text=text, locator=self._locator(rows[at].page, rows[at].box))
        for title, members in shape.groups():
            path = self._path.path
            if title:
                text, row = title.cells[0], rows[title.row]
                path = (*path, text)
                yield Element(
                    kind="heading", text=text, level=len(path), locator=self._locator(row.page, row.box, path)
                )
            if members:
                yield self._rows(shape.header, [(rows[one.row], one.cells) for one in members], path)

    def _rows(
        self, header: tuple[str, ...], rows: Sequence[tuple[PlacedRow, tuple[str, ...]]], path: tuple[str, ...]
    ) -> Element:
        made = tuple(TableRow(cells=cells, locator=self._locator(row.page, row.box, path)) for row, cells in rows)
        page = rows[0][0].page
        place = self._locator(page, bounds([row.box for row, _ in rows if row.page == page]), path)
        return Element(kind="table", table=Table(header=header, rows=made), locator=place)


def stated_headings(bookmarks: Sequence[tuple[int, str]], contents: Sequence[str]) -> dict[str, int | None]:
    """Headings by their text without blanks: with their level (from 1) from bookmarks, else None from a printed table
    of contents.
    """
    found: dict[str, int | None] = {heading_key(title): None for title in contents}
    found |= {heading_key(title): depth + 1 for depth, title in bookmarks}
    return {key: level for key, level in found.items() if key}
