"""How our Word documents look: fonts for Chinese text, heading styles, page header and footer."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.font import Font
from docx_xml import field

HEADING_POINTS = (16, 14, 12)
BLACK = RGBColor(0, 0, 0)


def set_font(font: Font, latin: str, chinese: str) -> None:
    font.name = latin
    fonts = font.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), chinese)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def apply(document: Document, body: str, heading: str) -> None:
    """Sets page, fonts and heading styles; `body` and `heading` are the Chinese fonts' names."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.0)
    normal = document.styles["Normal"]
    set_font(normal.font, "Times New Roman", body)
    normal.font.size = Pt(10.5)
    normal.paragraph_format.line_spacing = 1.25
    normal.paragraph_format.space_after = Pt(4)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for level, points in enumerate(HEADING_POINTS, 1):
        style = document.styles[f"Heading {level}"]
        set_font(style.font, "Arial", heading)
        style.font.size, style.font.bold, style.font.italic = Pt(points), True, False
        style.font.color.rgb = BLACK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14 - 2 * level), Pt(6)
        style.paragraph_format.keep_with_next = True
    caption = document.styles["Caption"]
    set_font(caption.font, "Arial", heading)
    caption.font.size, caption.font.bold, caption.font.color.rgb = Pt(9), False, BLACK
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def header_footer(document: Document, left: str, right: str, foot: str, *, first_page_bare: bool) -> None:
    """Page header `left … right` with a rule below, footer `foot … 第 X 页 共 Y 页`."""
    section = document.sections[0]
    section.different_first_page_header_footer = first_page_bare
    width = section.page_width - section.left_margin - section.right_margin
    head = section.header.paragraphs[0]
    head.text = f"{left}\t{right}"
    bottom = section.footer.paragraphs[0]
    bottom.add_run(f"{foot}\t第 ")
    field(bottom, "PAGE")
    bottom.add_run(" 页 共 ")
    field(bottom, "NUMPAGES", "12")
    bottom.add_run(" 页")
    for paragraph in (head, bottom):
        stops = paragraph.paragraph_format.tab_stops
        for stop in list(paragraph.style.paragraph_format.tab_stops):
            stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
        stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        for run in paragraph.runs:
            run.font.size = Pt(9)
    borders = head._p.get_or_add_pPr()
    rule = borders.makeelement(qn("w:pBdr"), {})
    line = rule.makeelement(qn("w:bottom"), {qn("w:val"): "single", qn("w:sz"): "6", qn("w:space"): "1"})
    rule.append(line)
    borders.insert_element_before(rule, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
