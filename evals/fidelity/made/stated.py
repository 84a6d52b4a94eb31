"""What files say about themselves, and what stands in page headers and footers only."""

from pathlib import Path

import xlsxwriter
from pptx import Presentation
from reportlab.pdfgen import canvas

from evals.fidelity.fact import MadeFile
from evals.fidelity.made.package import NAMESPACES
from evals.fidelity.made.word import Word, paragraph, row, table


def word_says(folder: Path) -> MadeFile:
    """Core properties; a number and a secrecy class that stand in the page header, a version in the footer's table."""
    word = Word()
    made = MadeFile(folder / "word_stated.docx", "docx", "raw OOXML as Word writes it")
    made.plant("paragraph", "正文只写切换分三批完成", {"paragraph": word.block(paragraph("正文只写切换分三批完成"))})
    number, secrecy = "文档编号：QH-SJ-2025-071", "密级：内部二级"
    version = "版本：V3.7"
    for kind, inner, planted in (
        ("header", paragraph(f"{number}  {secrecy}"), (number, secrecy)),
        ("footer", table(row(version, "青禾解决方案部"), columns=2), (version,)),
    ):
        tag = "hdr" if kind == "header" else "ftr"
        word.package.add(f"word/{kind}1.xml", f"<w:{tag} {NAMESPACES}>{inner}</w:{tag}>", kind)
        word.section += f"<w:{kind}Reference w:type='default' r:id='{word.relate(kind, f'{kind}1.xml')}'/>"
        for text in planted:
            made.plant(f"fact in the page {kind} only", text, {"part": f"word/{kind}1.xml", "paragraph": 1})
    word.save(made.path, made.says("title", "双活切换总体方案"), made.says("author", "沈知白"))
    made.says("date", "2025-11-03")
    return made


def slides_say(folder: Path) -> MadeFile:
    """Core properties of a deck."""
    made = MadeFile(folder / "pptx_stated.pptx", "pptx", "python-pptx")
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = made.plant("slide title", "季度例会材料", {"slide": 1}, kind="heading")
    deck.core_properties.title = made.says("title", "三季度运维例会")
    deck.core_properties.author = made.says("author", "岳临")
    deck.save(str(made.path))
    return made


def workbook_says(folder: Path) -> MadeFile:
    """Core properties of a workbook."""
    made = MadeFile(folder / "xlsx_stated.xlsx", "xlsx", "xlsxwriter")
    book = xlsxwriter.Workbook(str(made.path))
    book.set_properties({"title": made.says("title", "算力评估底稿"), "author": made.says("author", "闻笛")})
    book.add_worksheet("底稿").write(0, 0, made.plant("cell", "底稿口径以九月为准", {"sheet": "底稿", "range": "A1"}))
    book.close()
    return made


def pages_say(folder: Path) -> MadeFile:
    """The document information of a PDF."""
    made = MadeFile(folder / "pdf_stated.pdf", "pdf", "reportlab canvas")
    page = canvas.Canvas(str(made.path))
    page.setTitle(made.says("title", "灾备演练签报"))
    page.setAuthor(made.says("author", "贺川"))
    page.drawString(80, 700, made.plant("paragraph on a page", "RPO 5s, RTO 9min", {"page": 1}))
    page.save()
    return made


def page_says(folder: Path) -> MadeFile:
    """Title and author in the head of an HTML page; texts that their own style hides."""
    made = MadeFile(folder / "html_stated.html", "html", "as a portal exports it")
    hidden = "".join(
        f"<{tag} style='{style}'>{made.keep_out('text hidden by its style', f'样式藏起的第{at}句', 'invisible')}</{tag}>\n"
        for at, (tag, style) in enumerate(
            (("div", "display:none"), ("p", "visibility: hidden"), ("p", "color:red; font-size:0"), ("p", "opacity:0"),
             ("p", "mso-hide:all"), ("div", "DISPLAY : NONE")), 1,
        )
    )  # fmt: skip
    shown = made.plant("text that is shown", "样式没有藏起的这句要读到", kind="paragraph")
    made.path.write_text(
        f"<html><head><meta charset='utf-8'><title>{made.says('title', '值班交接须知')}</title>\n"
        f"<meta name='author' content='{made.says('author', '高睿')}'></head>\n<body><p>{shown}</p>\n{hidden}</body></html>",
        "utf-8",
    )
    return made
