"""Word files with what is rare and yet occurs: wrapped rows and cells, fields, ruby, odd numbers, frames, imports."""

from pathlib import Path

from evals.fidelity.fact import MadeFile
from evals.fidelity.made.pictures import diagram
from evals.fidelity.made.word import Word, cell, item, paragraph, row, run, table


def wrapped(folder: Path) -> MadeFile:
    """Rows and cells in content controls, smart tags, custom XML, text boxes in cells, lists in cells, tables in boxes."""
    word = Word()
    made = MadeFile(folder / "word_wrapped.docx", "docx", "raw OOXML as templates and add-ins leave it")
    word.heading("交接登记", 1)
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    at = word.next
    rows = [row("事项", "责任人", "期限", header=True)]
    rows.append(control.format(row("移交堡垒机", "高睿", "十月二十一日")))
    boxed = f"<w:tr>{cell('移交监控屏')}{control.format(cell('闻笛'))}{cell('十一月四日')}</w:tr>"
    rows.append(boxed)
    steps = word.define_list(
        ("decimal", "%1)"),
    )
    listed = cell(item(steps, 0, "拷贝配置库") + item(steps, 0, "吊销旧密钥"))
    rows.append(f"<w:tr>{cell('移交配置')}{listed}{cell('十一月九日')}</w:tr>")
    word.block(table(*rows, columns=3))
    made.plant("row in a content control", "十月二十一日", {"paragraph": at, "row": 2}, key="移交堡垒机", column="期限")
    made.plant("cell in a content control", "闻笛", {"paragraph": at, "row": 3}, key="移交监控屏", column="责任人")
    made.plant(
        "list in a cell",
        "吊销旧密钥",
        {"paragraph": at, "row": 4},
        key="移交配置",
        column="责任人",
        shown="2) 吊销旧密钥",
    )
    smart = f"<w:smartTag w:element='date'>{run('智能标记')}<w:customXml w:element='x'>{run('包着的半句')}</w:customXml></w:smartTag>"
    made.plant("smart tag", "前半智能标记包着的半句", {"paragraph": word.block(paragraph("前半", runs=smart))})
    ruby = f"<w:r><w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('骞')}</w:rubyBase></w:ruby></w:r>"
    made.plant("ruby", "联系人李骞负责传输", {"paragraph": word.block(paragraph("联系人李", runs=ruby + run("负责传输")))},
               raw="负责传输")  # fmt: skip
    link = "".join(
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"https://wiki.example.com/field\" </w:instrText></w:r>",
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r>", run("域里的链接文字"), "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
        )
    )  # fmt: skip
    made.plant("hyperlink by field", "域里的链接文字", {"paragraph": word.block(paragraph("参见", runs=link))})
    for kind in ("w:fldSimple w:instr=' SEQ 图 '", "w:dir w:val='ltr'", "w:bdo w:val='ltr'"):
        text = f"包在{kind.split()[0][2:]}里的文字"
        wrapped_run = f"<{kind}>{run(text)}</{kind.split()[0]}>"
        made.plant("run in a wrapper", text, {"paragraph": word.block(paragraph("", runs=wrapped_run))})
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    inner = table(
        row("告警级别", "响应时限", header=True), row("一级告警", "八分钟内"), row("二级告警", "四十分钟内"), columns=2
    )
    shape = f"<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent>{inner}{paragraph()}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    block = word.block(paragraph("告警表在框中", runs=word.graphic(uri, shape)))
    made.plant("table in a text box", "八分钟内", {"paragraph": block}, key="一级告警", column="响应时限")
    made.plant("table in a text box", "四十分钟内", {"paragraph": block}, key="二级告警", column="响应时限")
    frame = paragraph(
        "图文框里写着联系电话分机八零一一",
        "<w:framePr w:w='2000' w:hSpace='180' w:wrap='around' w:vAnchor='text' w:hAnchor='page'/>",
    )
    made.plant("frame", "图文框里写着联系电话分机八零一一", {"paragraph": word.block(frame)})
    tabs = f"<w:r><w:t>甲方签字</w:t></w:r><w:r><w:tab/></w:r>{run('乙方签字处')}"
    made.plant("tabs in a line", "乙方签字处", {"paragraph": word.block(f"<w:p>{tabs}</w:p>")})
    soft = "<w:r><w:t>负载均衡</w:t><w:softHyphen/><w:t>双机热备</w:t></w:r>"
    made.plant("soft hyphen", "负载均衡双机热备", {"paragraph": word.block(f"<w:p>{soft}</w:p>")})
    word.save(made.path)
    return made


