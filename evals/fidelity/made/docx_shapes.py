"""Word files about what stands beside the text: boxes, groups, SmartArt, charts, pictures, embedded files, links."""

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from evals.fidelity.fact import Fact, MadeFile
from evals.fidelity.made.package import chart, smart_art
from evals.fidelity.made.pictures import diagram
from evals.fidelity.made.word import Word, paragraph, run

_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"


def _box(text: str) -> str:
    return f"<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"


def _with_fallback(drawing: str, text: str) -> str:
    """What Word writes: the shape for new readers, and the same in VML for old ones."""
    vml = f"<w:pict><v:shape id='s1'><v:textbox><w:txbxContent>{paragraph(text)}</w:txbxContent></v:textbox></v:shape></w:pict>"
    inner = drawing.removeprefix("<w:r>").removesuffix("</w:r>")
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{inner}</mc:Choice><mc:Fallback>{vml}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def shapes(folder: Path) -> MadeFile:
    """Text boxes (with the fallback that doubles them), VML alone, a group in a group, SmartArt, charts, links."""
    word = Word()
    made = MadeFile(folder / "word_shapes.docx", "docx", "raw OOXML as Word writes it")
    word.heading("部署视图", 1)
    text = "文本框提示切换前须冻结批量任务"
    block = word.block(paragraph("部署图如下", runs=_with_fallback(word.graphic(_SHAPE, _box(text)), text)))
    made.plant("text box", text, {"paragraph": block})
    text = "旧版文本框写明心跳间隔三秒"
    vml = f"<w:r><w:pict><v:shape id='s2'><v:textbox><w:txbxContent>{paragraph(text)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    made.plant("text box in VML", text, {"paragraph": word.block(paragraph("旧图如下", runs=vml))})
    members = ("组合图形内的接入网关", "组合图形内的会话路由", "内层组合的录音服务")
    inner = _box(members[0]) + _box(members[1]) + f"<wpg:grpSp><wpg:grpSpPr/>{_box(members[2])}</wpg:grpSp>"
    block = word.block(paragraph("", runs=word.graphic(_GROUP, f"<wpg:wgp><wpg:grpSpPr/>{inner}</wpg:wgp>")))
    for text in members:
        made.plant("grouped shapes", text, {"paragraph": block})
    steps = ["评估影响范围", "冻结变更窗口", "执行切换脚本", "业务回归验证"]
    word.package.add("word/diagrams/data1.xml", smart_art(steps), "diagramData")
    relation = word.relate("diagramData", "diagrams/data1.xml")
    uri = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    block = word.block(
        paragraph("", runs=word.graphic(uri, f"<dgm:relIds r:dm='{relation}' r:lo='' r:qs='' r:cs=''/>"))
    )
    for text in steps:
        made.plant("SmartArt", text, {"paragraph": block})
    months, calls = (
        ["七月", "八月", "九月"],
        {"来话量": [41200.0, 43950.0, 47810.0], "接通量": [39870.0, 42110.0, 46020.0]},
    )
    word.package.add("word/charts/chart1.xml", chart("三季度话务量对比", months, calls), "chart")
    relation = word.relate("chart", "charts/chart1.xml")
    uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    block = word.block(paragraph("", runs=word.graphic(uri, f"<c:chart r:id='{relation}'/>")))
    made.plant("chart", "三季度话务量对比", {"paragraph": block})
    for name, values in calls.items():
        for month, value in zip(months, values, strict=True):
            made.plant("chart", f"{value:g}", {"paragraph": block}, key=month, column=name)
    link = word.relate("hyperlink", "https://wiki.example.com/xingheng/drill-2512", external=True)
    runs = f"<w:hyperlink r:id='{link}'>{run('星衡演练记录专页')}</w:hyperlink>{run('留存三年')}"
    block = word.block(paragraph("详见", runs=runs))
    made.plant("hyperlink", "详见星衡演练记录专页留存三年", {"paragraph": block})
    made.plant("hyperlink's address", "https://wiki.example.com/xingheng/drill-2512", {"paragraph": block})
    word.save(made.path)
    return made


def pictures(folder: Path) -> MadeFile:
    """A diagram as a picture, and the same logo on many pages."""
    word = Word()
    made = MadeFile(folder / "word_pictures.docx", "docx", "raw OOXML as Word writes it")
    word.heading("逻辑架构", 1)
    labels = ["统一接入网关", "智能路由引擎", "座席工作台", "会话检索集群", "录音质检平台", "容灾切换控制台"]
    content, boxes = diagram(labels)
    block = word.block(paragraph("逻辑架构见下图", runs=word.picture(content, "image1.png", "图一 客服平台逻辑架构")))
    for label, box in zip(labels, boxes, strict=True):
        made.plant("text in a picture", label, {"paragraph": block}, box=box)
    word.save(made.path)
    return made


def workbook_inside(name: str) -> tuple[bytes, list[Fact]]:
    """A small workbook to embed, and its facts."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "报价明细"
    rows = (("科目", "数量", "工期"), ("推理一体机", "37台", "21天"), ("数据治理服务", "4人月", "64天"))
    facts = []
    for number, row in enumerate(rows, 1):
        sheet.append(row)
        if number > 1:
            place = {"sheet": "报价明细"}
            facts.append(Fact(f"workbook inside {name}", str(row[1]), place, key=str(row[0]), column="数量"))
            facts.append(Fact(f"workbook inside {name}", str(row[2]), place, key=str(row[0]), column="工期"))
    out = BytesIO()
    book.save(out)
    return out.getvalue(), facts


def embedded(folder: Path) -> MadeFile:
    """A workbook embedded as an object, and the properties Office keeps."""
    word = Word()
    made = MadeFile(folder / "word_embedded_workbook.docx", "docx", "raw OOXML as Word writes it")
    word.heading("配置清单", 1)
    content, facts = workbook_inside("a document")
    word.package.add("word/embeddings/Microsoft_Excel_Sheet1.xlsx", content)
    relation = word.relate("package", "embeddings/Microsoft_Excel_Sheet1.xlsx")
    word.block(
        paragraph(
            "明细见内嵌工作簿",
            runs=f"<w:r><w:object><v:shape id='o1'/><o:OLEObject Type='Embed' ProgID='Excel.Sheet.12' r:id='{relation}'/></w:object></w:r>",
        )
    )
    made.within("Microsoft_Excel_Sheet1.xlsx", facts)
    text = "内嵌工作簿之后的说明文字"
    made.plant("paragraph after an object", text, {"paragraph": word.block(paragraph(text))})
    word.save(made.path, title="配置清单说明", author="程砚")
    return made
