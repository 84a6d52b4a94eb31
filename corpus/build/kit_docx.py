"""Word documents as a Chinese solutions department writes them.

doc = Doc(title="…架构设计说明书", author="…", created=date(2024, 3, 8), version="V1.0", secrecy="内部资料")
doc.cover("…", [("文档编号", "…")]); doc.revisions([("V1.0", "2024-03-08", "…", "初稿")]); doc.toc()
doc.h(1, "第一章 概述"); doc.p("正文，**加粗**。", footnote="脚注"); doc.bullets(["a", ["a 的下级"], "b"])
doc.table([["指标", "V1.0", LEFT], ["RPO", "0", "≤5 秒"]], header=1, widths=[4, 6, 6], caption="表 1-1 …")
doc.save(path)
"""

import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import docx
import docx_style
import docx_toc
import grid
import office
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx_xml import Footnotes, Numbering, heading_label, number, textbox

Items = Sequence["str | Items"]


class Doc:
    """One Word document being written.

    `headings`: "style" uses Heading 1-3; "bold" fakes them with bold text in plain paragraphs; "章", "一" and "1" use
    Heading 1-3 that number themselves (第一章/1.1, 一、/（一）, 1/1.1: then leave the number out of the text).
    """

    def __init__(
        self,
        *,
        title: str,
        author: str,
        created: datetime.date,
        version: str | None = None,
        project: str | None = None,
        secrecy: str = "内部资料 注意保密",
        footer: str = "解决方案部",
        header: str | None = None,
        headings: Literal["style", "bold", "章", "一", "1"] = "style",
        fonts: tuple[str, str] = ("宋体", "黑体"),
        bare_first_page: bool = True,
    ) -> None:
        self.title, self.author, self.created, self.version, self.project = title, author, created, version, project
        self.secrecy = secrecy
        self._document = docx.Document()
        self._fonts, self._headings = fonts, headings
        docx_style.apply(self._document, *fonts)
        _drop_sample_parts(self._document)
        self._numbering = Numbering(self._document)
        if headings not in ("style", "bold"):
            self._numbering.for_headings(self._document, headings)
        self._footnotes = Footnotes(self._document)
        self._toc: Paragraph | None = None
        self._outline: list[tuple[int, str, Paragraph]] = []
        self._textboxes = 0
        self._counts: list[int] = []
        docx_style.header_footer(
            self._document,
            header or f"{title} {version or ''}".strip(),
            secrecy,
            footer,
            first_page_bare=bare_first_page,
        )

    # Front pages

    def cover(self, subtitle: str, fields: Sequence[tuple[str, str]], organisation: str = "") -> None:
        """A cover page: title, subtitle, a table of fields, the organisation at the foot."""
        for _ in range(5):
            self._plain("")
        self._plain(self.title, size=24 if len(self.title) < 17 else 20, bold=True, centred=True)
        self._plain(subtitle, size=16, centred=True)
        for _ in range(6):
            self._plain("")
        self.table([list(pair) for pair in fields], header=0, widths=[4, 8], label_column=True)
        for _ in range(4):
            self._plain("")
        self._plain(organisation, size=14, centred=True)
        self.page_break()

    def revisions(
        self, rows: Sequence[Sequence[str]], head: Sequence[str] = ("版本", "日期", "修订人", "修订说明")
    ) -> None:
        """The 修订记录 table, under a bold line that is no heading."""
        self._plain("修订记录", size=14, bold=True, centred=True)
        self.table([list(head), *rows], header=1, widths=[1.8, 2.6, 2.2, 9.0])

    def toc(self) -> None:
        """A table of contents of two levels, filled in by `save` with the pages LibreOffice gives."""
        self.page_break()
        self._plain("目 录", size=16, bold=True, centred=True)
        self._toc = self._document.add_paragraph()
        self._toc.paragraph_format.line_spacing = Pt(1)

    # Text

    def h(self, level: int, text: str) -> None:
        """A heading; the caller writes its number unless the headings number themselves."""
        if self._headings == "bold":
            paragraph = self._document.add_paragraph()
            run = paragraph.add_run(text)
            run.bold, run.font.size = True, Pt((14, 12, 10.5)[level - 1])
            paragraph.paragraph_format.space_before = Pt(8)
            return
        paragraph = self._document.add_paragraph(text, style=f"Heading {level}")
        self._counts = [*self._counts[:level], *[0] * (level - len(self._counts))]
        self._counts[level - 1] += 1
        label = "" if self._headings == "style" else heading_label(self._headings, self._counts)
        self._outline.append((level, label + text, paragraph))

    def p(self, text: str, *, footnote: str | None = None, indent: bool = True) -> None:
        """A paragraph, first line indented by two characters; `**…**` is bold."""
        paragraph = self._document.add_paragraph()
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(21)
        self._runs(paragraph, text)
        if footnote:
            self._footnotes.add(paragraph, footnote)

    def bullets(self, items: Items) -> None:
        """A bulleted list; a nested list holds the sub-items of the item before it."""
        self._items(items, self._numbering.new_list(numbered=False), 0)

    def numbers(self, items: Items) -> None:
        """A numbered list (1. / （1） / a.), numbered by the word processor, starting at 1."""
        self._items(items, self._numbering.new_list(numbered=True), 0)

    def code(self, text: str) -> None:
        """Lines of code in one shaded cell."""
        table = self._document.add_table(1, 1, style="Table Grid")
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        cell = table.cell(0, 0)
        self._shade(cell, "F2F2F2")
        cell.paragraphs[0].text = ""
        run = cell.paragraphs[0].add_run(text.strip("\n"))
        docx_style.set_font(run.font, "Consolas", self._fonts[0])
        run.font.size = Pt(8.5)
        self._gap()

    def textbox(self, lines: list[str], *, width_cm: float = 14, height_cm: float | None = None) -> None:
        """A text box in its own paragraph (a remark beside the text)."""
        self._textboxes += 1
        run = self._document.add_paragraph().add_run()
        textbox(run, lines, self._textboxes, width_cm, height_cm or 0.75 * len(lines) + 0.5)

    def comment(self, text: str, author: str, initials: str) -> None:
        """A reviewer's comment on the last paragraph."""
        runs = self._document.paragraphs[-1].runs
        made = self._document.add_comment(runs, text=text, author=author, initials=initials)
        made._comment_elm.date = office.moment(self.created, 17)

    def picture(self, png: bytes, caption: str, *, width_cm: float = 15, alt: str = "") -> None:
        """A picture with its caption below."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(width_cm))
        shape._inline.docPr.set("descr", alt)
        self._document.add_paragraph(caption, style="Caption")

    # Tables

    def table(
        self,
        rows: Sequence[grid.Row],
        *,
        header: int = 1,
        widths: Sequence[float] | None = None,
        caption: str | None = None,
        label_column: bool = False,
        size: float = 9,
        centred: Sequence[int] = (),
    ) -> None:
        """A table; `header` counts its header rows (repeated on each page), `LEFT`/`UP` cells are merged.

        `widths` in centimetres; `label_column` shades the first column; `centred` names columns set in the middle.
        """
        if caption:
            self._document.add_paragraph(caption, style="Caption").paragraph_format.keep_with_next = True
        made = self._document.add_table(len(rows), len(rows[0]), style="Table Grid")
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, widths is None
        for column, width in zip(made.columns, widths or (), strict=False):
            column.width = Cm(width)
        cells = [list(row.cells) for row in made.rows]
        for top, left, bottom, right in grid.merges(rows):
            cells[top][left].merge(cells[bottom][right])
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                cell = cells[r][c]
                if widths:
                    cell.width = Cm(widths[c])
                if value in (grid.LEFT, grid.UP):
                    continue
                head = r < header or (label_column and c == 0)
                self._fill(cell, value, size, bold=head, centred=head or c in centred)
                if head:
                    self._shade(cell, "D9E2F3")
        for row in made.rows[:header]:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for row in made.rows:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        self._gap()

    def page_break(self) -> None:
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    # Saving

    def save(self, path: Path) -> None:
        """Writes the document with its properties; with a table of contents it is laid out once to learn the pages."""
        properties = self._document.core_properties
        properties.title, properties.author, properties.last_modified_by = self.title, self.author, self.author
        properties.created = properties.modified = office.moment(self.created)
        properties.version, properties.subject = self.version or "", self.project or ""
        properties.comments, properties.keywords, properties.revision = "", "", 3
        self._footnotes.write()
        if self._toc is not None:
            docx_toc.fill(self._document, self._toc, self._outline, path)
        self._document.save(str(path))
        office.freeze(path)

    # Inside

    def _items(self, items: Items, list_id: int, level: int) -> None:
        for item in items:
            if isinstance(item, str):
                paragraph = self._document.add_paragraph()
                number(paragraph, list_id, level)
                self._runs(paragraph, item)
            else:
                self._items(item, list_id, level + 1)

    def _runs(self, paragraph: Paragraph, text: str) -> None:
        for count, part in enumerate(text.split("**")):
            if part:
                paragraph.add_run(part).bold = True if count % 2 else None

    def _plain(self, text: str, *, size: float = 10.5, bold: bool = False, centred: bool = False) -> None:
        paragraph = self._document.add_paragraph()
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), bold
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if bold:
            docx_style.set_font(run.font, "Arial", self._fonts[1])

    def _fill(self, cell: docx.table._Cell, text: str, size: float, *, bold: bool, centred: bool) -> None:
        for count, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if count == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
            paragraph.paragraph_format.line_spacing = 1.1
            self._runs(paragraph, line)
            for run in paragraph.runs:
                run.font.size = Pt(size)
                run.bold = bold or run.bold
            if centred:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _shade(self, cell: docx.table._Cell, colour: str) -> None:
        cell._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
        )

    def _gap(self) -> None:
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)


def _drop_sample_parts(document: docx.document.Document) -> None:
    """python-docx's template brings a thumbnail of another document and a second copy of all styles."""
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects")):
                part.rels.pop(key)
