"""Joins a PDF's lines to paragraphs, over columns and pages, and puts tables where they stand between them.

A PDF has lines only. A paragraph ends where the next word would still have fitted, where the look or the distance
changes, where a new line is set in, or where a list or heading number opens.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.document import BBox
from ingest.parse.headings import numbering
from ingest.parse.pdf.joining import continued, goes_on
from ingest.parse.pdf.lines import Line, bounds, join_lines
from ingest.parse.pdf.notes import split_notes
from ingest.parse.pdf.page_text import PageText
from ingest.parse.pdf.pictures import Picture
from ingest.parse.pdf.style import Style
from ingest.parse.pdf.tables import PageTable
from ingest.parse.plain.lines import opens_item

_CLOSED = re.compile(r"[。！？；：.!?;:][”’」』）)】》]*$")
_SENTENCE_END = re.compile(r"[。！？；!?;][”’」』）)】》]*")
_BULLET = re.compile(r"[•●○■□◆◇▪▫➢➤▶√✓]")
_OPEN_BRACKET = re.compile(r"[（(【《「“][^）)】》」”]*$")
_GOES_ON = re.compile(r"续\s*[表上]|表.{0,40}[（(]\s*续\s*[）)]$")
_LOOSE = 1.3  # a distance to the next line this much over the usual one parts paragraphs
_LABEL_WIDTH = 12  # ems
_SET_IN = 1.2  # ems
_SLACK = 0.5  # ems that a line may stay short of the margin although it is full


@dataclass(frozen=True)
class Part:
    """A paragraph, or what of it stands in one column of one page. `lines` is where, `text` what."""

    page: int
    lines: tuple[Line, ...]
    text: str

    @property
    def box(self) -> BBox:
        """The box around the lines."""
        return bounds([line.box for line in self.lines])

    @property
    def confidence(self) -> float | None:
        """How sure the recogniser is of the least sure of the lines; None where all are the file's own text."""
        return min((line.confidence for line in self.lines if line.confidence is not None), default=None)


@dataclass
class Paragraph:
    """Lines that belong together, each with its page. `is_note`: a footnote."""

    lines: list[tuple[int, Line]] = field(default_factory=list)
    is_note: bool = False

    @property
    def first(self) -> Line:
        """The line it opens with."""
        return self.lines[0][1]

    def parts(self) -> list[Part]:
        """The paragraph cut where a page or column ends, but after the sentence that goes on over the cut: that one
        stays whole, with the part that it begins in.
        """
        runs: list[tuple[int, list[Line]]] = []
        for page, line in self.lines:
            if runs and runs[-1][0] == page and line.box[1] >= runs[-1][1][-1].box[1]:
                runs[-1][1].append(line)
            else:
                runs.append((page, [line]))
        made: list[Part] = []
        for page, lines in runs:
            text = join_lines(lines)
            if made:
                end = _SENTENCE_END.search(text)
                head = text[: end.end()] if end else text
                last = made[-1]
                begun = replace(last.lines[-1], text=last.text)
                made[-1] = Part(last.page, last.lines, join_lines([begun, replace(lines[0], text=head)]))
                text = text[len(head) :].strip()
            if text:
                made.append(Part(page, tuple(lines), text))
        return made


Block = Paragraph | PageTable | Picture


def read_blocks(pages: Sequence[PageText], style: Style, headings: Collection[str]) -> list[Block]:
    """The document's paragraphs, tables and pictures in reading order. A line that is one of `headings` (as
    `heading_key` gives them) stands for itself.
    """
    blocks: list[Block] = []
    for page in pages:
        notes, lines = split_notes(page, style)
        for item in _in_order(lines, [*page.tables, *page.pictures]):
            last = blocks[-1] if blocks else None
            if isinstance(item, PageTable):
                _add_table(blocks, item)
            elif isinstance(item, Picture):
                blocks.append(item)
            elif (
                isinstance(last, Paragraph)
                and not _is_stated(last, item, headings)
                and _continues(last, page.number, item, style)
            ):
                last.lines.append((page.number, item))
            else:
                blocks.append(Paragraph([(page.number, item)]))
        notes += [[line] for line in page.notes]
        blocks += [Paragraph([(page.number, line) for line in note], is_note=True) for note in notes]
    return blocks


