"""PowerPoint files: reading order, tables, groups, charts, SmartArt, notes, comments, pictures, embedded files."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PROG_ID
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches, Pt

from evals.fidelity.fact import MadeFile
from evals.fidelity.made.docx_shapes import workbook_inside
from evals.fidelity.made.package import NAMESPACES, RELATIONS, TYPES, smart_art
from evals.fidelity.made.pictures import diagram


def _deck(blank: bool = False) -> Any:
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(13.33), Inches(7.5)
    if not blank:
        opening = deck.slides.add_slide(deck.slide_layouts[0])
        opening.shapes.title.text = "青禾解决方案部汇报"
        opening.placeholders[1].text = "二〇二五年第三季度"
    return deck


def _slide(deck: Any, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = title
    return slide


def _box(slide: Any, text: str, x: float, y: float, width: float = 3.0, height: float = 0.6) -> Any:
    box = slide.shapes.add_textbox(Inches(x), Inches(y), Inches(width), Inches(height))
    box.text_frame.text = text
    return box


def texts(folder: Path) -> MadeFile:
    """Titles, nested bullets, boxes stored out of reading order, a title that is only a box, notes, hyperlinks."""
    deck = _deck()
    made = MadeFile(folder / "pptx_texts.pptx", "pptx", "python-pptx")
    for at, (title, lines) in enumerate(
        (("双活切换进展", ("切换窗口定在周六凌晨", "涉及七套业务系统", "坐席端零改造")),
         ("迁移风险清单", ("冷数据校验耗时偏长", "夜间窗口仅四小时", "回退需保留双写"))), 2,
    ):  # fmt: skip
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        made.plant("slide title", title, {"slide": at, "shape": slide.shapes.title.shape_id}, kind="heading")
        body = slide.placeholders[1]
        for level, line in enumerate(lines):
            part = body.text_frame.paragraphs[0] if level == 0 else body.text_frame.add_paragraph()
            part.text, part.level = line, level
            made.plant("bullets on a slide", line, {"slide": at, "shape": body.shape_id, "headings": (title,)},
                       kind="list_item", level=level + 1)  # fmt: skip
        note = f"讲解时先说结论再说第{at}页依据"
        slide.notes_slide.notes_text_frame.text = note
        made.plant("speaker notes", note, {"slide": at}, kind="note")
    slide = _slide(deck, "部署分区")
    for x, y, text in (
        (8.5, 5.5, "右下区放置审计节点"),
        (0.5, 1.8, "左上区放置接入节点"),
        (8.5, 1.8, "右上区放置检索节点"),
    ):
        made.plant("text box", text, {"slide": 4, "shape": _box(slide, text, x, y).shape_id})
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    head = _box(slide, "容量测算口径", 0.5, 0.3, 8, 0.8)
    head.text_frame.paragraphs[0].runs[0].font.size = Pt(32)
    head.text_frame.paragraphs[0].runs[0].font.bold = True
    made.plant("title in a mere box", "容量测算口径", {"slide": 5, "shape": head.shape_id}, kind="heading")
    box = _box(slide, "", 0.5, 2, 8)
    run = box.text_frame.paragraphs[0].add_run()
    run.text = "口径文档存放处"
    run.hyperlink.address = "https://wiki.example.com/capacity/basis-2509"
    made.plant("hyperlink", "口径文档存放处", {"slide": 5, "shape": box.shape_id})
    made.plant("hyperlink's address", "https://wiki.example.com/capacity/basis-2509", {"slide": 5})
    numbered = _box(slide, "", 0.5, 3, 8, 2)
    for at, line in enumerate(("采集峰值会话", "折算并发系数", "乘以冗余系数")):
        part = numbered.text_frame.paragraphs[0] if at == 0 else numbered.text_frame.add_paragraph()
        part.text = line
        etree.SubElement(part._p.get_or_add_pPr(), f"{{{_A}}}buAutoNum", type="arabicPeriod")
        made.plant("automatic number on a slide", line, {"slide": 5, "shape": numbered.shape_id},
                   shown=f"{at + 1}. {line}")  # fmt: skip
    hidden = _slide(deck, "备用页仅供答疑")
    hidden._element.set("show", "0")
    made.plant("hidden slide", "备用页仅供答疑", {"slide": 6}, kind="heading")
    deck.save(str(made.path))
    return made


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def tables(folder: Path) -> MadeFile:
    """Tables with merged cells and a header of two rows, and one that goes on over two slides."""
    deck = _deck()
    made = MadeFile(folder / "pptx_tables.pptx", "pptx", "python-pptx")
    slide = _slide(deck, "分站点指标")
    frame = slide.shapes.add_table(5, 5, Inches(0.5), Inches(1.5), Inches(12), Inches(3))
    table = frame.table
    for spot, text in {(0, 0): "系统", (0, 1): "北京", (0, 3): "厦门", (1, 1): "可用性", (1, 2): "峰值并发",
                       (1, 3): "可用性", (1, 4): "峰值并发"}.items():  # fmt: skip
        table.cell(*spot).text = text
        for paragraph in table.cell(*spot).text_frame.paragraphs:
            paragraph.font.bold = True
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(0, 4))
    columns = ("北京 / 可用性", "北京 / 峰值并发", "厦门 / 可用性", "厦门 / 峰值并发")
    for row, (key, *values) in enumerate(
        (("语音网关", "99.97%", "3120", "99.91%", "2870"), ("在线客服", "99.95%", "8840", "99.93%", "7615"),
         ("工单中心", "99.99%", "1460", "99.98%", "1385")), 2,
    ):  # fmt: skip
        for at, text in enumerate((key, *values)):
            table.cell(row, at).text = text
        for column, value in zip(columns, values, strict=True):
            made.plant("header of two rows", value, {"slide": 2, "shape": frame.shape_id, "row": row + 1}, key=key,
                       column=column)  # fmt: skip
    for number in (3, 4):
        slide = _slide(deck, "资源明细" if number == 3 else "资源明细（续）")
        frame = slide.shapes.add_table(7, 3, Inches(0.5), Inches(1.5), Inches(12), Inches(4))
        for at, text in enumerate(("主机名", "规格", "到货批次")):
            frame.table.cell(0, at).text = text
        for row in range(1, 7):
            key, value = f"xh-node-{number}{row:02d}", f"{row * 8}核{number * 1000 + row * 31}G"
            for at, text in enumerate((key, value, f"第{row}批")):
                frame.table.cell(row, at).text = text
            made.plant("table on slides", value, {"slide": number, "shape": frame.shape_id, "row": row + 1}, key=key,
                       column="规格")  # fmt: skip
    deck.save(str(made.path))
    return made


def graphics(folder: Path) -> MadeFile:
    """Groups in groups, charts (bars, pie, scatter), SmartArt, connectors with text, a diagram as a picture."""
    deck = _deck()
    made = MadeFile(folder / "pptx_graphics.pptx", "pptx", "python-pptx and raw DrawingML")
    slide = _slide(deck, "系统分层")
    group = slide.shapes.add_group_shape()
    inner = group.shapes.add_group_shape()
    for parent, text in ((group, "组合层接入域"), (inner, "组合层算法域"), (inner, "组合层数据域")):
        box = parent.shapes.add_textbox(Inches(1), Inches(2), Inches(2), Inches(1))
        box.text_frame.text = text
        made.plant("grouped shapes", text, {"slide": 2, "shape": box.shape_id})
    slide = _slide(deck, "成本构成")
    for kind, name, data in (
        (XL_CHART_TYPE.COLUMN_CLUSTERED, "月度卡时", {"推理卡时": (1210, 1388, 1466), "训练卡时": (905, 871, 1033)}),
        (XL_CHART_TYPE.PIE, "费用占比", {"占比": (0.53, 0.29, 0.18)}),
    ):
        chart_data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
        chart_data.categories = ["一期", "二期", "三期"]
        for series, values in data.items():
            chart_data.add_series(series, values)
        frame = slide.shapes.add_chart(kind, Inches(0.5), Inches(2), Inches(5), Inches(4), chart_data)
        frame.chart.has_title = True
        frame.chart.chart_title.text_frame.text = name
        made.plant("chart", name, {"slide": 3, "shape": frame.shape_id})
        for series, values in data.items():
            for stage, value in zip(("一期", "二期", "三期"), values, strict=True):
                made.plant("chart", f"{value:g}", {"slide": 3, "shape": frame.shape_id}, key=stage, column=series)
    slide = _slide(deck, "建设步骤")
    steps = ["蓝图评审", "样板行试点", "全量推广", "运营移交"]
    name = PackURI("/ppt/diagrams/data1.xml")
    part = Part(name, TYPES["diagramData"], deck.part.package, smart_art(steps).encode())
    relation = slide.part.relate_to(part, f"{RELATIONS}/diagramData")
    frame = etree.fromstring(
        f"<p:graphicFrame {NAMESPACES}><p:nvGraphicFramePr><p:cNvPr id='77' name='图示'/><p:cNvGraphicFramePr/><p:nvPr/>"
        "</p:nvGraphicFramePr><p:xfrm><a:off x='500000' y='2000000'/><a:ext cx='8000000' cy='2000000'/></p:xfrm>"
        "<a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/diagram'>"
        f"<dgm:relIds r:dm='{relation}' r:lo='' r:qs='' r:cs=''/></a:graphicData></a:graphic></p:graphicFrame>"
    )
    slide.shapes._spTree.append(frame)
    for step in steps:
        made.plant("SmartArt", step, {"slide": 4, "shape": 77})
    slide = _slide(deck, "逻辑视图")
    labels = ["渠道接入层", "对话管理引擎", "知识检索服务", "大模型推理池", "运营分析台", "统一权限中心"]
    content, boxes = diagram(labels)
    slide.shapes.add_picture(BytesIO(content), Inches(1), Inches(1.5), width=Inches(9))
    for label, box in zip(labels, boxes, strict=True):
        made.plant("text in a picture", label, {"slide": 5}, box=box)
    deck.save(str(made.path))
    return made


def remarks(folder: Path) -> MadeFile:
    """Comments, page numbers and footers from placeholders, a workbook inside."""
    deck = _deck()
    made = MadeFile(folder / "pptx_remarks.pptx", "pptx", "python-pptx and raw PresentationML")
    for number in range(2, 6):
        slide = _slide(deck, f"推进事项第{number - 1}组")
        text = f"事项{number}由第{number * 3}小组在{number + 5}月底前关闭"
        made.plant("text box", text, {"slide": number, "shape": _box(slide, text, 1, 2, 8).shape_id})
        for kind, words, at in (("ftr", "星衡双活项目组", 11), ("sldNum", str(number), 12)):
            slide.shapes._spTree.append(
                etree.fromstring(
                    f"<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id='{90 + at}' name='{kind}'/><p:cNvSpPr/>"
                    f"<p:nvPr><p:ph type='{kind}' sz='quarter' idx='{at}'/></p:nvPr></p:nvSpPr><p:spPr/>"
                    f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
                )
            )
    made.keep_out("footer on slides", "星衡双活项目组", "footer")
    slide = deck.slides[1]
    text = "批注要求补充切换回退的时间表"
    body = (
        f"<p:cmLst {NAMESPACES}><p:cm authorId='0' dt='2025-10-01T00:00:00' idx='1'><p:pos x='10' y='10'/>"
        f"<p:text>{text}</p:text></p:cm></p:cmLst>"
    )
    kind = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
    part = Part(PackURI("/ppt/comments/comment1.xml"), kind, deck.part.package, body.encode())
    slide.part.relate_to(part, f"{RELATIONS}/comments")
    made.plant("comment", text, {"slide": 2}, kind="note")
    content, facts = workbook_inside("a presentation")
    slide = deck.slides[2]
    slide.shapes.add_ole_object(BytesIO(content), PROG_ID.XLSX, Inches(1), Inches(4))
    name = next(
        str(one.target_part.partname).rpartition("/")[2]
        for one in slide.part.rels.values()
        if not one.is_external and str(one.target_part.partname).startswith("/ppt/embeddings/")
    )
    made.within(name, facts)
    deck.save(str(made.path))
    return made
