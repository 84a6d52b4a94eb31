"""A table of contents as a word processor leaves it: a TOC field holding lines of heading and page."""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import office
import pdfplumber
from docx.document import Document
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx_xml import bookmark


def fill(document: Document, spare: Paragraph, outline: Sequence[tuple[int, str, Paragraph]], path: Path) -> None:
    """Writes the lines before the empty paragraph `spare`; lays the document out once, at `path`, to learn the pages.

    `outline` holds (level, text with its number, paragraph) of every heading; the first two levels are listed.
    """
    entries = [(level, text, paragraph) for level, text, paragraph in outline if level < 3]
    lines = []
    for count, (level, text, paragraph) in enumerate(entries, 1):
        bookmark(paragraph, f"_Toc{100000 + count}", count)
        line = spare.insert_paragraph_before()
        line.paragraph_format.left_indent, line.paragraph_format.space_after = Cm(0.8 * (level - 1)), Pt(0)
        line.paragraph_format.line_spacing = 1.0
        line.paragraph_format.tab_stops.add_tab_stop(Cm(15.4), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        line.add_run(f"{text}\t")
        lines.append((line, line.add_run("00")))
    end = spare.add_run()
    spare.add_run().add_break(WD_BREAK.PAGE)
    document.save(str(path))
    with tempfile.TemporaryDirectory() as folder:
        laid_out = Path(folder) / "toc.pdf"
        office.convert(path, laid_out)
        with pdfplumber.open(laid_out) as pdf:
            pages = [re.sub(r"\s", "", page.extract_text()) for page in pdf.pages]
    at = next(n for n, page in enumerate(pages) if "目录" in page) + 1
    for (_, shown), (_, text, _) in zip(lines, entries, strict=True):
        wanted = re.sub(r"\s", "", text)
        # The contents themselves may run over several pages: there a heading is followed by dots.
        while f"{wanted}." in pages[at] or wanted not in pages[at]:
            at += 1
        shown.text = str(at + 1)
    first = lines[0][0].runs[0]._r
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
    ):
        first.addprevious(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>"))
    end._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="end"/>'))