def _in_order(lines: Sequence[Line], placed: Sequence[PageTable | Picture]) -> Iterator[Line | PageTable | Picture]:
    """Lines in their order, each table and picture after the last line above it."""
    before: dict[int, list[PageTable | Picture]] = {}
    for table in sorted(placed, key=lambda one: one.box[1]):
        x0, top, x1, _ = table.box
        at = 0
        for index, line in enumerate(lines):
            beside = line.box[2] < x0 or line.box[0] > x1
            if not beside and (line.box[1] + line.box[3]) / 2 < top:
                at = index + 1
        before.setdefault(at, []).append(table)
    for index, line in enumerate(lines):
        yield from before.get(index, ())
        yield line
    yield from before.get(len(lines), ())


def _add_table(blocks: list[Block], table: PageTable) -> None:
    """Add a table, to the one on the page before where it goes on with that (`续表` may stand between)."""
    at = len(blocks) - 1
    while at >= 0 and isinstance(blocks[at], Paragraph) and _between_parts(blocks[at], table):
        at -= 1
    above = blocks[at] if at >= 0 else None
    if isinstance(above, PageTable) and above.rows[-1].page == table.rows[0].page - 1 and goes_on(above, table):
        blocks[at] = continued(above, table)
        del blocks[at + 1 :]
    else:
        blocks.append(table)


def _between_parts(block: Block, table: PageTable) -> bool:
    return (
        isinstance(block, Paragraph)
        and block.lines[0][0] == table.rows[0].page
        and bool(_GOES_ON.search(join_lines([line for _, line in block.lines])))
    )


def _continues(paragraph: Paragraph, page: int, line: Line, style: Style) -> bool:
    """Whether `line` goes on with `paragraph`."""
    last_page, last = paragraph.lines[-1]
    if paragraph.is_note or last.code or line.code or (last.bold != line.bold and not _mixed(paragraph, style)):
        return False
    if _BULLET.match(line.text) or (line.alone and not _fills_box(last, line)):
        return False
    if abs(last.size - line.size) > 0.12 * max(last.size, line.size):
        return False
    left = line.left if line.right else style.left
    before_left, before_right = (last.left, last.right) if last.right else (style.left, style.right)
    indent, usual = line.box[0] - left, last.box[0] - before_left
    fitted = last.box[2] + line.first_word + _SLACK * line.size < before_right
    left_open = _OPEN_BRACKET.search(last.text) or (
        # Where paragraphs are set in, a line at the margin goes on, however short the one above is.
        paragraph.first.box[0] - before_left > _SET_IN * line.size
        and indent < 1
        and not (line.alone or _CLOSED.search(last.text))
    )
    if fitted and not left_open:
        return False
    starts = opens_item(line.text) or numbering(line.text) is not None
    moved = page != last_page or line.box[1] < last.box[1] - line.size
    if moved:
        return not _CLOSED.search(last.text) and not starts and indent < _SET_IN * line.size + max(usual, 0.0)
    if (line.box[3] - last.box[3]) / line.size > _LOOSE * style.leading:
        return False
    single = len(paragraph.lines) == 1
    hanging = single and opens_item(last.text)
    if indent - usual > _SET_IN * line.size and not hanging:
        return False
    if starts and (_CLOSED.search(last.text) or (not single and abs(indent - usual) > 0.3 * line.size)):
        return False
    # A second line set in as far as the first opens a paragraph of its own, unless a sentence is left open.
    return not (
        single and not hanging and usual > _SET_IN * line.size and abs(indent - usual) < 1 and _CLOSED.search(last.text)
    )


def heading_key(text: str) -> str:
    """A heading's text, comparable however it is set."""
    return "".join(text.split())


def _is_stated(paragraph: Paragraph, line: Line, headings: Collection[str]) -> bool:
    last = paragraph.lines[-1][1]
    return heading_key(line.text) in headings or (len(paragraph.lines) == 1 and heading_key(last.text) in headings)


def _fills_box(last: Line, line: Line) -> bool:
    """Whether two lines are wrapped text in one box; a narrow box is a label, each line of it for itself."""
    return (last.left, last.right) == (line.left, line.right) and line.right - line.left > _LABEL_WIDTH * line.size


def _mixed(paragraph: Paragraph, style: Style) -> bool:
    """Whether the paragraph is body text, in which some line may be bold from end to end."""
    return len(paragraph.lines) > 1 and abs(paragraph.first.size - style.size) < 1