def odd_numbers(folder: Path) -> MadeFile:
    """Number formats that Word has for Chinese, legal numbering, levels that do not restart, numbers without text."""
    word = Word()
    made = MadeFile(folder / "word_odd_numbers.docx", "docx", "raw OOXML as Chinese Word writes it")
    word.block(paragraph("编号样式", "<w:outlineLvl w:val='0'/>"))
    for kind, pattern, shown in (
        ("decimalEnclosedCircle", "%1", ("①", "②", "③")), ("ideographTraditional", "%1、", ("甲、", "乙、", "丙、")),
        ("ideographZodiac", "%1、", ("子、", "丑、", "寅、")), ("chineseCountingThousand", "（%1）", ("（一）", "（二）", "（三）")),
        ("upperRoman", "%1.", ("I.", "II.", "III.")), ("upperLetter", "%1．", ("A．", "B．", "C．")),
        ("decimalZero", "%1", ("01", "02", "03")), ("chineseLegalSimplified", "%1、", ("壹、", "贰、", "叁、")),
        ("decimalFullWidth", "%1．", ("１．", "２．", "３．")), ("ordinal", "%1", ("1st", "2nd", "3rd")),
    ):  # fmt: skip
        number = word.define_list((kind, pattern))
        for at, label in enumerate(shown):
            text = f"{kind}之第{'一二三'[at]}条措施"
            made.plant(
                f"numbers {kind}", text, {"paragraph": word.block(item(number, 0, text))}, shown=f"{label}{text}"
            )
    multi = word.define_list(("chineseCounting", "第%1条"), ("decimal", "%1.%2"))
    word.abstract[-1] = word.abstract[-1].replace(
        '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="decimal"/><w:isLgl/>'
    )
    for level, label, text in ((0, "第一条", "总则内容在此"), (1, "1.1", "总则首款在此"), (1, "1.2", "总则次款在此"),
                               (0, "第二条", "职责内容在此"), (1, "2.1", "职责首款在此")):  # fmt: skip
        made.plant("legal numbering", text, {"paragraph": word.block(item(multi, level, text))}, shown=f"{label}{text}")
    word.save(made.path)
    return made


def split_table(folder: Path) -> MadeFile:
    """One table as three: broken by empty paragraphs and page breaks, its header typed again on each page; a picture in
    a cell; a row of units below the header.
    """
    word = Word()
    made = MadeFile(folder / "word_split_table.docx", "docx", "raw OOXML as people paste it")
    word.heading("分页台账", 1)
    for page in range(3):
        at = word.next
        rows = [row("主机", "地址", "到期日")]
        for number in range(2, 12):
            key, text = f"hc-{page}{number:02d}", f"10.{page + 31}.7.{number * 9}"
            rows.append(row(key, text, f"2026年{number}月"))
            if number % 3 == 0:
                made.plant("table broken by hand", text, {"paragraph": at, "row": number}, key=key, column="地址")
        word.block(table(*rows, columns=3))
        word.block("<w:p><w:r><w:br w:type='page'/></w:r></w:p>")
    word.block(paragraph("下表含单位行与三层表头"))
    at = word.next
    head = [
        row(cell("集群", merge="restart"), cell("资源规模", 4), header=True),
        row(cell("<w:p/>", merge="continue"), cell("计算", 2), cell("存储", 2), header=True),
        row(cell("<w:p/>", merge="continue"), "卡数（张）", "主机（台）", "容量（TB）", "带宽（GB/s）", header=True),
    ]
    for number, (key, *values) in enumerate(
        (("禾川甲", "616", "77", "1830", "245"), ("禾川乙", "328", "41", "960", "118")), 4
    ):
        head.append(row(key, *values))
        for column, value in zip(
            ("资源规模 / 计算 / 卡数", "资源规模 / 计算 / 主机", "资源规模 / 存储 / 容量", "资源规模 / 存储 / 带宽"),
            values,
            strict=True,
        ):
            made.plant("header of three rows", value, {"paragraph": at, "row": number}, key=key, column=column)
    word.block(table(*head, columns=5))
    word.save(made.path)
    return made


def picture_in_cell(folder: Path) -> MadeFile:
    """A diagram in a table's cell and one in a text box; the same picture thrice, to be read once."""
    word = Word()
    made = MadeFile(folder / "word_pictures_within.docx", "docx", "raw OOXML as Word writes it")
    word.heading("拓扑图", 1)
    labels = ["核心交换机甲", "汇聚交换机乙", "防火墙集群丙"]
    content, boxes = diagram(labels)
    at = word.next
    pictured = cell(paragraph("", runs=word.picture(content, "image7.png")))
    word.block(table(row("名称", "拓扑", header=True), row("厦门机房", pictured), columns=2))
    for text, box in zip(labels, boxes, strict=True):
        made.plant("text of a picture in a cell", text, {"paragraph": at}, box=box)
    again = word.picture(content, "image8.png")
    word.block(paragraph("同一张图再次出现", runs=again + word.picture(content, "image9.png")))
    word.save(made.path)
    return made
