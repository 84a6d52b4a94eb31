"""Word files about headings, lists, contents and look, as Word, WPS and python-docx write them."""

from pathlib import Path

import docx
from docx.shared import Pt

from evals.fidelity.fact import MadeFile
from evals.fidelity.made.package import NAMESPACES
from evals.fidelity.made.word import Word, item, paragraph, run

_CHAPTERS = (
    ("总体架构", "双活平台由北京与厦门两个站点组成", ("接入层", "外线流量由四台F5承载")),
    ("数据同步", "库表级同步由七条链路完成", ("关系库同步", "复制采用半同步并开启GTID")),
    ("灾备演练", "演练在春节前两周完成", ("切换步骤", "切换共十二步并由值班经理确认")),
)


def automatic_numbers(folder: Path) -> MadeFile:
    """第一章 / 一、 / （一） by automatic numbering tied to heading styles; lists that restart and nest."""
    word = Word()
    word.heading_list = 1
    word.define_list(("chineseCounting", "第%1章"), ("chineseCounting", "%2、"), ("chineseCounting", "（%3）"))
    made = MadeFile(folder / "word_automatic_numbers.docx", "docx", "raw OOXML as Word writes it")
    for at, (title, text, (below, detail)) in enumerate(_CHAPTERS):
        number = f"第{'一二三'[at]}章"
        block = word.heading(title, 1)
        top = f"{number} {title}"
        made.plant("heading by style, automatic number", title, {"paragraph": block}, kind="heading", level=1,
                   shown=top)  # fmt: skip
        made.plant("paragraph under headings", text, {"paragraph": word.block(paragraph(text)), "headings": (top,)})
        block = word.heading(below, 2)
        made.plant("heading by style, automatic number", below, {"paragraph": block}, kind="heading", level=2,
                   shown=f"一、{below}")  # fmt: skip
        block = word.block(paragraph(detail))
        made.plant("paragraph under headings", detail, {"paragraph": block, "headings": (top, f"一、{below}")})
    nested = word.define_list(("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3."))
    bullets = word.define_list(("bullet", "●"), ("bullet", "○"))
    for level, label, text in (
        (0, "1.", "先冻结变更窗口"), (1, "a)", "通知六家分中心"), (1, "b)", "锁定发布流水线"), (2, "i.", "记录锁定人工号"),
        (0, "2.", "再核对两地时钟"), (1, "a)", "偏差不得超过五十毫秒"),
    ):  # fmt: skip
        block = word.block(item(nested, level, text))
        made.plant("automatic list number", text, {"paragraph": block}, kind="list_item", level=level + 1,
                   shown=f"{label} {text}")  # fmt: skip
    again = word.restart(nested, 5)
    text = "从第五步起由厦门值守"
    made.plant("list started anew", text, {"paragraph": word.block(item(again, 0, text))}, shown=f"5. {text}")
    for level, text in ((0, "坐席端无感知"), (1, "软电话自动重注册")):
        block = word.block(item(bullets, level, text))
        made.plant("bullets", text, {"paragraph": block}, kind="list_item", level=level + 1)
    word.save(made.path)
    return made


