"""PDF files as report tools print them: headings by look, running heads, columns, tables with and without rules."""

from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from evals.fidelity.fact import MadeFile

_FONT = "STSong-Light"
_BODY = ParagraphStyle("body", fontName=_FONT, fontSize=10.5, leading=17, firstLineIndent=21, wordWrap="CJK")
_HEADS = [
    ParagraphStyle(f"h{level}", fontName=_FONT, fontSize=20 - 3 * level, leading=28, spaceBefore=10) for level in (1, 2)
]
_GRID = [("FONT", (0, 0), (-1, -1), _FONT, 9), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)]


def _ready() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


def _running(head: str, foot: str) -> Any:
    def draw(page: Any, _document: Any) -> None:
        page.setFont(_FONT, 9)
        page.drawString(60, A4[1] - 36, head)
        page.drawCentredString(A4[0] / 2, 30, f"{foot} 第 {page.getPageNumber()} 页")

    return draw


def report(folder: Path) -> MadeFile:
    """Chapters over ten pages with a running head and page numbers; paragraphs that go on over the page's end."""
    _ready()
    made = MadeFile(folder / "pdf_report.pdf", "pdf", "reportlab")
    story: list[Any] = []
    for chapter in range(1, 8):
        title = f"{chapter} 演练科目{'甲乙丙丁戊己庚'[chapter - 1]}"
        story.append(Paragraph(title, _HEADS[0]))
        made.plant("heading by look", title, kind="heading")
        for part in (1, 2):
            below = f"{chapter}.{part} 步骤{'甲乙丙丁戊己庚'[chapter - 1]}{part}"
            story.append(Paragraph(below, _HEADS[1]))
            made.plant("heading by look", below, kind="heading")
            for line in range(1, 5):
                text = (
                    f"科目{chapter}之{part}第{line}轮切换用时{chapter * 31 + part * 7 + line}秒，值班经理全程在场并逐项签字确认，"
                    * 3
                )
                first = text.split("，")[0]
                story.append(Paragraph(text.rstrip("，") + "。", _BODY))
                made.plant("paragraph on a page", first, {"headings": (title, below)}, kind="paragraph")
    made.keep_out("running head", "星衡银行灾备演练报告内部", "header")
    made.keep_out("page number", "演练办公室印制", "footer")
    draw = _running("星衡银行灾备演练报告内部", "演练办公室印制")
    SimpleDocTemplate(str(made.path), pagesize=A4, topMargin=60, bottomMargin=60).build(story, draw, draw)
    return made


def tables(folder: Path) -> MadeFile:
    """A ruled table over three pages with its header repeated, merged cells, a header of two rows."""
    _ready()
    made = MadeFile(folder / "pdf_tables.pdf", "pdf", "reportlab")
    rows = [["资产编号", "型号", "机柜", "责任人"]]
    for number in range(1, 101):
        row = [f"PD{number * 41:05d}", "Atlas 900", f"柜{number * 17:04d}号", "闻笛" if number % 2 else "程砚"]
        rows.append(row)
        if number % 9 == 4:
            made.plant("table over pages", row[2], key=row[0], column="机柜")
    long = Table(rows, colWidths=[110, 110, 110, 110], repeatRows=1)
    long.setStyle([*_GRID, ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)])
    body = [["系统", "北京", "", "厦门", ""], ["", "方式", "时延", "方式", "时延"], ["工单库", "半同步", "1.13秒", "异步", "2.71秒"],
            ["会话索引", "双向复制", "1.44秒", "单向复制", "3.92秒"]]  # fmt: skip
    merged = Table(body, colWidths=[90] * 5)
    merged.setStyle([*_GRID, ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)),
                     ("BACKGROUND", (0, 0), (-1, 1), colors.lightgrey)])  # fmt: skip
    for row in body[2:]:
        for at, column in ((1, "北京 / 方式"), (2, "北京 / 时延"), (3, "厦门 / 方式"), (4, "厦门 / 时延")):
            made.plant("header of two rows", row[at], {"page": 1}, key=row[0], column=column)
    story = [Paragraph("同步指标", _HEADS[0]), merged, Spacer(1, 20), Paragraph("资产台账", _HEADS[0]), long]
    SimpleDocTemplate(str(made.path), pagesize=A4).build(story)
    return made


