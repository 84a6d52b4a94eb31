"""PowerPoint files with what is rare and yet occurs: threaded comments, charts of other kinds, text in tables' corners."""

from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches, Pt

from evals.fidelity.fact import MadeFile
from evals.fidelity.made.package import NAMESPACES


def _sp(identity: int, text: str, more: str = "", place: str = "") -> Any:
    return etree.fromstring(
        f"<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id='{identity}' name='s{identity}'/><p:cNvSpPr/><p:nvPr>{more}</p:nvPr></p:nvSpPr>"
        f"<p:spPr>{place}</p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def odd(folder: Path) -> MadeFile:
    """Threaded comments, a scatter chart, alternate content, a wrapped title, notes of several paragraphs, a section of
    blank slides, a table whose cells hold lists, master text that is not the slide's.
    """
    deck = Presentation()
    made = MadeFile(folder / "pptx_odd.pptx", "pptx", "python-pptx and raw PresentationML")
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "跨行标题写在\v两行里面"
    made.plant("title over lines", "两行里面", {"slide": 1}, kind="heading")
    made.keep_out("prompt of an empty placeholder", "Click to add text")
    choice = (
        f"<mc:AlternateContent {NAMESPACES}><mc:Choice Requires='a14' xmlns:a14='http://schemas.microsoft.com/office/drawing/2010/main'>"
        f"{etree.tostring(_sp(61, '替代内容里的公式说明')).decode()}</mc:Choice><mc:Fallback>"
        f"{etree.tostring(_sp(61, '替代内容里的公式说明')).decode()}</mc:Fallback></mc:AlternateContent>"
    )
    slide.shapes._spTree.append(etree.fromstring(choice))
    made.plant("alternate content", "替代内容里的公式说明", {"slide": 1})
    slide.notes_slide.notes_text_frame.text = "备注首段讲背景\n备注次段写预算口径待定"
    made.plant("notes of paragraphs", "备注次段写预算口径待定", {"slide": 1}, kind="note")
    deck.slides.add_slide(deck.slide_layouts[6])
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    data: Any = XyChartData()  # type: ignore[no-untyped-call]
    series = data.add_series("延迟样本")
    for x, y in ((16, 41.5), (32, 57.25), (64, 93.75)):
        series.add_data_point(x, y)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, Inches(1), Inches(1), Inches(6), Inches(4), data)
    for key, value in (("16", "41.5"), ("32", "57.25"), ("64", "93.75")):
        made.plant("scatter chart", value, {"slide": 3, "shape": frame.shape_id}, key=key)
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    frame = slide.shapes.add_table(3, 3, Inches(0.5), Inches(1), Inches(9), Inches(3))
    for spot, text in {(0, 0): "模块", (0, 1): "一期", (0, 2): "二期", (1, 0): "外呼智能体", (1, 1): "并发一百二十路\n话术四套",
                       (1, 2): "并发三百六十路\n话术九套", (2, 0): "纪要智能体", (2, 1): "不含", (2, 2): "支持双语会议"}.items():  # fmt: skip
        frame.table.cell(*spot).text = text
    made.plant(
        "lines in a cell", "话术九套", {"slide": 4, "shape": frame.shape_id, "row": 2}, key="外呼智能体", column="二期"
    )
    made.plant(
        "table", "支持双语会议", {"slide": 4, "shape": frame.shape_id, "row": 3}, key="纪要智能体", column="二期"
    )
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for column in range(3):
        for row in range(3):
            text = f"栏{column + 1}行{row + 1}的要点{column * 31 + row * 7 + 5}"
            box = slide.shapes.add_textbox(Inches(0.5 + 3 * column), Inches(1 + 1.5 * row), Inches(2.8), Inches(1))
            box.text_frame.text = text
            box.text_frame.paragraphs[0].font.size = Pt(14)
            made.plant("grid of boxes", text, {"slide": 5, "shape": box.shape_id})
    text = "线程批注要求核对并发数字"
    body = (
        f"<p188:cmLst {NAMESPACES} xmlns:p188='http://schemas.microsoft.com/office/powerpoint/2018/8/main'><p188:cm id='{{1}}' authorId='{{2}}' "
        f"created='2025-10-01T00:00:00'><p188:replyLst><p188:reply id='{{3}}'><p188:txBody><a:bodyPr/><a:p><a:r><a:t>回复称已核对无误</a:t></a:r></a:p>"
        f"</p188:txBody></p188:reply></p188:replyLst><p188:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>"
    )
    kind = "application/vnd.ms-powerpoint.comments+xml"
    part = Part(PackURI("/ppt/comments/modernComment_1.xml"), kind, deck.part.package, body.encode())
    slide.part.relate_to(part, "http://schemas.microsoft.com/office/2018/10/relationships/comments")
    made.plant("threaded comment", text, {"slide": 5}, kind="note")
    made.plant("reply to a comment", "回复称已核对无误", {"slide": 5}, kind="note")
    deck.save(str(made.path))
    return made
