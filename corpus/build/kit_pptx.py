"""Slides as they are shown to a customer.

deck = Slides(title="…方案汇报", author="…", created=date(2024, 3, 8), footer="星衡银行 | 内部资料")
deck.cover("…", ["解决方案部", "2024年3月"])
deck.bullets("一、背景", ["a", ["a 的下级"]], notes="讲稿")
deck.table("二、指标", [["指标", "目标"], ["RPO", "0"]], notes="…")
deck.two_columns(…); deck.diagram(…); deck.chart(…); deck.save(path)
"""

import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import grid
import office
import pptx_shapes as shapes_of
import pptx_theme as theme
from diagram import Diagram, sides
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Cm, Pt

Items = Sequence["str | Items"]
CHARTS = {
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "pie": XL_CHART_TYPE.PIE,
}


class Slides:
    """One deck being written. Every slide method returns the slide; `notes` are the speaker's."""

    def __init__(
        self,
        *,
        title: str,
        author: str,
        created: datetime.date,
        footer: str,
        version: str | None = None,
        project: str | None = None,
        accent: str = "1F4E79",
    ) -> None:
        self.title, self.author, self.created = title, author, created
        self._version, self._project, self._footer, self._accent = version, project, footer, accent
        self._deck = theme.template(accent)

    def cover(self, title: str, lines: Sequence[str], *, notes: str = "") -> Slide:
        slide = self._slide(theme.TITLE_SLIDE, title, notes, footer=False)
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(36)
        frame = slide.placeholders[1].text_frame
        frame.text = "\n".join(lines)
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
            paragraph.runs[0].font.size = Pt(18)
        return slide

    def bullets(self, title: str, items: Items, *, notes: str = "", size: float = 18) -> Slide:
        """Title and bullets; a nested list holds the sub-items of the item before it."""
        slide = self._slide(theme.CONTENT, title, notes)
        _bullets(slide.placeholders[1].text_frame, items, size)
        return slide

    def two_columns(
        self, title: str, left: tuple[str, Items], right: tuple[str, Items], *, notes: str = "", size: float = 16
    ) -> Slide:
        """Two lists side by side, each `(heading, items)`."""
        slide = self._slide(theme.TWO_CONTENT, title, notes)
        for place, (heading, items) in ((1, left), (2, right)):
            frame = slide.placeholders[place].text_frame
            _bullets(frame, [heading, *items], size)
            first = frame.paragraphs[0]
            properties = first._p.get_or_add_pPr()
            properties.set("marL", "0")
            properties.set("indent", "0")
            etree.SubElement(properties, qn("a:buNone"))
            first.runs[0].font.bold = True
            first.runs[0].font.color.rgb = RGBColor.from_string(self._accent)
        return slide

    def table(
        self,
        title: str,
        rows: Sequence[grid.Row],
        *,
        header: int = 1,
        widths: Sequence[float] | None = None,
        lead: str = "",
        notes: str = "",
        size: float = 12,
        row_height: float = 0.95,
    ) -> Slide:
        """A native table (`LEFT`/`UP` cells merged) under an optional line of text; `widths` in centimetres."""
        slide = self._slide(theme.TITLE_ONLY, title, notes)
        top = 2.9
        if lead:
            self.text(slide, lead, 1.4, 2.7, 31, 1.2, size=14)
            top = 4.1
        columns = len(rows[0])
        widths = widths or [31 / columns] * columns
        frame = slide.shapes.add_table(
            len(rows), columns, Cm(1.4), Cm(top), Cm(sum(widths)), Cm(row_height * len(rows))
        )
        made = frame.table
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Cm(width)
        for r, row in enumerate(rows):
            made.rows[r].height = Cm(row_height)
            for c, value in enumerate(row):
                cell = made.cell(r, c)
                cell.text_frame.text = grid.text(value)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.margin_top = cell.margin_bottom = Cm(0.08)
                for paragraph in cell.text_frame.paragraphs:
                    for run in paragraph.runs:
                        run.font.size, run.font.bold = Pt(size), r < header
                if r < header:
                    cell.fill.solid()
                    cell.fill.fore_color.rgb = RGBColor.from_string(self._accent)
                    for paragraph in cell.text_frame.paragraphs:
                        for run in paragraph.runs:
                            run.font.color.rgb = RGBColor(255, 255, 255)
        for up, left, down, right in grid.merges(rows):
            made.cell(up, left).merge(made.cell(down, right))
        return slide

    def chart(
        self,
        title: str,
        kind: Literal["column", "stacked", "bar", "line", "pie"],
        categories: Sequence[str],
        series: Mapping[str, Sequence[float]],
        *,
        number_format: str = "#,##0",
        points: Items = (),
        notes: str = "",
        chart_title: str = "",
    ) -> Slide:
        """A native chart with its data; `points` become a column of bullets at its right."""
        slide = self._slide(theme.TITLE_ONLY, title, notes)
        data = CategoryChartData(number_format=number_format)
        data.categories = categories
        for name, values in series.items():
            data.add_series(name, values)
        width = 20.5 if points else 31
        chart = slide.shapes.add_chart(CHARTS[kind], Cm(1.4), Cm(2.9), Cm(width), Cm(14.4), data).chart
        chart.font.size = Pt(12)
        chart.has_title = bool(chart_title)
        if chart_title:
            chart.chart_title.text_frame.text = chart_title
            chart.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
        chart.has_legend = len(series) > 1 or kind == "pie"
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        plot = chart.plots[0]
        plot.has_data_labels = True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = number_format, False
        plot.data_labels.font.size = Pt(10)
        if kind == "line":
            plot.data_labels.position = XL_LABEL_POSITION.ABOVE
        if points:
            frame = slide.shapes.add_textbox(Cm(22.4), Cm(3.4), Cm(10), Cm(13)).text_frame
            frame.word_wrap = True
            _bullets(frame, points, 14, sign="• ")
        return slide

    def diagram(self, title: str, drawing: Diagram, *, notes: str = "", lead: str = "") -> Slide:
        """Boxes and arrows as native shapes; each zone with its boxes is a group."""
        slide = self._slide(theme.TITLE_ONLY, title, notes)
        top = 2.9
        if lead:
            self.text(slide, lead, 1.4, 2.65, 31, 1.0, size=14)
            top = 3.8
        left = (theme.WIDTH - drawing.w) / 2
        shapes: dict[str, Shape] = {}
        for zone in drawing.zones:
            group = slide.shapes.add_group_shape()
            group.name = zone.label
            shapes_of.zone(group.shapes, zone, left, top)
            shapes |= {box.key: shapes_of.box(group.shapes, box, left, top) for box in zone.boxes}
        shapes |= {box.key: shapes_of.box(slide.shapes, box, left, top) for box in drawing.boxes}
        boxes = drawing.all_boxes()
        for arrow in drawing.arrows:
            (x0, y0), (x1, y1) = sides(boxes[arrow.start], boxes[arrow.end])
            line = slide.shapes.add_connector(
                MSO_CONNECTOR.STRAIGHT, Cm(left + x0), Cm(top + y0), Cm(left + x1), Cm(top + y1)
            )
            shapes_of.arrow_heads(line, both=arrow.both)
            line.line.width, line.line.color.rgb = Pt(1.75), RGBColor.from_string("C55A11")
            if arrow.dashed:
                line.line.dash_style = MSO_LINE_DASH_STYLE.DASH
            if arrow.label:
                middle = (left + (x0 + x1) / 2 - 2.5, top + (y0 + y1) / 2 - 0.75)
                self.text(slide, arrow.label, *middle, 5, 0.7, size=10, centred=True)
        return slide

    def picture(self, title: str, png: bytes, ratio: float, *, lead: str = "", notes: str = "") -> Slide:
        """A picture (`ratio` is its width by its height) as large as the slide has room for."""
        slide = self._slide(theme.TITLE_ONLY, title, notes)
        top = 2.9
        if lead:
            self.text(slide, lead, 1.4, 2.65, 31, 1.0, size=14)
            top = 3.9
        width = min(31.0, (17.6 - top) * ratio)
        slide.shapes.add_picture(io.BytesIO(png), Cm((theme.WIDTH - width) / 2), Cm(top), width=Cm(width))
        return slide

    def text(
        self,
        slide: Slide,
        text: str,
        x: float,
        y: float,
        w: float,
        h: float,
        *,
        size: float = 12,
        centred: bool = False,
    ) -> None:
        """A free text box on a slide (position and size in centimetres)."""
        frame = slide.shapes.add_textbox(Cm(x), Cm(y), Cm(w), Cm(h)).text_frame
        frame.word_wrap = True
        frame.text = text
        for paragraph in frame.paragraphs:
            if centred:
                paragraph.alignment = PP_ALIGN.CENTER
            for run in paragraph.runs:
                run.font.size = Pt(size)

    def save(self, path: Path) -> None:
        properties = self._deck.core_properties
        properties.title, properties.author, properties.last_modified_by = self.title, self.author, self.author
        properties.created = properties.modified = office.moment(self.created)
        properties.version, properties.subject = self._version or "", self._project or ""
        properties.comments, properties.keywords, properties.revision = "", "", 5
        self._deck.save(str(path))
        office.freeze(path)

    def _slide(self, layout: int, title: str, notes: str, *, footer: bool = True) -> Slide:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        slide.shapes.title.text_frame.text = title
        if footer:
            theme.footers(slide, self._footer)
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
        return slide


def _bullets(frame: TextFrame, items: Items, size: float, level: int = 0, sign: str = "") -> None:
    for item in items:
        if not isinstance(item, str):
            _bullets(frame, item, size, level + 1, sign and "– ")
            continue
        empty = len(frame.paragraphs) == 1 and not frame.paragraphs[0].runs
        paragraph = frame.paragraphs[0] if empty else frame.add_paragraph()
        paragraph.level = level
        for count, part in enumerate(f"{sign}{item}".split("**")):
            if part:
                run = paragraph.add_run()
                run.text, run.font.size = part, Pt(size - 2 * level)
                run.font.bold = True if count % 2 else None
        paragraph.space_after = Pt(4)