def columns(folder: Path) -> MadeFile:
    """Two columns, a turned page, a page set across, text drawn out of order, words split over runs."""
    _ready()
    made = MadeFile(folder / "pdf_columns.pdf", "pdf", "reportlab canvas")
    page = canvas.Canvas(str(made.path), pagesize=A4)
    page.setFont(_FONT, 11)
    lines = [
        f"第{side}栏第{at}句写机房{'左右'[side - 1]}区第{at * 11 + side}号机位。"
        for side in (1, 2)
        for at in range(1, 9)
    ]
    for at, line in reversed(list(enumerate(lines))):
        side, number = divmod(at, 8)
        page.drawString(50 + side * 260, 760 - number * 34, line)
        made.plant("two columns", line.rstrip("。"), {"page": 1})
    page.showPage()
    page.setPageRotation(90)
    page.setFont(_FONT, 12)
    for at, text in enumerate(("横排页面记录链路割接窗口", "割接由厦门侧先行验证")):
        # A turned page has its sides exchanged: it is only 595 points high.
        page.drawString(80, 500 - at * 60, text)
        made.plant("turned page", text, {"page": 2})
    page.showPage()
    page.setPageSize(landscape(A4))
    page.setFont(_FONT, 12)
    for at, piece in enumerate(("横向纸张", "上的", "拆分字句", "仍是一句")):
        page.drawString(80 + at * 48, 500, piece)
    made.plant("words in many runs", "横向纸张上的拆分字句仍是一句", {"page": 3})
    page.setFont(_FONT, 11)
    for at, (key, value) in enumerate((("并发上限", "5120路"), ("单机内存", "768GB"), ("网卡速率", "25Gbps"))):
        page.drawString(80, 420 - at * 24, key)
        page.drawString(260, 420 - at * 24, value)
        made.plant("columns without rules", value, {"page": 3})
    page.showPage()
    page.setFont(_FONT, 11)
    page.drawString(80, 700, "可见页末尾写明下次复核在三月")
    made.plant("paragraph on a page", "可见页末尾写明下次复核在三月", {"page": 4})
    hidden = page.beginText(80, 600)
    hidden.setTextRenderMode(3)
    hidden.setFont(_FONT, 11)
    hidden.textLine("看不见的水印文字层")
    page.drawText(hidden)
    page.linkURL("https://wiki.example.com/pdf", (80, 690, 300, 715))
    page.save()
    return made


def borderless(folder: Path) -> MadeFile:
    """A table with rules between rows only, as finance reports have them; lists; a footnote below a rule."""
    _ready()
    made = MadeFile(folder / "pdf_borderless.pdf", "pdf", "reportlab")
    rows = [["费用科目", "本季金额", "上季金额"]]
    rows += [
        [name, f"{value}万元", f"{value - 13}万元"]
        for name, value in (("算力租赁", 417), ("专线费用", 93), ("驻场人力", 268), ("软件许可", 155))
    ]
    for row in rows[1:]:
        made.plant("table without a grid", row[1], {"page": 1}, key=row[0], column="本季金额")
        made.plant("table without a grid", row[2], {"page": 1}, key=row[0], column="上季金额")
    table = Table(rows, colWidths=[150, 120, 120])
    table.setStyle([("FONT", (0, 0), (-1, -1), _FONT, 10), ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
                    ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)])  # fmt: skip
    story: list[Any] = [Paragraph("一、费用", _HEADS[0]), table, Spacer(1, 16), Paragraph("二、事项", _HEADS[0])]
    for at, text in enumerate(("复核专线账单", "归还借用机柜", "续签软件许可协议"), 1):
        story.append(Paragraph(f"（{at}）{text}；", _BODY))
        made.plant("typed list", text, {"page": 1}, shown=f"（{at}）{text}")
    SimpleDocTemplate(str(made.path), pagesize=A4).build(story)
    return made