def decimal_numbers(folder: Path) -> MadeFile:
    """1 / 1.1 / 1.1.1 by numbering, an appendix, and heading styles called `1`, `2`, `3` as in Chinese Word."""
    word = Word(prefix="")
    word.heading_list = 1
    word.define_list(("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
    made = MadeFile(folder / "word_decimal_numbers.docx", "docx", "raw OOXML as Chinese Word writes it")
    plan = (
        (1, "1", "项目概况"), (2, "1.1", "建设目标"), (3, "1.1.1", "容量目标"), (3, "1.1.2", "时延目标"),
        (2, "1.2", "建设范围"), (1, "2", "算力评估"), (2, "2.1", "评估口径"),
    )  # fmt: skip
    path: list[str] = []
    for level, number, title in plan:
        shown = f"{number} {title}"
        path[level - 1 :] = [shown]
        made.plant("heading numbered 1.2.3", title, {"paragraph": word.heading(title, level)}, kind="heading",
                   level=level, shown=shown)  # fmt: skip
        text = f"本节按二五〇九版本第{number}号口径统计"
        made.plant(
            "paragraph under headings", text, {"paragraph": word.block(paragraph(text)), "headings": tuple(path)}
        )
    title = "附录A 术语"
    block = word.heading(title, 1, style=False)
    made.plant("heading by outline level", title, {"paragraph": block}, kind="heading", level=1)
    text = "座席指在线服务客户的员工席位"
    made.plant("paragraph under an appendix", text, {"paragraph": word.block(paragraph(text)), "headings": (title,)})
    word.save(made.path)
    return made


def typed_numbers(folder: Path) -> MadeFile:
    """No styles at all: headings known by typed numbers or by bold and size alone, as in many handover files."""
    word = Word()
    made = MadeFile(folder / "wps_typed_numbers.docx", "docx", "raw OOXML as WPS writes it, no heading style used")
    big, small = "<w:b/><w:sz w:val='32'/>", "<w:b/><w:sz w:val='28'/>"
    word.block(paragraph("澜江证券即时通讯平台交接文档", "<w:jc w:val='center'/>", "<w:b/><w:sz w:val='44'/>"))
    for top, look, below, text in (
        ("一、人员分工", big, "（一）现场人员", "现场由高睿带队共五人驻场"),
        ("二、未完事项", big, "（一）慢查询治理", "剩余三十七条慢查询未改写"),
        ("三、账号申请", big, "（一）堡垒机账号", "堡垒机账号有效期九十天"),
    ):
        made.plant("heading by typed number", top, {"paragraph": word.block(paragraph(top, "", look))}, kind="heading")
        made.plant("heading by typed number", below, {"paragraph": word.block(paragraph(below, "", small))},
                   kind="heading")  # fmt: skip
        block = word.block(paragraph(text, "<w:ind w:firstLine='420'/>"))
        made.plant("paragraph under typed headings", text, {"paragraph": block, "headings": (top, below)})
    word.block(paragraph())
    for number, text in (("1）", "核对工单积压不超过二百条"), ("2）", "核对录音文件已同步"), ("（3）", "核对回呼名单")):
        made.plant("typed list", text, {"paragraph": word.block(paragraph(number + text))}, shown=number + text)
    look = "<w:b/><w:sz w:val='30'/>"
    for title, text in (("交接结论", "交接双方于周五签字"), ("遗留风险", "冷数据校验脚本尚无责任人")):
        made.plant("heading by look alone", title, {"paragraph": word.block(paragraph(title, "", look))},
                   kind="heading")  # fmt: skip
        made.plant("paragraph under a heading by look", text, {"paragraph": word.block(paragraph(text))})
    word.save(made.path)
    return made


def contents_and_margins(folder: Path) -> MadeFile:
    """A table of contents by field, by style and in a content control; page headers, footers and page numbers."""
    word = Word()
    made = MadeFile(folder / "word_contents.docx", "docx", "raw OOXML as Word writes it")
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    begin = (
        field.format("begin") + '<w:r><w:instrText> TOC \\o "1-3" \\h </w:instrText></w:r>' + field.format("separate")
    )
    made.keep_out("table of contents", "1 容灾目标\t12", "contents")
    word.block(
        f"<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr>{begin}{run('1 容灾目标')}<w:r><w:tab/></w:r>{run('12')}</w:p>"
    )
    word.block(paragraph("2 演练安排……13", "<w:pStyle w:val='TOC1'/>", runs=field.format("end")))
    made.keep_out("table of contents", "2 演练安排……13", "contents")
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    inner = paragraph("图1 站点拓扑……21") + paragraph("图2 切换时序……22")
    word.blocks.append(f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    made.keep_out("table of contents", "图2 切换时序……22", "contents")
    at = 5  # two entries, two more in the content control
    for title, text in (("容灾目标", "核心交易恢复点目标为五秒"), ("演练安排", "全年演练四次其中一次不通知")):
        word.heading(title, 1)
        made.plant("heading after the contents", title, {"paragraph": at}, kind="heading")
        word.block(paragraph(text))
        made.plant("paragraph after the contents", text, {"paragraph": at + 1, "headings": (title,)})
        at += 2
    page = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
    page += "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    for kind, text, reason in (
        ("header", made.keep_out("page header", "青禾解决方案部内部资料", "header"), ""),
        ("footer", made.keep_out("page footer", "版权归青禾所有不得外传", "footer"), page),
    ):
        word.package.add(f"word/{kind}1.xml", f"<w:{'hdr' if kind == 'header' else 'ftr'} {NAMESPACES}>"
                         f"{paragraph(text, runs=reason)}</w:{'hdr' if kind == 'header' else 'ftr'}>", kind)  # fmt: skip
        word.section += f"<w:{kind}Reference w:type='default' r:id='{word.relate(kind, f'{kind}1.xml')}'/>"
    body = "<w:sdt><w:sdtPr><w:alias w:val='结论'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    text = made.plant("content control", "控件里写明切换负责人为贺川", {"paragraph": at})
    word.blocks.append(body.format(paragraph(text)))
    value = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF a \\h </w:instrText></w:r>"
    value += (
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + run("表七") + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    word.block(paragraph("同步链路清单见", runs=value + run("第二列")))
    made.plant("field result", "同步链路清单见表七第二列", {"paragraph": at + 1})
    hard = paragraph(
        "回退开关位于", runs="<w:r><w:noBreakHyphen/><w:t>配置中心</w:t><w:br/><w:t>第二行写默认值为关</w:t></w:r>"
    )
    word.block(hard)
    made.plant("line break in a paragraph", "第二行写默认值为关", {"paragraph": at + 2})
    symbols = "<w:r><w:t>达标项记作</w:t><w:sym w:font='Wingdings' w:char='F0FC'/><w:t>共三十项</w:t></w:r>"
    word.block(f"<w:p>{symbols}</w:p>")
    made.plant("symbol in a sentence", "共三十项", {"paragraph": at + 3})
    math = "<m:oMath><m:r><m:t>N=QPS×0.35/12</m:t></m:r></m:oMath>"
    word.block(f"<w:p>{run('并发换算按公式')}{math}{run('取整')}</w:p>")
    made.plant("formula of Office Math", "N=QPS×0.35/12", {"paragraph": at + 4})
    word.save(made.path)
    return made


def plain(folder: Path) -> MadeFile:
    """A file as python-docx makes it, long enough that places must be counted."""
    document = docx.Document()
    made = MadeFile(folder / "python_docx.docx", "docx", "python-docx")
    document.add_heading("禾川银行智算平台部署", 0)
    at = 1
    for chapter in range(1, 6):
        title = f"阶段{chapter} 节点组{chapter * 7}"
        document.add_heading(title, 1)
        at += 1
        made.plant("heading by style", title, {"paragraph": at}, kind="heading")
        for line in range(1, 5):
            text = f"节点组{chapter * 7}第{line}批上架{chapter * 13 + line}台昇腾服务器"
            document.add_paragraph(text, style="List Bullet" if line == 4 else None)
            at += 1
            made.plant("paragraph", text, {"paragraph": at})
        document.add_paragraph("")
        at += 1
    mixed = document.add_paragraph()
    for one in ("混合", "字体", "的句子", "只有一处"):
        mixed.add_run(one).font.size = Pt(9 + len(one))
    made.plant("a sentence in many runs", "混合字体的句子只有一处", {"paragraph": at + 1})
    properties = document.core_properties
    properties.title, properties.author = "禾川智算部署", "闻笛"
    document.save(str(made.path))
    return made
